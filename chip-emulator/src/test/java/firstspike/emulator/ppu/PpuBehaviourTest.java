package firstspike.emulator.ppu;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Single behaviours of core and vector unit where they differ from the general architecture (ppu.md 2, 3, 9). */
class PpuBehaviourTest {
    private static final int PAIRS = 2000;

    private final int[] words = new int[DataMemory.SRAM_WORDS];
    private final Processor processor = new Processor(0, words, 0, StubBus.alone());
    private final Registers registers = processor.registers();
    private final int[] general = registers.general;
    private final VectorState vectors = processor.vectors().state;

    private void execute(int word) {
        words[0x100 / 4] = word;
        processor.stepAt(0x100);
    }

    private static int extended(int rt, int ra, int rb, int opcode) {
        return 31 << 26 | rt << 21 | ra << 16 | rb << 11 | opcode << 1;
    }

    private static int vector(int opcode, int rt, int ra, int rb, int condition) {
        return 4 << 26 | rt << 21 | ra << 16 | rb << 11 | opcode << 2 | condition;
    }

    @Test
    @DisplayName("P-08 shifts take five bits, division by zero and its overflow, the sticky summary")
    void shiftsAndDivision() {
        general[3] = 0x8000_0001;
        for (int by = 32; by < 64; by++) {
            general[4] = by;
            execute(extended(3, 5, 4, 24));
            assertThat(general[5]).isEqualTo(general[3] << by - 32);
            execute(extended(3, 5, 4, 536));
            assertThat(general[5]).isEqualTo(general[3] >>> by - 32);
            execute(extended(3, 5, 4, 792));
            assertThat(general[5]).isEqualTo(general[3] >> by - 32);
            assertThat(registers.carry()).isEqualTo(by > 32);
        }
        int overflow = 512;
        general[4] = 0;
        execute(extended(5, 3, 4, 491 | overflow));
        assertThat(general[5]).isZero();
        assertThat(registers.exception & (Registers.OVERFLOW | Registers.SUMMARY_OVERFLOW))
                .isEqualTo(Registers.OVERFLOW | Registers.SUMMARY_OVERFLOW);
        execute(extended(5, 3, 4, 459));
        assertThat(general[5]).isEqualTo(-1);
        general[3] = Integer.MIN_VALUE;
        general[4] = -1;
        execute(extended(5, 3, 4, 491 | overflow));
        assertThat(general[5]).isEqualTo(Integer.MIN_VALUE);
        execute(extended(5, 4, 4, 266 | overflow));
        assertThat(registers.exception & Registers.OVERFLOW).isZero();
        assertThat(registers.exception & Registers.SUMMARY_OVERFLOW).isEqualTo(Registers.SUMMARY_OVERFLOW);
    }

    @Test
    @DisplayName("P-09 lha and lhau with a negative displacement: memory as if it had a sign, the address without")
    void signlessDisplacement() {
        words[0x1FC / 4] = 0x8001_7FFF;
        general[3] = 0x200;
        execute(42 << 26 | 4 << 21 | 3 << 16 | 0xFFFC);
        assertThat(general[4]).isEqualTo(0xFFFF_8001);
        execute(43 << 26 | 4 << 21 | 3 << 16 | 0xFFFE);
        assertThat(general[4]).isEqualTo(0x7FFF);
        assertThat(general[3]).isEqualTo(0x1FE + 0x1_0000);
        assertThat(processor.wrapped()).isZero();
    }

    @Test
    @DisplayName("P-10 halfwords at byte 3 and words at bytes 1, 2, 3 interrupt and change nothing")
    void alignment() {
        for (int at = 0; at < 4; at++) {
            for (int bytes = 2; bytes <= 4; bytes += 2) {
                words[0x200 / 4] = 0x1122_3344;
                general[3] = 0x200;
                general[4] = 0x5566_7788;
                int opcode = bytes == 2 ? 44 : 36;
                execute(opcode << 26 | 4 << 21 | 3 << 16 | at);
                boolean aligned = bytes == 2 ? at < 3 : at == 0;
                assertThat(processor.programCounter()).isEqualTo(aligned ? 0x104 : 0x18);
                assertThat(words[0x200 / 4] == 0x1122_3344).isEqualTo(!aligned);
                if (!aligned) {
                    assertThat(registers.save[0]).isEqualTo(0x100);
                    assertThat(registers.syndrome).isZero();
                }
            }
        }
    }

    @Test
    @DisplayName("P-11 twi compares with an immediate that has no sign")
    void trapImmediate() {
        int trapIfEqual = 3 << 26 | 4 << 21 | 3 << 16 | 0x8000;
        general[3] = 0xFFFF_8000;
        execute(trapIfEqual);
        assertThat(processor.programCounter()).isEqualTo(0x104);
        general[3] = 0x8000;
        execute(trapIfEqual);
        assertThat(processor.programCounter()).isEqualTo(0x1C);
        assertThat(registers.syndrome).isEqualTo(0x0200_0000);
    }

    @Test
    @DisplayName("P-12 entry of an interrupt keeps CE, ME and DE, and rfi gives back the state")
    void interruptState() {
        registers.state = 0x0002_9230;
        execute(31 << 26 | 31 << 21 | 4 << 1);
        assertThat(registers.save[1]).isEqualTo(0x0002_9230);
        assertThat(registers.state).isEqualTo(0x0002_1200);
        registers.save[0] = 0x207;
        execute(19 << 26 | 50 << 1);
        assertThat(processor.programCounter()).isEqualTo(0x204);
        assertThat(registers.state).isEqualTo(0x0002_9230);
    }

    @Test
    @DisplayName("P-14 without an armed timer a processor sleeps until reset; one that is armed wakes it, EE or not")
    void sleep() {
        words[0] = 0x7C00_007C;
        words[1] = 0x4800_0000;
        processor.start(0);
        processor.run(100_000, 100_000);
        assertThat(processor.state()).isEqualTo(Processor.State.SLEEP);
        assertThat(processor.next()).isEqualTo(Processor.NEVER);

        int decrementerEnable = 0x0400;
        int[] program = {
            15 << 26 | 3 << 21 | decrementerEnable, // lis r3, DIE
            extended(3, 340 & 31, 340 >> 5, 467),
            14 << 26 | 3 << 21 | 200,
            extended(3, 22, 0, 467),
            0x7C00_007C,
            14 << 26 | 4 << 21 | 7,
            0x4800_0000
        };
        System.arraycopy(program, 0, words, 0, program.length);
        processor.start(0);
        processor.run(250, 250);
        processor.run(250, 250);
        assertThat(general[4]).isEqualTo(7);
        assertThat(processor.state()).isEqualTo(Processor.State.RUN);
    }

    @Test
    @DisplayName("P-17 general and vector registers survive reset, everything else is cleared")
    void reset() {
        general[7] = 42;
        vectors.register[3][5] = 9;
        vectors.accumulator[1] = 5;
        Arrays.fill(vectors.conditions, (byte) 1);
        registers.condition = -1;
        registers.link = 4;
        processor.start(0);
        assertThat(general[7]).isEqualTo(42);
        assertThat(vectors.register[3][5]).isEqualTo((byte) 9);
        assertThat(vectors.accumulator).containsOnly(0);
        assertThat(vectors.conditions).containsOnly((byte) 0);
        assertThat(registers.condition + registers.link).isZero();
    }

    @Test
    @DisplayName("P-18 halfword arithmetic after a byte compare writes half lanes, of the accumulator too")
    void halfLanes() {
        for (int lane = 0; lane < VectorState.LANES; lane++) {
            vectors.register[1][lane] = (byte) (lane % 2 == 0 ? 1 : -1);
            vectors.register[2][lane] = 0x11;
            vectors.register[3][lane] = 0x77;
        }
        execute(vector(301, 0, 1, 0, 0));
        execute(vector(460, 3, 2, 2, 1));
        execute(vector(15, 0, 2, 0, 2));
        for (int lane = 0; lane < VectorState.LANES; lane++) {
            assertThat(vectors.register[3][lane]).isEqualTo((byte) (lane % 2 == 0 ? 0x22 : 0x77));
        }
        assertThat(vectors.accumulator).containsOnly(0x1111);
    }

    @Test
    @DisplayName("P-19 -1 times -1 in fractional arithmetic saturates, alone and with a saturating accumulator")
    void fractions() {
        Arrays.fill(vectors.register[1], (byte) 0x80);
        execute(vector(93, 2, 1, 1, 0));
        assertThat(vectors.register[2]).containsOnly((byte) 0x7F);
        execute(vector(125, 0, 1, 1, 0));
        execute(vector(61, 0, 1, 1, 0));
        assertThat(vectors.accumulator).containsOnly(0x7FFF_7FFF);
        for (int lane = 1; lane < VectorState.LANES; lane += 2) {
            vectors.register[1][lane] = 0;
        }
        execute(vector(124, 0, 1, 1, 0));
        execute(vector(60, 0, 1, 1, 0));
        assertThat(vectors.accumulator).containsOnly(Integer.MAX_VALUE);
    }

    @Test
    @DisplayName("P-20 pack and unpack are inverse on data of 8 - c bits, and nothing leaves a slice")
    void packing() {
        SplittableRandom random = new SplittableRandom(20);
        for (int c = 0; c < 4; c++) {
            for (int lane = 0; lane < VectorState.LANES; lane++) {
                vectors.register[1][lane] = data(random, lane, c);
                vectors.register[2][lane] = data(random, lane, c);
            }
            execute(vector(239, 3, 1, 2, c));
            execute(vector(255, 4, 1, 2, c));
            execute(vector(287, 5, 3, 4, c));
            execute(vector(271, 6, 3, 4, c));
            assertThat(vectors.register[5]).isEqualTo(vectors.register[1]);
            assertThat(vectors.register[6]).isEqualTo(vectors.register[2]);
        }
    }

    /** A byte that both halves of a packed pair can hold. */
    private static byte data(SplittableRandom random, int lane, int c) {
        int any = random.nextInt(256);
        return (byte) (lane % 2 == 0 ? any : any >> 2 * c << 2 * c);
    }

    @Test
    @DisplayName("P-07 every unused word of opcodes 4, 19 and 31 moves the program counter and nothing else")
    void unknown() {
        SplittableRandom random = new SplittableRandom(7);
        int seen = 0;
        for (int i = 0; i < PAIRS; i++) {
            int primary = new int[] {4, 19, 31, 0, 5, 9, 63}[random.nextInt(7)];
            int word = primary << 26 | random.nextInt() & 0x03FF_FFFF;
            if (Opcode.of(word) != Opcode.ILLEGAL) {
                continue;
            }
            int[] before = general.clone();
            int[] memory = words.clone();
            memory[0x100 / 4] = word;
            execute(word);
            seen++;
            assertThat(processor.programCounter()).isEqualTo(0x104);
            assertThat(general).isEqualTo(before);
            assertThat(words).isEqualTo(memory);
            assertThat(registers.condition + registers.exception).isZero();
        }
        assertThat(processor.illegal()).isEqualTo(seen).isPositive();
    }
}
