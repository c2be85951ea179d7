package firstspike.experiments.ppu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import firstspike.driver.coordinate.Hemisphere;
import firstspike.driver.error.ChipException;
import firstspike.driver.error.ProgramRejectedException;
import firstspike.driver.initialisation.Initialisation;
import firstspike.driver.initialisation.InitialisationOptions;
import firstspike.driver.initialisation.InitialisationProgram;
import firstspike.driver.link.RunOptions;
import firstspike.driver.playback.Barrier;
import firstspike.driver.playback.PlaybackProgram;
import firstspike.driver.playback.PlaybackProgramBuilder;
import firstspike.driver.playback.Ticket;
import firstspike.driver.ppu.PpuImage;
import firstspike.driver.ppu.PpuResult;
import firstspike.driver.ppu.PpuSession;
import firstspike.driver.register.SynapseWeightQuad;
import firstspike.emulator.EmulatedChip;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The C programs that are bundled with their sources, as the stock compiler linked them, on the emulated chip. */
class PpuElfTest {
    private static final int QUADS = 2 * 256 * 64;

    private static byte[] file(String name) throws IOException {
        try (InputStream in = PpuElfTest.class.getResourceAsStream("/firstspike/experiments/ppu/" + name)) {
            return in.readAllBytes();
        }
    }

    private static EmulatedChip chip() {
        EmulatedChip chip = EmulatedChip.open("emu:nominal");
        PlaybackProgramBuilder program = PlaybackProgram.builder();
        InitialisationProgram.append(Initialisation.steps(InitialisationOptions.standard()), program);
        chip.run(program.done(), RunOptions.forSetup());
        return chip;
    }

    @Test
    @DisplayName(
            "P-35 an ELF file: sections, zeros without bits, symbols that the host sets; text and return code come back")
    void hello() throws IOException {
        PpuImage image = PpuImage.ofElf(file("hello.elf"));
        assertThat(image.symbols()).containsKeys("answer", "start");
        try (EmulatedChip chip = chip()) {
            PpuSession session = PpuSession.on(chip, Hemisphere.of(0));
            session.load(image);
            assertThat(session.read("answer")).containsExactly(0);
            session.write("answer", 0, 0xDEAD_BEEF);
            session.start();
            session.awaitSleep(1000);
            PpuResult result = session.stop();

            assertThat(result.returnCode()).isEqualTo(-559038737);
            assertThat(result.mailboxText()).isEqualTo("hello from the plasticity processor, cycle 776\n");
            assertThat(result.count(0, "illegal")).isZero();
            assertThatThrownBy(() -> session.read("anser"))
                    .isInstanceOf(ProgramRejectedException.class)
                    .returns("PPU_IMAGE", error -> ((ChipException) error).code())
                    .hasMessageContaining("answer");
        }
    }

    @Test
    @DisplayName("P-35 a broken, foreign or unlinked file is refused with offset and reason")
    void broken() throws IOException {
        byte[] elf = file("hello.elf");
        assertThatThrownBy(() -> PpuImage.ofElf(Arrays.copyOf(elf, 500))).hasMessageContaining("offset");
        for (int at : new int[] {0, 4, 5, 19}) {
            byte[] other = elf.clone();
            other[at] ^= 1;
            assertThatThrownBy(() -> PpuImage.ofElf(other))
                    .isInstanceOf(ProgramRejectedException.class)
                    .returns("PPU_IMAGE", error -> ((ChipException) error).code())
                    .hasMessageContaining("offset");
        }
        byte[] relocatable = elf.clone();
        relocatable[17] = 1;
        assertThatThrownBy(() -> PpuImage.ofElf(relocatable)).hasMessageContaining("link it first");
        for (int at = 0; at < elf.length; at++) {
            byte[] hostile = elf.clone();
            hostile[at] = (byte) 0xFF;
            try {
                PpuImage.ofElf(hostile);
            } catch (ProgramRejectedException e) {
                assertThat(e.code()).isEqualTo("PPU_IMAGE");
                assertThat(e).hasMessageContaining("limit");
            }
        }
    }

    @Test
    @DisplayName("P-24 lanes add to the weights that the host wrote: every synapse of both hemispheres")
    void weights() throws IOException {
        PpuImage image = PpuImage.ofElf(file("weights.elf"));
        try (EmulatedChip chip = chip()) {
            PlaybackProgramBuilder program = PlaybackProgram.builder();
            for (int quad = 0; quad < QUADS; quad++) {
                program.write(
                        SynapseWeightQuad.address(quad),
                        SynapseWeightQuad.word(weight(quad, 0), weight(quad, 1), weight(quad, 2), weight(quad, 3)));
            }
            chip.run(program.barrier(Barrier.OMNIBUS).done(), RunOptions.forSetup());
            for (Hemisphere half : Hemisphere.values()) {
                PpuSession session = PpuSession.on(chip, half);
                session.load(image);
                session.write("step", 0, 5);
                session.start();
                session.awaitSleep(1000);
                assertThat(session.stop().returnCode()).isEqualTo(512);
            }
            int[] addresses = new int[QUADS];
            Arrays.setAll(addresses, SynapseWeightQuad::address);
            PlaybackProgramBuilder reading = PlaybackProgram.builder();
            Ticket<int[]> words = reading.read(addresses, values -> values);
            int[] found = chip.run(reading.barrier(Barrier.OMNIBUS).done(), RunOptions.forSetup())
                    .get(words);
            for (int quad = 0; quad < QUADS; quad++) {
                for (int entry = 0; entry < 4; entry++) {
                    assertThat(SynapseWeightQuad.weight(found[quad], entry))
                            .isEqualTo(Math.min(63, weight(quad, entry) + 5));
                }
            }
        }
    }

    private static int weight(int quad, int entry) {
        return (7 * quad + 13 * entry) % 64;
    }
}
