package firstspike.driver.fpga;

import firstspike.driver.hostarq.HostArqCounters;

/**
 * What a session has done so far, as far as a run tells of it.
 *
 * @param sent frames that left, repetitions included
 * @param resent frames that left again
 * @param duplicates frames that arrived more than once
 */
record FrameCounts(long sent, long resent, long duplicates) {

    static FrameCounts of(HostArqCounters counters) {
        return new FrameCounts(counters.framesSent(), counters.framesResent(), counters.duplicates());
    }
}
