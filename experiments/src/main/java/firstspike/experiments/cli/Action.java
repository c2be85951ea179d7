package firstspike.experiments.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** What all commands have: the common options, the environment, a console. */
abstract class Action implements Callable<Integer> {

    /** Exit code of success. */
    static final int DONE = 0;

    @Mixin
    CommonOptions common = new CommonOptions();

    @Spec
    CommandSpec spec;

    @Override
    public final Integer call() throws Exception {
        return run(environment(), new Console(environment(), common));
    }

    /**
     * Does what the command is for.
     *
     * @return the exit code
     */
    abstract int run(Environment environment, Console console) throws Exception;

    Environment environment() {
        return ((FirstspikeCommand) spec.root().userObject()).environment();
    }
}
