package firstspike.driver.hostarq;

/**
 * Counters of one session at one moment (wire.md 15); {@code framesReceived} is what was accepted, duplicates, drops and
 * pure acknowledgements together.
 *
 * @param framesSent data frames that left, resends included
 * @param framesResent data frames that left again
 * @param framesReceived datagrams that arrived
 * @param payloadWordsSent words in frames that left for the first time
 * @param payloadWordsReceived words in accepted frames
 * @param duplicates frames that were held or delivered before
 * @param outOfOrder accepted frames that had to wait for an earlier one
 * @param droppedShort datagrams below 12 bytes that were no acknowledgement
 * @param droppedLengthMismatch datagrams whose length field lies
 * @param droppedSeqRange frames with a sequence number above 255
 * @param droppedAckRange acknowledgements above 255
 * @param droppedBeforeOpen datagrams before the session was open
 * @param congestionDrops frames that found the receive queue full
 * @param foreignPeer datagrams of somebody else (endpoint)
 * @param badReset malformed reset frames (endpoint)
 * @param unsupportedType frames of a type that nobody handles (endpoint)
 * @param acksSent pure acknowledgements that left
 * @param acksReceived acknowledgements that arrived, those in data frames included
 * @param stalls times that a sender had to wait for room
 * @param currentRtoUs retransmission time-out in microseconds
 * @param roundTripUs last measured time from a first transmission to its acknowledgement, microseconds; 0 before one
 */
public record HostArqCounters(
        long framesSent,
        long framesResent,
        long framesReceived,
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
        long badReset,
        long unsupportedType,
        long acksSent,
        long acksReceived,
        long stalls,
        long currentRtoUs,
        long roundTripUs) {}
