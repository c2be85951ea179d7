package firstspike.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import firstspike.driver.initialisation.InitialisationOptions;
import firstspike.driver.message.ToFpga;
import firstspike.driver.playback.PlaybackProgram;
import firstspike.driver.register.AddressMap;
import firstspike.driver.register.Container;
import firstspike.emulator.fpga.FpgaTotals.Count;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Words of a hostile host into the emulated FPGA, by seed: whatever comes, it answers the next healthy session. */
class FpgaFuzzTest {

    private static final int WORDS = 100_000;
    private static final int PROGRAM = 500;
    /** Ticks, so that what blocks costs little virtual time. */
    private static final int SHORT_TIMEOUT = 2000;

    @Test
    @DisplayName("100,000 legal words of random content: every program ends with its halt, the emulator never fails")
    void legalWords() {
        Random random = new Random(11);
        try (WireBench bench = WireBench.powerOn("emu:nominal?seed=0")) {
            WireBench.Host host = bench.initialised();
            long programs = 1;
            for (int sent = 0; sent < WORDS; sent += PROGRAM) {
                long[] words = new long[PROGRAM];
                for (int i = 0; i < PROGRAM; i++) {
                    words[i] = legal(random, i > 0 ? words[i - 1] : 0);
                }
                words[0] = ToFpga.omnibusWrite(Bench.TIMEOUT);
                words[1] = ToFpga.omnibusData(SHORT_TIMEOUT);
                host.run(PlaybackProgram.ofWords(words));
                programs++;
            }
            assertThat(bench.total(Count.FAULTS)).isZero();
            assertThat(bench.total(Count.PROGRAMS)).isEqualTo(programs);
            assertThat(bench.total(Count.INSTRUCTIONS)).isGreaterThan(WORDS / 2);
        }
    }

    @Test
    @DisplayName("100,000 words with bits flipped: each session ends healthy or stopped, and the next one runs")
    void mutatedWords() {
        Random random = new Random(12);
        long[] healthy = Bench.initialisation(InitialisationOptions.standard()).words();
        try (WireBench bench = WireBench.powerOn("emu:nominal?seed=0")) {
            for (int sent = 0; sent < WORDS; ) {
                WireBench.Host host = bench.reset();
                int from = random.nextInt(healthy.length);
                int count = Math.min(healthy.length - from, 1 + random.nextInt(400));
                long[] words = new long[count];
                for (int i = 0; i < count; i++) {
                    words[i] = healthy[from + i] ^ (random.nextInt(40) == 0 ? 1L << random.nextInt(64) : 0);
                }
                host.send(ToFpga.omnibusWrite(Bench.TIMEOUT), ToFpga.omnibusData(SHORT_TIMEOUT));
                host.send(words);
                host.send(ToFpga.HALT);
                sent += count;
            }
            assertThat(bench.reset().run(PlaybackProgram.ofWords(new long[] {ToFpga.tick()})))
                    .endsWith(WireBench.HALT);
            assertThat(bench.total(Count.FAULTS)).isZero();
        }
    }

    private static long legal(Random random, long before) {
        ToFpga.Kind[] kinds = ToFpga.Kind.values();
        ToFpga.Kind kind = ToFpga.kind(before) == ToFpga.Kind.OMNIBUS_ADDRESS && !ToFpga.isRead(before)
                ? ToFpga.Kind.OMNIBUS_DATA
                : kinds[random.nextInt(kinds.length)];
        long payload = random.nextLong() & (1L << kind.payloadBits()) - 1;
        return switch (kind) {
            case LOOPBACK -> ToFpga.tick();
            case WAIT_UNTIL -> ToFpga.waitUntil(random.nextInt(4000));
            case JTAG_DATA -> ToFpga.jtagData(random.nextBoolean(), 3 + random.nextInt(31), payload & (1L << 33) - 1);
            case JTAG_SCALER -> ToFpga.jtagScaler(random.nextInt(8));
            case RESET -> ToFpga.reset(false);
            // what never comes true ends a program
            case POLLING_OMNIBUS_BLOCK ->
                random.nextInt(100) == 0 ? ToFpga.pollingOmnibusBlock(random.nextBoolean()) : ToFpga.timerSetup();
            case OMNIBUS_ADDRESS ->
                random.nextBoolean()
                        ? ToFpga.omnibusRead(address(random))
                        : ToFpga.omnibusWrite(address(random), random.nextInt(16));
            default -> (long) kind.ordinal() << 56 | payload;
        };
    }

    private static int address(Random random) {
        AddressMap map = AddressMap.standard();
        for (int tries = 0; tries < 1000; tries++) {
            int address = (random.nextInt() & 0x81ff_ffff) >> (random.nextInt(3) == 0 ? 12 : 0);
            // circuits that are not modelled end a session, which is another test
            if (map.isMapped(address) && AddressMap.container(map.locate(address)) != Container.NEURON_CONFIG) {
                return address;
            }
        }
        return random.nextInt();
    }
}
