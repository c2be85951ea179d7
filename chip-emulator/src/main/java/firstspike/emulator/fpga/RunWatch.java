package firstspike.emulator.fpga;

import java.time.Duration;

/** Is asked again and again while a program runs whether it may go on. Called on the executing thread. */
@FunctionalInterface
public interface RunWatch {

    /** Lets everything run to its end. */
    RunWatch PATIENT = virtualTicks -> Stop.HALTED;

    /**
     * @param virtualTicks ticks since the first instruction
     * @return {@link Stop#HALTED} to go on, otherwise why the program ends here
     */
    Stop check(long virtualTicks);

    /** Wall time that the execution has taken so far. */
    default Duration elapsed() {
        return Duration.ZERO;
    }

    /** Wall time that the execution may take. */
    default Duration limit() {
        return Duration.ofNanos(Long.MAX_VALUE);
    }
}
