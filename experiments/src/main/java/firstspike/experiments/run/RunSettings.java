package firstspike.experiments.run;

import firstspike.driver.link.LinkOptions;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * How a command runs an experiment.
 *
 * @param runs folder that run folders lie in
 * @param data folder of data files, empty when nobody named one
 * @param link patience and threads of links
 * @param calibrations which calibrations may be used
 * @param allowDegraded health counters that may falsify nothing
 * @param command as typed
 * @param variables of the environment, of which those with our prefix are recorded
 * @param version of the program
 * @param commit that was built
 * @param cancelled asked after every batch; true ends the run with a checkpoint
 * @param screen takes progress
 */
public record RunSettings(
        Path runs,
        Optional<Path> data,
        LinkOptions link,
        CalibrationChoice calibrations,
        List<String> allowDegraded,
        List<String> command,
        Map<String, String> variables,
        String version,
        String commit,
        BooleanSupplier cancelled,
        Screen screen) {

    /** Copies the lists. */
    public RunSettings {
        allowDegraded = List.copyOf(allowDegraded);
        command = List.copyOf(command);
    }

    /**
     * @param folder of a run
     * @return the command that goes on with it; only a folder of data files that somebody named is found again
     */
    public String resuming(Path folder) {
        return "firstspike resume " + Quoting.word(folder.toString())
                + data.map(files -> " --data " + Quoting.word(files.toString())).orElse("");
    }

    /**
     * @param other takes progress instead
     * @return the same else
     */
    public RunSettings withScreen(Screen other) {
        return new RunSettings(
                runs, data, link, calibrations, allowDegraded, command, variables, version, commit, cancelled, other);
    }
}
