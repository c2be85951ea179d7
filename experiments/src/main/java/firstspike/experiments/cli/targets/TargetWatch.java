package firstspike.experiments.cli.targets;

import firstspike.driver.error.TargetUnavailableException;
import firstspike.experiments.cli.common.Console;
import firstspike.experiments.cli.common.Failure;
import java.util.function.Supplier;

/** Shows what is there until somebody asks to stop; a server that is away for a while is said, not given up. */
final class TargetWatch {

    /** Waits between two looks. */
    interface Pause {

        /** Whether to stop. */
        boolean stop() throws InterruptedException;
    }

    private final Supplier<TargetTable> look;
    private final Pause pause;
    private final Console console;

    TargetWatch(Supplier<TargetTable> look, Pause pause, Console console) {
        this.look = look;
        this.pause = pause;
        this.console = console;
    }

    /** Looks; a failure of the first look ends it, because then the address may be wrong. */
    void run() throws InterruptedException {
        look.get().show(console);
        while (!pause.stop()) {
            try {
                look.get().show(console);
            } catch (TargetUnavailableException e) {
                Failure away = Failure.of(e);
                console.object(away.json());
                console.line(away.message());
            }
        }
    }
}
