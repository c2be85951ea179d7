package firstspike.driver.error;

import java.util.Map;

/** Rebuilds a typed exception from its machine-readable code, as it arrives from a server (errors.md 1). */
public final class ChipErrors {

    private static final Map<String, Constructor> BY_CODE = Map.ofEntries(
            known("NotWritableException", (d, c, p, k) -> new NotWritableException(d, c)),
            known("NotReadableException", (d, c, p, k) -> new NotReadableException(d, c)),
            known("NotWriteOnlyException", (d, c, p, k) -> new NotWriteOnlyException(d, c)),
            known("NoSuchCrossbarNodeException", (d, c, p, k) -> new NoSuchCrossbarNodeException(d, c)),
            known("TimeOutOfRangeException", (d, c, p, k) -> new TimeOutOfRangeException(d, c)),
            known("IllegalScheduleItemException", (d, c, p, k) -> new IllegalScheduleItemException(d, c)),
            known("UnsortedSpikeTrainException", (d, c, p, k) -> new UnsortedSpikeTrainException(d, c)),
            known("ScheduleLateException", (d, c, p, k) -> new ScheduleLateException(d, c)),
            known("MissingBarrierException", (d, c, p, k) -> new MissingBarrierException(d, c)),
            known("UnexpectedHaltException", (d, c, p, k) -> new UnexpectedHaltException(d, c)),
            known("ProgramTooLargeException", (d, c, p, k) -> new ProgramTooLargeException(d, c)),
            known("UnmappedAddressException", (d, c, p, k) -> new UnmappedAddressException(d, c)),
            known("IllegalSnapshotException", (d, c, p, k) -> new IllegalSnapshotException(d, c)),
            known("ReinitOrderException", (d, c, p, k) -> new ReinitOrderException(d, c)),
            known("MalformedRequestException", (d, c, p, k) -> new MalformedRequestException(d, c)),
            known("PpuExecutionUnsupportedException", (d, c, p, k) -> new PpuExecutionUnsupportedException(d, c)),
            known("ProtocolVersionException", (d, c, p, k) -> new ProtocolVersionException(d, c)),
            known("BitfileException", (d, c, p, k) -> new BitfileException(d, c)),
            known("TargetUnreachableException", (d, c, p, k) -> new TargetUnreachableException(d, c)),
            known("ChipBusyException", (d, c, p, k) -> new ChipBusyException(d, c)),
            known("LeaseLostException", (d, c, p, k) -> new LeaseLostException(d, c)),
            known("QuotaExceededException", (d, c, p, k) -> new QuotaExceededException(d, c)),
            known("AccessDeniedException", (d, c, p, k) -> new AccessDeniedException(d, c)),
            known("SessionUnknownException", (d, c, p, k) -> new SessionUnknownException(d, c, p, k)),
            known("SessionStateLostException", (d, c, p, k) -> new SessionStateLostException(d, c, p, k)),
            known("ReinitFailedException", (d, c, p, k) -> new ReinitFailedException(d, c, p, k)),
            known("InstructionTimeoutException", (d, c, p, k) -> new InstructionTimeoutException(d, c, p, k)),
            known("IncompleteResponseException", (d, c, p, k) -> new IncompleteResponseException(d, c, p, k)),
            known("ResultTooLargeException", (d, c, p, k) -> new ResultTooLargeException(d, c, p, k)),
            known("EmulationLimitException", (d, c, p, k) -> new EmulationLimitException(d, c, p, k)),
            known("LinkLostException", (d, c, p, k) -> new LinkLostException(d, c, p, k)),
            known("DeadlineExceededException", (d, c, p, k) -> new DeadlineExceededException(d, c, p, k)),
            known("CancelledException", (d, c, p, k) -> new CancelledException(d, c, p, k)),
            known("SubmissionConflictException", (d, c, p, k) -> new SubmissionConflictException(d, c)),
            known("ServerFaultException", (d, c, p, k) -> new ServerFaultException(d, c)),
            known("ProgramRejectedException", (d, c, p, k) -> new ProgramRejectedException(d, c)),
            known("UnsupportedOnTargetException", (d, c, p, k) -> new UnsupportedOnTargetException(d, c)),
            known("TargetUnavailableException", (d, c, p, k) -> new TargetUnavailableException(d, c)),
            known("InternalChipException", (d, c, p, k) -> new InternalChipException(d, c)),
            known("RunFailedException", (d, c, p, k) -> new RunFailedException(d, c, p, k)));

    private ChipErrors() {}

    /**
     * The exception that a code stands for.
     *
     * @param code upper snake case, as {@link ChipException#code()} gives it
     * @param detail what happened
     * @param cause the exception of the transport, or null
     * @param partialResult what was received, or null
     * @param chipStateKnown whether the configuration of the chip may be trusted
     * @return the typed exception; a code that this version does not know becomes a {@link RunFailedException} that
     *     keeps code and text
     */
    public static ChipException rebuild(
            String code, ErrorDetail detail, Throwable cause, PartialResult partialResult, boolean chipStateKnown) {
        Constructor constructor = BY_CODE.get(code);
        if (constructor == null) {
            return new RunFailedException(detail.with("unknown_code", code), cause, partialResult, chipStateKnown);
        }
        return constructor.create(detail, cause, partialResult, chipStateKnown);
    }

    private static Map.Entry<String, Constructor> known(String className, Constructor constructor) {
        return Map.entry(ChipException.codeOf(className), constructor);
    }

    @FunctionalInterface
    private interface Constructor {
        ChipException create(ErrorDetail detail, Throwable cause, PartialResult partialResult, boolean chipStateKnown);
    }
}
