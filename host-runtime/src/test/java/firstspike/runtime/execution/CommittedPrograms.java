package firstspike.runtime.execution;

import firstspike.driver.link.LinkOptions;
import firstspike.driver.link.SpikeColumns;
import firstspike.driver.playback.PlaybackProgram;
import firstspike.runtime.mapping.Mapper;
import firstspike.runtime.mapping.Networks;
import firstspike.runtime.network.Layer;
import firstspike.runtime.network.Network;
import firstspike.runtime.target.ChipTarget;
import firstspike.runtime.target.Targets;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.zip.GZIPOutputStream;

/**
 * Writes the program files that the emulator is tested with: everything that the mapping of a small network sends to a
 * nominal chip, and the spikes that came back. Three inputs and a bias of four copies each, six hidden neurons and two
 * labels; the first program sets the chip up, the second writes the weights and runs three samples.
 *
 * <p>To make them again, run {@link #main} with the folder {@code chip-emulator/src/test/resources/programs}.
 */
public final class CommittedPrograms {

    private static final String TARGET = "emu:nominal?seed=1";
    private static final long SEED = 267;
    private static final int SAMPLES = 3;

    private CommittedPrograms() {}

    /**
     * Writes {@code setup.words.gz}, {@code batch.words.gz} (big-endian 64-bit words) and {@code batch.spikes.csv}.
     *
     * @param args the folder
     * @throws IOException when it cannot be written
     */
    public static void main(String[] args) throws IOException {
        Recorder recorder = new Recorder((ChipTarget) Targets.installed().resolve(TARGET, LinkOptions.defaults()));
        Network network = new Network(
                3,
                4,
                Networks.neuron(),
                List.of(new Layer("hidden", 6, List.of(0.9), 4), new Layer("label", 2, List.of(), 1)));
        try (ChipTarget target = new ChipTarget(TARGET, recorder, LinkOptions.defaults());
                ChipExecutor chip = ChipExecutor.open(
                        Mapper.map(network, Networks.SETTINGS, target.chips().get(0), false), target, 0)) {
            Random random = new Random(SEED);
            chip.load(new LayerWeights(
                    new double[][] {uniform(random, 16 * 6, -0.6, 1.6), uniform(random, 6 * 2, -0.4, 2.1)}));
            chip.run(InputSpikes.ofDense(uniform(random, 3 * SAMPLES, 0.15, 2), 3), RunIntent.EVALUATE);
        }
        if (recorder.programs.size() != 2) {
            throw new IllegalStateException("programs: " + recorder.programs.size() + " (limit: 2)");
        }
        Path folder = Files.createDirectories(Path.of(args[0]));
        words(folder.resolve("setup.words.gz"), recorder.programs.get(0));
        words(folder.resolve("batch.words.gz"), recorder.programs.get(1));
        Files.writeString(
                folder.resolve("batch.spikes.csv"), csv(recorder.results.get(1).spikes()));
    }

    private static double[] uniform(Random random, int count, double low, double high) {
        return random.doubles(count, low, high).toArray();
    }

    private static void words(Path file, PlaybackProgram program) throws IOException {
        try (OutputStream raw = Files.newOutputStream(file);
                DataOutputStream out = new DataOutputStream(new GZIPOutputStream(raw))) {
            for (long word : program.words()) {
                out.writeLong(word);
            }
        }
    }

    private static String csv(SpikeColumns spikes) {
        StringBuilder text = new StringBuilder("label,chip_time,fpga_time\n");
        for (int i = 0; i < spikes.size(); i++) {
            text.append(spikes.label(i))
                    .append(',')
                    .append(spikes.chipTime(i))
                    .append(',')
                    .append(spikes.fpgaTime(i))
                    .append('\n');
        }
        return text.toString();
    }
}
