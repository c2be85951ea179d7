package firstspike.emulator.analog;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Writes chip models for tests, honest and other ones. */
public final class ChipModelWriter {
    private static final String SCHEMA = "\"schema\": \"firstspike.chip-model/1\"";

    private final Map<String, byte[]> members = new LinkedHashMap<>();

    /** A model whose defaults are the fields of a JSON object, given without its braces. */
    public static ChipModelWriter withDefaults(String fields) {
        return new ChipModelWriter().meta("{" + SCHEMA + ", \"defaults\": {" + fields + "}}");
    }

    public ChipModelWriter meta(String json) {
        return member("meta.json", json.getBytes(StandardCharsets.UTF_8));
    }

    public ChipModelWriter member(String name, byte[] bytes) {
        members.put(name, bytes);
        return this;
    }

    public ChipModelWriter pattern(String quantity, String shape, double... values) {
        ByteBuffer data = ByteBuffer.allocate(8 * values.length).order(ByteOrder.LITTLE_ENDIAN);
        for (double value : values) {
            data.putDouble(value);
        }
        return npy(quantity, "{'descr': '<f8', 'fortran_order': False, 'shape': (" + shape + "), }", data.array());
    }

    /** The same value for all circuits but one. */
    public ChipModelWriter circuits(String quantity, double value, int other, double otherValue) {
        double[] values = new double[512];
        Arrays.fill(values, value);
        values[other] = otherValue;
        return pattern(quantity, "512,", values);
    }

    public ChipModelWriter npy(String quantity, String header, byte[] data) {
        byte[] text = (header + "\n").getBytes(StandardCharsets.ISO_8859_1);
        ByteBuffer bytes = ByteBuffer.allocate(10 + text.length + data.length).order(ByteOrder.LITTLE_ENDIAN);
        bytes.put(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0});
        bytes.putShort((short) text.length).put(text).put(data);
        return member("pattern/" + quantity + ".npy", bytes.array());
    }

    public byte[] bytes() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(out)) {
            for (Map.Entry<String, byte[]> member : members.entrySet()) {
                zip.putNextEntry(new ZipEntry(member.getKey()));
                zip.write(member.getValue());
                zip.closeEntry();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }
}
