package firstspike.driver.server.spool;

import com.google.protobuf.ByteString;
import firstspike.driver.link.RunOptions;
import firstspike.proto.chip.v1.SubmissionHeader;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * What opens an upload, checked.
 *
 * @param id chosen by the client
 * @param identity SHA-256 of each program, 32 bytes
 * @param sequence its number in the session; empty: unordered
 * @param options of its runs
 */
record UploadHeader(UUID id, List<ByteString> identity, OptionalLong sequence, RunOptions options) {

    private static final int MOST_PARTS = 1024;

    static UploadHeader of(SubmissionHeader message) {
        UUID id = SpooledUpload.uuid(message.getSubmissionId());
        List<ByteString> hashes = List.copyOf(message.getPartSha256List());
        boolean wrong = hashes.stream().anyMatch(hash -> hash.size() != SpooledUpload.HASH_BYTES);
        if (hashes.isEmpty() || hashes.size() > MOST_PARTS || wrong) {
            throw SpooledUpload.malformed(
                    "SHA-256 of the programs",
                    hashes.size() + " hashes of " + sizes(hashes) + " bytes",
                    "1 to " + MOST_PARTS + " of " + SpooledUpload.HASH_BYTES + " bytes");
        }
        if (message.hasSequence() && message.getSequence() < 0) {
            throw SpooledUpload.malformed(
                    "sequence number", Long.toUnsignedString(message.getSequence()), Long.MAX_VALUE);
        }
        OptionalLong sequence = message.hasSequence() ? OptionalLong.of(message.getSequence()) : OptionalLong.empty();
        RunOptions options = new RunOptions(
                message.getSetup(),
                Optional.empty(),
                executionLimit(message),
                message.getAllowStreaming(),
                message.getFailOnLoss());
        return new UploadHeader(id, hashes, sequence, options);
    }

    private static String sizes(List<ByteString> hashes) {
        return hashes.stream()
                .map(ByteString::size)
                .distinct()
                .limit(2)
                .map(String::valueOf)
                .collect(Collectors.joining(" or "));
    }

    private static Optional<Duration> executionLimit(SubmissionHeader message) {
        if (!message.hasExecutionLimitMs()) {
            return Optional.empty();
        }
        long limit = message.getExecutionLimitMs();
        long most = SpooledUpload.LONGEST_EXECUTION.toMillis();
        if (limit < 1 || limit > most) {
            throw SpooledUpload.malformed("execution limit in ms", Long.toUnsignedString(limit), "1 to " + most);
        }
        return Optional.of(Duration.ofMillis(limit));
    }
}
