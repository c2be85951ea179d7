package firstspike.experiments.run;

import firstspike.runtime.network.Network;
import firstspike.runtime.recording.RunFolder;
import firstspike.runtime.recording.RunIndex;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Where the first weights of a training come from, instead of being drawn.
 *
 * @param file npz with the weights
 * @param parentRun id of the run that it belongs to
 */
public record InitialWeights(Path file, Optional<String> parentRun) {

    /**
     * @param name an npz file, or a run, whose best checkpoint is taken
     * @param runs where runs lie
     * @return the file
     */
    public static InitialWeights find(String name, Path runs) {
        if (name.endsWith(".npz")) {
            return new InitialWeights(Path.of(name), Optional.empty());
        }
        Path run = new RunIndex(runs).find(name);
        return new InitialWeights(
                Checkpoints.path(run, "best"), Optional.of(RunFolder.record(run).text("run_id")));
    }

    double[][] read(Network network, Screen screen) {
        WeightFile weights = WeightFile.read(file, network);
        if (!weights.ignored().isEmpty() && parentRun.isEmpty()) {
            screen.message("weights of " + file + ": other members ignored: " + String.join(", ", weights.ignored()));
        }
        return weights.layers();
    }
}
