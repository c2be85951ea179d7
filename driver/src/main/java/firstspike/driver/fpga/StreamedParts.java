package firstspike.driver.fpga;

import firstspike.driver.link.Notification;
import firstspike.driver.link.ResultAssembler;
import firstspike.driver.link.RunHealth;
import firstspike.driver.link.RunListener;
import firstspike.driver.link.SampleColumns;
import firstspike.driver.link.SpikeColumns;
import firstspike.driver.playback.ResponseKind;

/** Brings the parts of a streamed result from the network thread, where they are made, to the thread of the run. */
final class StreamedParts {

    /** Events or answers of one part. */
    private static final int PIECE = 1 << 15;

    private final RunListener listener;
    private final ResultAssembler assembler;
    private RunEnd end;

    /** @param listener gets the parts on the thread of the run */
    StreamedParts(RunListener listener) {
        this.listener = listener;
        assembler = new ResultAssembler(new HandOver(), PIECE);
    }

    /** Where the parts come from. */
    ResultAssembler assembler() {
        return assembler;
    }

    /** Where the thread of the run waits for them; set before anything is received. */
    void to(RunEnd runEnd) {
        end = runEnd;
    }

    private final class HandOver implements RunListener {

        @Override
        public void spikes(SpikeColumns spikes) {
            end.part(() -> listener.spikes(spikes));
        }

        @Override
        public void samples(SampleColumns samples) {
            end.part(() -> listener.samples(samples));
        }

        @Override
        public void responses(ResponseKind kind, long firstPosition, long[] values, long[] fpgaTimes) {
            end.part(() -> listener.responses(kind, firstPosition, values, fpgaTimes));
        }

        @Override
        public void notification(Notification notification) {
            end.part(() -> listener.notification(notification));
        }

        @Override
        public void finished(RunHealth health) {
            // the link says so itself
        }
    }
}
