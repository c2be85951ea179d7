package firstspike.driver.error;

import java.util.HashMap;
import java.util.Map;

/** Rebuilds a typed exception from its machine-readable code, as it arrives from a server (errors.md 1). */
public final class ChipErrors {

    private static final Map<String, Constructor> BY_CODE = byCode();

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
            return new RunFailedException(
                    RunFailedException.Code.RUN_FAILED,
                    detail.with("unknown_code", code),
                    cause,
                    partialResult,
                    chipStateKnown);
        }
        return constructor.create(detail, cause, partialResult, chipStateKnown);
    }

    private static Map<String, Constructor> byCode() {
        Map<String, Constructor> all = new HashMap<>();
        for (ProgramRejectedException.Code code : ProgramRejectedException.Code.values()) {
            all.put(code.name(), (d, c, p, k) -> new ProgramRejectedException(code, d, c));
        }
        for (UnsupportedOnTargetException.Code code : UnsupportedOnTargetException.Code.values()) {
            all.put(code.name(), (d, c, p, k) -> new UnsupportedOnTargetException(code, d, c));
        }
        for (TargetUnavailableException.Code code : TargetUnavailableException.Code.values()) {
            all.put(code.name(), (d, c, p, k) -> new TargetUnavailableException(code, d, c));
        }
        for (RunFailedException.Code code : RunFailedException.Code.values()) {
            all.put(code.name(), (d, c, p, k) -> new RunFailedException(code, d, c, p, k));
        }
        for (InternalChipException.Code code : InternalChipException.Code.values()) {
            all.put(code.name(), (d, c, p, k) -> new InternalChipException(code, d, c));
        }
        // those that a caller tells apart by their class
        all.put("ACCESS_DENIED", (d, c, p, k) -> new AccessDeniedException(d, c));
        all.put("CANCELLED", (d, c, p, k) -> new CancelledException(d, c, p, k));
        all.put("CHIP_BUSY", (d, c, p, k) -> new ChipBusyException(d, c));
        all.put("DEADLINE_EXCEEDED", (d, c, p, k) -> new DeadlineExceededException(d, c, p, k));
        all.put("INCOMPLETE_RESPONSE", (d, c, p, k) -> new IncompleteResponseException(d, c, p, k));
        all.put("INSTRUCTION_TIMEOUT", (d, c, p, k) -> new InstructionTimeoutException(d, c, p, k));
        all.put("LINK_LOST", (d, c, p, k) -> new LinkLostException(d, c, p, k));
        all.put("RESULT_TOO_LARGE", (d, c, p, k) -> new ResultTooLargeException(d, c, p, k));
        all.put("SESSION_STATE_LOST", (d, c, p, k) -> new SessionStateLostException(d, c, p, k));
        all.put("SESSION_UNKNOWN", (d, c, p, k) -> new SessionUnknownException(d, c, p, k));
        return Map.copyOf(all);
    }

    @FunctionalInterface
    private interface Constructor {
        ChipException create(ErrorDetail detail, Throwable cause, PartialResult partialResult, boolean chipStateKnown);
    }
}
