package firstspike.experiments.cli;

import firstspike.runtime.framing.MaskedCrc;
import firstspike.runtime.recording.log.LogHeader;
import firstspike.runtime.recording.log.LogSettings;
import firstspike.runtime.recording.log.SpikeLogWriter;
import io.jhdf.HdfFile;
import io.jhdf.WritableHdfFile;
import io.jhdf.api.DatasetCreationOptions;
import io.jhdf.api.WritableGroup;
import io.jhdf.filter.DeflatePipelineFilter;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Small files that unpack to many zeros or claim it, one a format, and the commands that read them. */
public final class Bombs {

    /** Commands with FOLDER for the folder, and the code that refuses each. */
    public static final Map<String, String> READINGS = new LinkedHashMap<>();

    /** Bytes that each unpacks to; {@code -Dfirstspike.bomb.bytes=1073741824} for the large ones, which take a minute to make. */
    private static final int SIZE = Integer.getInteger("firstspike.bomb.bytes", 128 << 20);

    static {
        READINGS.put("eval yin-yang-software --weights FOLDER/weights.npz", "WEIGHTS_DO_NOT_FIT");
        READINGS.put("import npz FOLDER/weights.npz --out FOLDER/out.yaml", "WEIGHTS_DO_NOT_FIT");
        String record =
                "record --target emu:nominal --network FOLDER/net.yaml --out FOLDER/o.fslog --force --stimulus ";
        READINGS.put(record + "FOLDER/stimulus.npz", "ARRAY_TOO_LARGE");
        READINGS.put(record + "FOLDER/lying.npz", "TRAILING_BYTES");
        READINGS.put("calibrate import FOLDER/manifest.npz", "CORRUPT_CALIBRATION");
        READINGS.put("import sonata FOLDER/chunk.h5 --out FOLDER/spikes.csv", "HDF5_LIMIT");
        READINGS.put("import sonata FOLDER/empty.h5 --out FOLDER/spikes.csv", "MALFORMED_HEADER");
        READINGS.put(
                "train mnist28-software --target ideal: --data FOLDER --set dataset.verify=false",
                "ARCHIVE_SUSPICIOUS");
        READINGS.put("log cat FOLDER/record.fslog", "RECORD_TOO_LARGE");
        READINGS.put("log cat FOLDER/train-images-idx3-ubyte.gz", "NOT_A_SPIKE_LOG");
        READINGS.put("targets describe emu:fitted?file=FOLDER/model.npz", "INVALID_CHIP_MODEL");
    }

    private final Path folder;

    /** @param folder that the files go to */
    public Bombs(Path folder) {
        this.folder = folder;
    }

    /** Words of a command of {@link #READINGS}, with JSON. */
    public List<String> words(String line) {
        return Stream.concat(
                        Stream.of(line.split(" ")).map(word -> word.replace("FOLDER", folder.toString())),
                        Stream.of("--json"))
                .toList();
    }

    /** Writes all of them. */
    public void all() throws IOException {
        Files.createDirectories(folder);
        zip("weights.npz", "w0.npy", header("<f8", "(5, " + SIZE / 40 + ")"), SIZE / 40 * 40);
        zip("stimulus.npz", "tick.npy", header("<i8", "(" + SIZE / 8 + ",)"), SIZE);
        zip("lying.npz", "tick.npy", header("<i8", "(10,)"), SIZE);
        zip("manifest.npz", "calibration.json", new byte[] {'{'}, SIZE);
        zip("model.npz", "pattern/g_leak.npy", header("<f8", "(512,)"), SIZE);
        for (String name : List.of("train-images-idx3", "train-labels-idx1", "t10k-images-idx3", "t10k-labels-idx1")) {
            try (OutputStream out = new GZIPOutputStream(
                    new BufferedOutputStream(Files.newOutputStream(folder.resolve(name + "-ubyte.gz"))))) {
                zeros(out, name.startsWith("train-images") ? SIZE : 100);
            }
        }
        hdf("chunk.h5", new Bomb(), new double[1000]);
        // ratio of what it says to what it has
        hdf("empty.h5", new Repeated(), new double[1 << 21]);
        record();
        Files.writeString(folder.resolve("net.yaml"), """
                schema: firstspike.experiment/1
                id: small
                task: record
                network:
                  inputs: 3
                  layers: [{name: out, size: 4, weight_init: {mean: 2.0, std: 0.2}}]
                """);
    }

    private void zip(String file, String member, byte[] head, long zeros) throws IOException {
        try (ZipOutputStream zip =
                new ZipOutputStream(new BufferedOutputStream(Files.newOutputStream(folder.resolve(file))))) {
            zip.setLevel(Deflater.BEST_COMPRESSION);
            zip.putNextEntry(new ZipEntry(member));
            zip.write(head);
            zeros(zip, zeros);
            zip.closeEntry();
        }
    }

    private static void zeros(OutputStream out, long count) throws IOException {
        byte[] block = new byte[1 << 16];
        for (long left = count; left > 0; left -= block.length) {
            out.write(block, 0, (int) Math.min(left, block.length));
        }
    }

    private static byte[] header(String descr, String shape) {
        String text = "{'descr': '" + descr + "', 'fortran_order': False, 'shape': " + shape + ", }";
        byte[] head = new byte[128];
        byte[] magic = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0, 118, 0};
        System.arraycopy(magic, 0, head, 0, magic.length);
        byte[] padded = String.format("%-117s%n", text).getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(padded, 0, head, magic.length, 118);
        return head;
    }

    /** A chunk that unpacks to all of it, whatever was put in. */
    private static class Bomb extends DeflatePipelineFilter {

        @Override
        public byte[] encode(byte[] plain, int[] parameters) {
            Deflater deflater = new Deflater(Deflater.BEST_COMPRESSION);
            byte[] out = new byte[2 << 20];
            int size = 0;
            byte[] block = new byte[1 << 16];
            for (int done = 0; done < SIZE; done += block.length) {
                deflater.setInput(block);
                size += deflater.deflate(out, size, out.length - size);
            }
            deflater.finish();
            size += deflater.deflate(out, size, out.length - size);
            deflater.end();
            return Arrays.copyOf(out, size);
        }
    }

    /** Nothing at all where megabytes should be. */
    private static final class Repeated extends Bomb {

        @Override
        public byte[] encode(byte[] plain, int[] parameters) {
            return new byte[1];
        }
    }

    private void hdf(String name, DeflatePipelineFilter filter, double[] times) {
        try (WritableHdfFile file = HdfFile.write(folder.resolve(name))) {
            WritableGroup population = file.putGroup("spikes").putGroup("cells");
            population.putDataset(
                    "timestamps",
                    times,
                    DatasetCreationOptions.builder()
                            .chunkDimensions(Math.min(times.length, 1 << 18))
                            .filter(filter, 6)
                            .build());
            population.putDataset("node_ids", new long[times.length]);
        }
    }

    /** A record that says that it has as much, with the right checksum. */
    private void record() throws IOException {
        ByteBuffer length = ByteBuffer.allocate(12).order(ByteOrder.LITTLE_ENDIAN);
        length.putLong(SIZE);
        length.putInt(MaskedCrc.of(length.array(), 0, 8));
        Path log = folder.resolve("record.fslog");
        LogHeader header =
                new LogHeader("1", "ideal:", "ideal", "c", "", "", LogHeader.CHIP_TICK_PS, 0, "w", List.of());
        byte[] begun;
        try (SpikeLogWriter writer = SpikeLogWriter.create(log, header, LogSettings.defaults())) {
            writer.handOver();
            begun = Files.readAllBytes(log);
        }
        Files.write(log, begun);
        Files.write(log, Arrays.copyOf(length.array(), 100), StandardOpenOption.APPEND);
    }
}
