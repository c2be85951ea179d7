package firstspike.driver.hostarq;

/**
 * Counters of one side of a session at one moment (wire.md 15). Always {@code framesReceived = framesAccepted + duplicates +
 * dropped() + acksReceived} and {@code framesSent >= framesResent}.
 *
 * @param framesSent data frames that left, resends included
 * @param framesResent data frames that left again
 * @param framesReceived datagrams that arrived at the data port, of every kind
 * @param framesAccepted data frames that the window took
 * @param payloadWordsSent words in frames that left for the first time
 * @param payloadWordsReceived words in accepted frames
 * @param duplicates frames that were held or delivered before, or outside the window
 * @param outOfOrder accepted frames that had to wait for an earlier one
 * @param droppedShort datagrams below 12 bytes that were no acknowledgement
 * @param droppedLengthMismatch datagrams whose length field lies
 * @param droppedSeqRange frames with a sequence number above 255
 * @param droppedAckRange pure acknowledgements above 255
 * @param droppedBeforeOpen datagrams while no session was there: before the configuration answer, or after the end
 * @param congestionDrops frames that found the receive queue full
 * @param foreignPeer datagrams of somebody else (endpoint)
 * @param acksIgnored data frames whose acknowledgement was above 255: the frame was used, the acknowledgement was not
 * @param resets correct reset frames (endpoint)
 * @param badReset malformed reset frames (endpoint)
 * @param unsupportedType accepted frames of a type that nobody handles (endpoint)
 * @param acksSent pure acknowledgements that left
 * @param acksReceived pure acknowledgements that arrived
 * @param stalls times that a sender found no room
 * @param refusals datagrams that the system said nobody received
 * @param currentRtoUs retransmission time-out in microseconds
 * @param roundTripUs smoothed time from a frame to its acknowledgement, microseconds, of frames sent once; 0 before one
 * @param minRoundTripUs the shortest of them, microseconds; 0 before one
 */
public record HostArqCounters(
        long framesSent,
        long framesResent,
        long framesReceived,
        long framesAccepted,
        long payloadWordsSent,
        long payloadWordsReceived,
        long duplicates,
        long outOfOrder,
        long droppedShort,
        long droppedLengthMismatch,
        long droppedSeqRange,
        long droppedAckRange,
        long droppedBeforeOpen,
        long congestionDrops,
        long foreignPeer,
        long acksIgnored,
        long resets,
        long badReset,
        long unsupportedType,
        long acksSent,
        long acksReceived,
        long stalls,
        long refusals,
        long currentRtoUs,
        long roundTripUs,
        long minRoundTripUs) {

    /** Datagrams of the data port that were not used, for whatever reason, duplicates apart. */
    public long dropped() {
        return droppedShort
                + droppedLengthMismatch
                + droppedSeqRange
                + droppedAckRange
                + droppedBeforeOpen
                + congestionDrops
                + foreignPeer;
    }
}
