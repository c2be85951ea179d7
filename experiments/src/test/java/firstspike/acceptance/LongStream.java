package firstspike.acceptance;

import firstspike.driver.link.ChipLink;
import firstspike.driver.link.ChipSource;
import firstspike.driver.link.LinkOptions;
import firstspike.driver.link.RunHealth;
import firstspike.driver.link.RunListener;
import firstspike.driver.link.RunOptions;
import firstspike.driver.link.SpikeColumns;
import firstspike.driver.link.TargetUri;
import firstspike.driver.message.ToFpga;
import firstspike.driver.playback.ProgramSource;
import firstspike.driver.playback.ResponseKind;
import firstspike.driver.remote.GrpcProvider;
import java.time.Duration;

/** A process of its own, so that its heap can be limited: streams a program that is longer than any memory of it. */
final class LongStream {

    /** Eight times the playback memory. */
    static final long WORDS = 1L << 25;

    /** One of so many words is a marker. */
    static final int MARKERS = 16;

    private LongStream() {}

    /**
     * @param arguments the target
     */
    public static void main(String[] arguments) {
        ProgramSource program =
                ProgramSource.of(WORDS, i -> i % MARKERS == 0 ? ToFpga.tick() : ToFpga.spike((int) i & 0xffff));
        RunOptions options = RunOptions.defaults().allowingStreaming().withExecutionLimit(Duration.ofHours(1));
        Count count = new Count();
        TargetUri uri = TargetUri.parse(arguments[0]);
        // a small heap and a busy machine make the first call slow
        LinkOptions patient = LinkOptions.defaults().withPatience(Duration.ofMinutes(1), Duration.ofMinutes(1));
        try (ChipSource source = new GrpcProvider().source(uri, patient);
                ChipLink link = source.openAt(0, patient)) {
            link.stream(program, options, count);
        }
        System.out.println(WORDS + " words, " + count.answers + " answers" + (count.ended ? "" : ", no end"));
    }

    /** Checks that answers come in order and keeps none of them. */
    private static final class Count implements RunListener {
        private long answers;
        private boolean ended;

        @Override
        public void spikes(SpikeColumns spikes) {
            // nothing is configured, so nothing fires
        }

        @Override
        public void responses(ResponseKind kind, long firstPosition, long[] values, long[] fpgaTimes) {
            if (firstPosition != answers) {
                throw new IllegalStateException("answer " + firstPosition + " (limit: " + answers + ")");
            }
            answers += values.length;
        }

        @Override
        public void finished(RunHealth health) {
            ended = true;
        }
    }
}
