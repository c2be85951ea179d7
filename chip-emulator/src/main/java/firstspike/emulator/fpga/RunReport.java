package firstspike.emulator.fpga;

import java.util.SortedSet;

/**
 * How a program went, beside what its trace says (playback.md 11).
 *
 * @param stop why it ended
 * @param index of the instruction at which it ended; the number of instructions for the halt
 * @param circumstance why the instruction could not finish, for people; empty when it did
 * @param virtualTicks first instruction to end
 * @param stimuli spikes sent
 * @param stimuliLost spikes sent while no link was up
 * @param lateInstructions waits for a time that had passed
 * @param maxLateTicks how long at most
 * @param eventsInFlight events on their way when the halt issued, recording on
 * @param eventsNotRecorded events that arrived while recording was off
 * @param traceDrops events lost in front of the trace
 * @param eventsLost events lost on the link by the option
 * @param lateResponses answers that came after the halt
 * @param writesPending writes that were never launched
 * @param readsInFlight reads without answer when an instruction timed out
 * @param unmappedWrites writes to addresses that no register owns
 * @param unmappedReads reads of such addresses
 * @param unmappedAddresses the first 16 of them
 * @param linksCameBack links that came up again though no chip reset had taken them down
 * @param ppuIgnored whether the start of a plasticity processor was stored without effect
 * @param timed whether all times are synchronised system times
 * @param streamed whether the program was longer than the playback memory
 * @param underrunTicks ticks in which a streamed program ran dry
 * @param orphans values without an address, which were not written
 */
record RunReport(
        Stop stop,
        long index,
        String circumstance,
        long virtualTicks,
        long stimuli,
        long stimuliLost,
        long lateInstructions,
        long maxLateTicks,
        long eventsInFlight,
        long eventsNotRecorded,
        long traceDrops,
        long eventsLost,
        long lateResponses,
        long writesPending,
        long readsInFlight,
        long unmappedWrites,
        long unmappedReads,
        SortedSet<Integer> unmappedAddresses,
        long linksCameBack,
        boolean ppuIgnored,
        boolean timed,
        boolean streamed,
        long underrunTicks,
        long orphans) {}
