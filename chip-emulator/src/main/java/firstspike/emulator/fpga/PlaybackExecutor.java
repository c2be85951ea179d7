package firstspike.emulator.fpga;

import firstspike.driver.error.ChipException;
import firstspike.driver.message.TraceMessages;
import firstspike.driver.playback.InstructionSource;
import firstspike.emulator.digital.ChipFabric;
import firstspike.emulator.digital.FabricHealth;

/**
 * Executes playback programs on an emulated chip, one after another; chip and FPGA keep their state in between, and the
 * gap between two programs passes in virtual time (playback.md 4, 10). Mutable; one owner thread.
 */
final class PlaybackExecutor {
    private static final double SECONDS_PER_TICK = 8e-9;

    private final Fpga fpga;
    private long haltTick;
    private boolean started;

    /**
     * An FPGA and a chip at power-on.
     *
     * @param settings of the FPGA
     * @param fabric the chip, at power-on; owned by the executor from now on
     */
    PlaybackExecutor(FpgaSettings settings, ChipFabric fabric) {
        fpga = new Fpga(settings, fabric);
    }

    private PlaybackExecutor(PlaybackExecutor other) {
        fpga = other.fpga.copy();
        haltTick = other.haltTick;
        started = other.started;
    }

    /** A deep copy of the state between two programs. */
    PlaybackExecutor copy() {
        return new PlaybackExecutor(this);
    }

    /**
     * Executes a program and the halt behind it.
     *
     * @param source its instructions, legal words without halt
     * @param mode in which to run
     * @param watch is asked whether to go on
     * @param sink receives the trace
     * @return how it went
     * @throws ChipException when the chip meets something that is not modelled; this executor is of no use then
     */
    RunReport run(InstructionSource source, RunMode mode, RunWatch watch, TraceMessages sink) {
        long startTick = started ? haltTick + fpga.settings().timing().programGap() : 0;
        started = true;
        fpga.start(haltTick, startTick, mode, sink, watch);
        ProgramRun run = new ProgramRun(fpga, startTick, mode, watch);
        haltTick = run.execute(source);
        RunReport report = run.report(haltTick);
        fpga.trim();
        return report;
    }

    /** What the chip counted during the last program. */
    FabricHealth chipHealth() {
        return fpga.fabric().health();
    }

    /** Energy in joule that the chip took during the last program, which lasted so many ticks. */
    double chipJoule(long ticks) {
        return fpga.fabric().watt(ticks) * ticks * SECONDS_PER_TICK;
    }
}
