package firstspike.experiments.dataset;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/**
 * The three parts of a data set.
 *
 * @param name as in experiment files
 * @param train samples that teach
 * @param validation samples that settings are chosen by
 * @param test samples that are only judged
 * @param notices what the loader has to say, printed once and kept in the report
 */
public record Dataset(String name, Samples train, Samples validation, Samples test, List<String> notices) {

    private static final int PIECE = 1 << 16;

    /** Copies the notices. */
    public Dataset {
        notices = List.copyOf(notices);
    }

    /**
     * @param split {@code train}, {@code validation} or {@code test}
     * @return its samples
     */
    public Samples split(String split) {
        return switch (split) {
            case "train" -> train;
            case "validation" -> validation;
            case "test" -> test;
            default ->
                throw new IllegalArgumentException("split: " + split + " (limit: train, validation, test); choose one");
        };
    }

    /**
     * Identity of the data: SHA-256 over the number of inputs, the labels and the values of the three parts, little endian.
     * Two runs with the same one saw the same samples in the same order.
     */
    public String sha256() {
        MessageDigest digest;
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("SHA-256 is part of every Java", e);
        }
        ByteBuffer piece = ByteBuffer.allocate(PIECE).order(ByteOrder.LITTLE_ENDIAN);
        for (Samples part : List.of(train, validation, test)) {
            piece.putInt(part.inputs()).putInt(part.size());
            for (int label : part.labels()) {
                room(piece, digest).putInt(label);
            }
            for (int i = 0; i < part.grid().length(); i++) {
                room(piece, digest).putDouble(part.grid().get(i));
            }
            digest.update(piece.flip());
            piece.clear();
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private static ByteBuffer room(ByteBuffer piece, MessageDigest digest) {
        if (piece.remaining() < Double.BYTES) {
            digest.update(piece.flip());
            piece.clear();
        }
        return piece;
    }
}
