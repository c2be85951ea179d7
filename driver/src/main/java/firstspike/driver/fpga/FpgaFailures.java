package firstspike.driver.fpga;

import static firstspike.driver.error.TargetUnavailableException.Code.TARGET_UNREACHABLE;
import static firstspike.driver.error.UnsupportedOnTargetException.Code.BITFILE;

import firstspike.driver.error.ChipBusyException;
import firstspike.driver.error.ChipException;
import firstspike.driver.error.ErrorDetail;
import firstspike.driver.error.IncompleteResponseException;
import firstspike.driver.error.LinkLostException;
import firstspike.driver.error.TargetUnavailableException;
import firstspike.driver.error.UnsupportedOnTargetException;
import firstspike.driver.link.RunResult;
import firstspike.driver.message.WireException;
import java.util.OptionalLong;

/** Which error of a link follows from which error of the wire (errors.md 5). */
final class FpgaFailures {

    private FpgaFailures() {}

    /**
     * Whether another attempt to open may succeed.
     *
     * @param error of an attempt
     * @return false when the other end is there and does not fit, or is used by this process
     */
    static boolean mayPass(WireException error) {
        return !misfit(error) && error.code() != WireException.Code.ENDPOINT_BUSY;
    }

    /** Whether the other end is there and does not fit. */
    private static boolean misfit(WireException error) {
        return switch (error.code()) {
            case SETTINGS_MISMATCH,
                    CFG_MALFORMED,
                    BITFILE_INFO_EMPTY,
                    BITFILE_INFO_INCOMPLETE,
                    BITFILE_TOO_OLD,
                    BITFILE_INCOMPATIBLE -> true;
            default -> false;
        };
    }

    /**
     * The error of an opening that was given up.
     *
     * @param error of the last attempt
     * @param target of the FPGA
     * @param attempts how many were made
     * @return the error of the link
     */
    static ChipException opening(WireException error, FpgaTarget target, int attempts) {
        ErrorDetail detail = error.detail().with("wire_code", error.code()).with("attempts", attempts);
        if (misfit(error)) {
            return new UnsupportedOnTargetException(BITFILE, detail, error);
        }
        if (error.code() == WireException.Code.ENDPOINT_BUSY) {
            return new ChipBusyException(detail, error);
        }
        return new TargetUnavailableException(
                TARGET_UNREACHABLE,
                ErrorDetail.of(
                                "FPGA " + target,
                                "not up after " + attempts + (attempts == 1 ? " attempt" : " attempts") + ": "
                                        + error.getMessage(),
                                "an answer",
                                "check power, network and ports, and whether somebody else uses it")
                        .with("reason", "UNREACHABLE")
                        .with("wire_code", error.code())
                        .with("attempts", attempts)
                        .with("last_error", error.getMessage()),
                error);
    }

    /**
     * The error of a run whose session or stream broke.
     *
     * @param error of session or stream
     * @param received what of the result is complete, for people and programs
     * @param partial what arrived
     * @return the error of the link; the chip's state is not known
     */
    static ChipException inRun(WireException error, Received received, RunResult partial) {
        ErrorDetail detail = error.detail();
        ErrorDetail told = received.addTo(new ErrorDetail(
                detail.thing(),
                detail.value(),
                detail.limit(),
                detail.remedy(),
                OptionalLong.empty(),
                detail.fields()));
        ErrorDetail coded = told.with("wire_code", error.code());
        return switch (error.code()) {
            case RESPONSE_COUNT, TRUNCATED -> new IncompleteResponseException(coded, error, partial, false);
            default -> new LinkLostException(coded, error, partial, false);
        };
    }
}
