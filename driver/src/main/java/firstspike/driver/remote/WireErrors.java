package firstspike.driver.remote;

import com.google.protobuf.InvalidProtocolBufferException;
import firstspike.driver.error.AccessDeniedException;
import firstspike.driver.error.ChipErrors;
import firstspike.driver.error.ChipException;
import firstspike.driver.error.ErrorDetail;
import firstspike.driver.error.PartialResult;
import firstspike.driver.error.RunFailedException;
import firstspike.proto.chip.v1.ErrorDetail.Builder;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.ProtoUtils;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;

/** Typed errors as a gRPC status with an error detail in its trailer, and back (playback.md 14.8, errors.md 3). */
public final class WireErrors {

    /** The reason of an {@link AccessDeniedException} when nobody showed who calls: no, an unknown or an expired token. */
    public static final String UNAUTHENTICATED = "UNAUTHENTICATED";

    private static final Metadata.Key<firstspike.proto.chip.v1.ErrorDetail> TRAILER =
            ProtoUtils.keyForProto(firstspike.proto.chip.v1.ErrorDetail.getDefaultInstance());
    /** What fits into the 8 KiB of headers that both sides accept, base 64 and status message included. */
    private static final int LARGEST_DETAIL = 4096;

    private static final int LONGEST_TEXT = 512;

    private WireErrors() {}

    /**
     * @param error to send
     * @return status of its row in errors.md, with the detail as trailer
     */
    public static StatusRuntimeException status(ChipException error) {
        Metadata trailers = new Metadata();
        trailers.put(TRAILER, detail(error));
        return status(error.code(), error)
                .toStatus()
                .withDescription(clip(error.detail().message()))
                .asRuntimeException(trailers);
    }

    private static Status.Code status(String code, ChipException error) {
        return switch (code) {
            case "MALFORMED_REQUEST" -> isDataLoss(error) ? Status.Code.DATA_LOSS : Status.Code.INVALID_ARGUMENT;
            case "PROTOCOL_VERSION", "BITFILE", "LEASE_LOST", "SESSION_STATE_LOST", "REINIT_FAILED" ->
                Status.Code.FAILED_PRECONDITION;
            case "QUOTA_EXCEEDED", "RESULT_TOO_LARGE", "EMULATION_LIMIT" -> Status.Code.RESOURCE_EXHAUSTED;
            case "ACCESS_DENIED" ->
                UNAUTHENTICATED.equals(error.detail().fields().get(ErrorDetail.REASON))
                        ? Status.Code.UNAUTHENTICATED
                        : Status.Code.PERMISSION_DENIED;
            case "SESSION_UNKNOWN" -> Status.Code.NOT_FOUND;
            case "INCOMPLETE_RESPONSE" -> Status.Code.DATA_LOSS;
            case "LINK_LOST" -> Status.Code.UNAVAILABLE;
            case "DEADLINE_EXCEEDED" -> Status.Code.DEADLINE_EXCEEDED;
            case "CANCELLED" -> Status.Code.CANCELLED;
            case "SUBMISSION_CONFLICT" ->
                "ID_REUSED".equals(error.detail().fields().get(ErrorDetail.REASON))
                        ? Status.Code.ALREADY_EXISTS
                        : Status.Code.FAILED_PRECONDITION;
            default ->
                switch (error.branch()) {
                    case REJECTED -> Status.Code.INVALID_ARGUMENT;
                    case UNSUPPORTED -> Status.Code.UNIMPLEMENTED;
                    case UNAVAILABLE -> Status.Code.UNAVAILABLE;
                    case FAILED -> Status.Code.ABORTED;
                    case INTERNAL -> Status.Code.INTERNAL;
                };
        };
    }

    private static boolean isDataLoss(ChipException error) {
        return "DATA_LOSS".equals(error.detail().fields().get(ErrorDetail.REASON));
    }

    /**
     * @param error to send
     * @return its detail; what would not fit into a trailer is left out
     */
    public static firstspike.proto.chip.v1.ErrorDetail detail(ChipException error) {
        ErrorDetail detail = error.detail();
        Builder message = firstspike.proto.chip.v1.ErrorDetail.newBuilder()
                .setCode(error.code())
                .setThing(clip(detail.thing()))
                .setValue(clip(detail.value()))
                .setLimit(clip(detail.limit()))
                .setRemedy(clip(detail.remedy()))
                .setChipStateKnown(error.branch() != ChipException.Branch.FAILED
                        && error.branch() != ChipException.Branch.INTERNAL);
        if (error instanceof RunFailedException failed) {
            message.setChipStateKnown(failed.chipStateKnown());
        }
        detail.instructionIndex().ifPresent(message::setInstructionIndex);
        int size = message.build().getSerializedSize();
        for (var field : detail.fields().entrySet()) {
            String text = field.getValue().length() > LARGEST_DETAIL / 2
                    ? field.getValue().substring(0, LARGEST_DETAIL / 2)
                    : field.getValue();
            // three bytes a character is the most that UTF-8 needs
            size += 3 * (field.getKey().length() + text.length()) + 16;
            if (size > LARGEST_DETAIL) {
                break;
            }
            message.putFields(field.getKey(), text);
        }
        return message.build();
    }

    /**
     * @param failure of a call
     * @return the detail that came with it, if any that can be read
     */
    static Optional<firstspike.proto.chip.v1.ErrorDetail> detailOf(Throwable failure) {
        Metadata trailers = Status.trailersFromThrowable(failure);
        if (trailers == null) {
            return Optional.empty();
        }
        byte[] bytes = trailers.get(Metadata.Key.of(TRAILER.name(), Metadata.BINARY_BYTE_MARSHALLER));
        if (bytes == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(firstspike.proto.chip.v1.ErrorDetail.parseFrom(bytes));
        } catch (InvalidProtocolBufferException e) {
            return Optional.empty();
        }
    }

    /** Whether the connection broke, or the server is about to stop, rather than the call having been answered. */
    static boolean isLost(Throwable failure) {
        Optional<firstspike.proto.chip.v1.ErrorDetail> detail = detailOf(failure);
        if (detail.isPresent()) {
            return "DRAINING".equals(detail.get().getFieldsMap().get(ErrorDetail.REASON));
        }
        if (HandshakeRefusal.of(failure).isPresent()) {
            return false;
        }
        return switch (Status.fromThrowable(failure).getCode()) {
            // a stream cut in the middle of a message is INTERNAL, one reset by a dying server CANCELLED
            case UNAVAILABLE, CANCELLED, INTERNAL, UNKNOWN -> true;
            default -> false;
        };
    }

    /** Whether a short call got no answer in its time. */
    static boolean isLate(Throwable failure) {
        return detailOf(failure).isEmpty() && Status.fromThrowable(failure).getCode() == Status.Code.DEADLINE_EXCEEDED;
    }

    /**
     * The exception behind a failed call.
     *
     * @param failure of the call
     * @param partial what was received of a result, or null
     * @param peer address, for errors that came without a detail
     * @return a typed error
     */
    static ChipException rebuild(Throwable failure, PartialResult partial, String peer) {
        return detailOf(failure)
                .map(detail -> rebuild(detail, failure, partial))
                .orElseGet(() -> withoutDetail(Status.fromThrowable(failure), failure, partial, peer));
    }

    /**
     * @param message detail from the wire
     * @param cause of the transport, or null
     * @param partial what was received of a result, or null
     * @return the typed error
     */
    static ChipException rebuild(firstspike.proto.chip.v1.ErrorDetail message, Throwable cause, PartialResult partial) {
        ErrorDetail detail = new ErrorDetail(
                message.getThing(),
                message.getValue(),
                message.getLimit(),
                message.getRemedy(),
                message.hasInstructionIndex() ? OptionalLong.of(message.getInstructionIndex()) : OptionalLong.empty(),
                new TreeMap<>(message.getFieldsMap()));
        return ChipErrors.rebuild(message.getCode(), detail, cause, partial, message.getChipStateKnown());
    }

    private static ChipException withoutDetail(Status status, Throwable cause, PartialResult partial, String peer) {
        Optional<String> refused = HandshakeRefusal.of(cause);
        if (refused.isPresent()) {
            return new AccessDeniedException(
                    ErrorDetail.of(
                                    "connection to " + peer,
                                    "refused: " + refused.get(),
                                    "",
                                    "see whether scheme, ca_file, cert_file and host name are those of the server")
                            .with(ErrorDetail.REASON, "TLS"),
                    cause);
        }
        String text = status.getCode() + (status.getDescription() == null ? "" : " " + status.getDescription());
        ErrorDetail detail = ErrorDetail.of("call to " + peer, text, "", "see whether a chip server answers there")
                .with("status", status.getCode());
        String code =
                switch (status.getCode()) {
                    case UNIMPLEMENTED -> "UNSUPPORTED_ON_TARGET";
                    case DEADLINE_EXCEEDED -> "DEADLINE_EXCEEDED";
                    case UNAUTHENTICATED, PERMISSION_DENIED -> "ACCESS_DENIED";
                    case RESOURCE_EXHAUSTED -> "QUOTA_EXCEEDED";
                    case INVALID_ARGUMENT, OUT_OF_RANGE -> "MALFORMED_REQUEST";
                    case UNAVAILABLE, CANCELLED, ABORTED, DATA_LOSS -> "LINK_LOST";
                    default -> "SERVER_FAULT";
                };
        return ChipErrors.rebuild(code, detail, cause, partial, false);
    }

    private static String clip(String text) {
        return text.length() <= LONGEST_TEXT ? text : text.substring(0, LONGEST_TEXT - 1) + "…";
    }
}
