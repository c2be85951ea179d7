package firstspike.experiments.plot;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/** Small PNG images without the classes of a desktop, which take longer to load than a page to write. */
final class Png {

    private static final byte[] SIGNATURE = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'};
    /** Bit depth 8, colour with alpha, the only methods there are, no interlacing. */
    private static final byte[] FORM = {8, 6, 0, 0, 0};

    private static final int CHANNELS = 4;

    private Png() {}

    /** An image as an address that holds it: rows from the top, each pixel alpha, red, green, blue. */
    static String dataUri(int width, int height, int[] argb) {
        return "data:image/png;base64," + Base64.getEncoder().encodeToString(encode(width, height, argb));
    }

    static byte[] encode(int width, int height, int[] argb) {
        ByteBuffer rows = ByteBuffer.allocate(height * (1 + CHANNELS * width));
        for (int y = 0; y < height; y++) {
            rows.put((byte) 0);
            for (int x = 0; x < width; x++) {
                rows.putInt(Integer.rotateLeft(argb[y * width + x], 8));
            }
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(SIGNATURE);
        chunk(
                out,
                "IHDR",
                ByteBuffer.allocate(8 + FORM.length)
                        .putInt(width)
                        .putInt(height)
                        .put(FORM)
                        .array());
        chunk(out, "IDAT", deflated(rows.array()));
        chunk(out, "IEND", new byte[0]);
        return out.toByteArray();
    }

    private static byte[] deflated(byte[] bytes) {
        Deflater deflater = new Deflater(Deflater.BEST_COMPRESSION);
        try {
            deflater.setInput(bytes);
            deflater.finish();
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            byte[] piece = new byte[8192];
            while (!deflater.finished()) {
                out.write(piece, 0, deflater.deflate(piece));
            }
            return out.toByteArray();
        } finally {
            deflater.end();
        }
    }

    private static void chunk(ByteArrayOutputStream out, String name, byte[] data) {
        byte[] type = name.getBytes(StandardCharsets.US_ASCII);
        CRC32 sum = new CRC32();
        sum.update(type);
        sum.update(data);
        out.writeBytes(ByteBuffer.allocate(4).putInt(data.length).array());
        out.writeBytes(type);
        out.writeBytes(data);
        out.writeBytes(ByteBuffer.allocate(4).putInt((int) sum.getValue()).array());
    }
}
