package firstspike.acceptance;

import firstspike.driver.hostarq.Frames;
import firstspike.driver.link.ChipLink;
import firstspike.driver.link.ChipSource;
import firstspike.driver.link.LinkOptions;
import firstspike.driver.link.LinkProvider;
import firstspike.driver.link.RunOptions;
import firstspike.driver.link.RunResult;
import firstspike.driver.link.TargetUri;
import firstspike.driver.message.ToFpga;
import firstspike.driver.playback.InstructionSource;
import firstspike.driver.playback.PlaybackProgram;
import firstspike.driver.playback.PlaybackProgramBuilder;
import firstspike.driver.playback.ResponseKind;
import firstspike.driver.playback.SpikeTrainWriter;
import java.util.ServiceLoader;

/** A process of its own, so that its heap can be limited: encodes or runs a program that fills the playback memory. */
final class LargeProgram {

    private static final int WORDS = PlaybackProgram.MAX_INSTRUCTIONS;

    private LargeProgram() {}

    /**
     * @param arguments nothing: encode only; else the target that runs the program
     */
    public static void main(String[] arguments) {
        System.out.println(arguments.length == 0 ? encode() : run(arguments[0]));
    }

    /** A wait and a spike in turns, and the timer reset in front. */
    private static String encode() {
        int spikes = (WORDS - 2) / 2;
        long[] ticks = new long[spikes];
        short[] labels = new short[spikes];
        for (int i = 0; i < spikes; i++) {
            ticks[i] = 10 + 3L * i;
            labels[i] = (short) i;
        }
        PlaybackProgramBuilder builder = PlaybackProgram.builder().timerReset().barrier();
        SpikeTrainWriter.append(builder, 1, ticks, labels, spikes);
        PlaybackProgram program = builder.done();
        InstructionSource source = program.open();
        long[] words = new long[Frames.MAX_WORDS];
        byte[] frame = new byte[Frames.MAX_BYTES];
        int frames = 0;
        while (true) {
            int count = 0;
            while (count < words.length && source.next()) {
                words[count++] = source.word();
            }
            if (count == 0) {
                return program.size() + " words, " + frames + " frames";
            }
            Frames.encode(frame, 0, 0, frames++ & 255, Frames.WORDS, words, 0, count);
        }
    }

    /** A wait, a spike and two markers in turns: every second word is answered. */
    private static String run(String target) {
        long[] turn = new long[WORDS];
        for (int i = 0; i < WORDS; i++) {
            turn[i] = switch (i & 3) {
                case 0 -> ToFpga.waitUntil(i);
                case 1 -> ToFpga.spike(i & 0xffff);
                default -> ToFpga.tick();
            };
        }
        TargetUri uri = TargetUri.parse(target);
        for (LinkProvider provider : ServiceLoader.load(LinkProvider.class)) {
            if (provider.schemes().contains(uri.scheme())) {
                try (ChipSource source = provider.source(uri, LinkOptions.defaults());
                        ChipLink link = source.open(source.chips().get(0).chipId(), LinkOptions.defaults())) {
                    RunResult result = link.run(PlaybackProgram.ofWords(turn), RunOptions.defaults());
                    return turn.length + " words, " + result.responses(ResponseKind.LOOPBACK) + " answers";
                }
            }
        }
        throw new IllegalStateException("no link for " + target);
    }
}
