package firstspike.runtime.calibration.procedure;

import firstspike.driver.coordinate.AtomicNeuron;
import firstspike.runtime.exchange.NpyArray;
import firstspike.runtime.exchange.NpyCodec;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** A chip whose transfer functions are not those of the model: slopes times 0.8, offsets 40 mV up. */
final class OtherLaws {

    /** A circuit whose leak lies a volt above all others. */
    static final int FAR_OFF = 137;

    private OtherLaws() {}

    static String write(Path folder) throws IOException {
        Path file = folder.resolve("other-laws.npz");
        try (OutputStream out = Files.newOutputStream(file);
                ZipOutputStream zip = new ZipOutputStream(out)) {
            member(
                    zip,
                    "meta.json",
                    "{\"schema\": \"firstspike.chip-model/1\", \"source_chip_id\": \"other\","
                            .concat("\"defaults\": {}}")
                            .getBytes(StandardCharsets.UTF_8));
            for (String potential : new String[] {"v_leak", "v_reset", "v_threshold"}) {
                double[] offsets = all(0.04);
                if (potential.equals("v_leak")) {
                    offsets[FAR_OFF] = 1;
                }
                array(zip, potential + "_slope", all(0.8));
                array(zip, potential + "_offset", offsets);
            }
        }
        return "emu:fitted?file=" + file + "&seed=3";
    }

    private static double[] all(double value) {
        double[] values = new double[AtomicNeuron.COUNT];
        Arrays.fill(values, value);
        return values;
    }

    private static void array(ZipOutputStream zip, String quantity, double[] values) throws IOException {
        member(zip, "pattern/" + quantity + ".npy", NpyCodec.write(NpyArray.of(values, values.length)));
    }

    private static void member(ZipOutputStream zip, String name, byte[] bytes) throws IOException {
        zip.putNextEntry(new ZipEntry(name));
        zip.write(bytes);
        zip.closeEntry();
    }
}
