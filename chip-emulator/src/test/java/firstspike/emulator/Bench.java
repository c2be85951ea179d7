package firstspike.emulator;

import firstspike.driver.initialisation.Initialisation;
import firstspike.driver.initialisation.InitialisationOptions;
import firstspike.driver.initialisation.InitialisationProgram;
import firstspike.driver.link.ChipLink;
import firstspike.driver.link.ChipSource;
import firstspike.driver.link.LinkOptions;
import firstspike.driver.link.RunOptions;
import firstspike.driver.link.RunResult;
import firstspike.driver.link.TargetUri;
import firstspike.driver.playback.Barrier;
import firstspike.driver.playback.PlaybackProgram;
import firstspike.driver.playback.PlaybackProgramBuilder;

/** A chip on the bench of a test, with the preamble P0 of the playback tests. */
final class Bench implements AutoCloseable {

    static final int RECORDING = 0x8800_0005;
    static final int TIMEOUT = 0x8800_0009;
    static final int TIMER = 0x8800_000C;
    static final int PPU_MEMORY = 0x0280_0000;
    static final int PPU_CONTROL = 0x02A0_0000;

    private final ChipSource source;
    final ChipLink chip;

    private Bench(String target, LinkOptions options) {
        source = new EmulatorProvider().source(TargetUri.parse(target), options);
        chip = source.open(source.chips().get(0).chipId(), options);
    }

    /** A chip at power-on. */
    static Bench powerOn(String target) {
        return new Bench(target, LinkOptions.defaults());
    }

    /** A chip at power-on whose first program has an ordinal. */
    static Bench powerOn(String target, long ordinal) {
        return new Bench(target, LinkOptions.defaults().withFirstProgramOrdinal(ordinal));
    }

    /** A chip at power-on with options of its link. */
    static Bench powerOn(String target, LinkOptions options) {
        return new Bench(target, options);
    }

    /** An initialised nominal chip. */
    static Bench initialised() {
        return initialised("emu:nominal");
    }

    static Bench initialised(String target) {
        Bench bench = powerOn(target);
        bench.initialise();
        return bench;
    }

    RunResult initialise() {
        return chip.run(initialisation(InitialisationOptions.standard()), RunOptions.forSetup());
    }

    static PlaybackProgram initialisation(InitialisationOptions options) {
        PlaybackProgramBuilder builder = PlaybackProgram.builder();
        InitialisationProgram.append(Initialisation.steps(options), builder);
        return builder.done();
    }

    /** Systems synchronised, timer reset: the next instruction issues at tau 0 with S = 2. */
    static PlaybackProgramBuilder p0() {
        return PlaybackProgram.builder()
                .systimeSync(true)
                .barrier(Barrier.SYSTIME)
                .timerReset();
    }

    RunResult run(PlaybackProgramBuilder builder) {
        return chip.run(builder.done(), RunOptions.defaults());
    }

    /** Runs the words as they are: no barrier is added. */
    RunResult runWords(PlaybackProgramBuilder builder) {
        long[] words = builder.done().words();
        return chip.run(PlaybackProgram.ofWords(words), RunOptions.defaults());
    }

    @Override
    public void close() {
        chip.close();
        source.close();
    }
}
