package firstspike.experiments.cli.common;

import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** What all commands have: the common options, the environment, a console. */
public abstract class Action implements Callable<Integer> {

    /** Exit code of success. */
    public static final int DONE = 0;

    @Mixin
    protected CommonOptions common = new CommonOptions();

    @Spec
    protected CommandSpec spec;

    @Override
    public final Integer call() throws Exception {
        return run(environment(), new Console(environment(), common));
    }

    /** The command line as typed, for the record; none where it was not parsed. */
    public List<String> asTyped() {
        return spec.commandLine().getParseResult() == null
                ? List.of()
                : spec.root().commandLine().getParseResult().originalArgs();
    }

    /**
     * Does what the command is for.
     *
     * @return the exit code
     */
    protected abstract int run(Environment environment, Console console) throws Exception;

    protected Environment environment() {
        return ((Environment.Holder) spec.root().userObject()).environment();
    }
}
