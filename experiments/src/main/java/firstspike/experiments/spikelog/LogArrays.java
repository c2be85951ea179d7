package firstspike.experiments.spikelog;

import firstspike.driver.error.ErrorDetail;
import firstspike.runtime.error.FormatException;
import firstspike.runtime.exchange.NpyArray;
import firstspike.runtime.exchange.NpzBuilder;
import firstspike.runtime.recording.JsonText;
import firstspike.runtime.recording.log.EventSelection;
import firstspike.runtime.recording.log.LabelTable;
import firstspike.runtime.recording.log.LogHeader;
import firstspike.runtime.recording.log.LogHealth;
import firstspike.runtime.recording.log.OrderedSpikes;
import firstspike.runtime.recording.log.RecordKind;
import firstspike.runtime.recording.log.SampleChunk;
import firstspike.runtime.recording.log.SpikeDirection;
import firstspike.runtime.recording.log.SpikeLog;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A log as arrays for {@code numpy.load}: {@code program tick to_chip label population neuron} of each spike, in the order of
 * tables; {@code samples/program}, {@code samples/tick}, {@code samples/converter} (1 MADC, 2 CADC), {@code samples/channel},
 * {@code samples/value} where there are samples; {@code meta.json} with the header and the names of the populations.
 */
public final class LogArrays {

    /** Most events: what arrays of this size take in memory while they are made. */
    public static final int MOST = 50_000_000;

    private final LabelTable labels;
    private long[] program = new long[1024];
    private long[] tick = new long[1024];
    private boolean[] toChip = new boolean[1024];
    private int[] label = new int[1024];
    private int[] population = new int[1024];
    private int[] neuron = new int[1024];
    private int size;

    private LogArrays(LabelTable labels) {
        this.labels = labels;
    }

    /**
     * @param log to read
     * @param salvage whether to pass over damage
     * @param selection which spikes
     * @param npz takes the arrays
     * @return how many spikes, and how sound the log is
     * @throws FormatException {@code ARRAY_TOO_LARGE} for more than {@link #MOST} events
     */
    public static SpikeRows.Written add(SpikeLog log, boolean salvage, EventSelection selection, NpzBuilder npz) {
        LabelTable labels = LabelTable.of(log.header().labels());
        LogArrays arrays = new LogArrays(labels);
        LogHealth health = OrderedSpikes.read(log, salvage, selection, arrays::spike);
        int n = arrays.size;
        npz.add("program", NpyArray.of(Arrays.copyOf(arrays.program, n), n));
        npz.add("tick", NpyArray.of(Arrays.copyOf(arrays.tick, n), n));
        npz.add("to_chip", NpyArray.of(Arrays.copyOf(arrays.toChip, n), n));
        npz.add("label", NpyArray.ofUnsigned16(Arrays.copyOf(arrays.label, n), n));
        npz.add("population", NpyArray.of(Arrays.copyOf(arrays.population, n), n));
        npz.add("neuron", NpyArray.of(Arrays.copyOf(arrays.neuron, n), n));
        samples(log, salvage, selection, npz);
        npz.addBytes("meta.json", meta(log.header(), labels, health).getBytes(StandardCharsets.UTF_8));
        return new SpikeRows.Written(n, health);
    }

    private void spike(long ofProgram, long at, SpikeDirection direction, int ofLabel, int place) {
        if (size == tick.length) {
            grow();
        }
        program[size] = ofProgram;
        tick[size] = at;
        toChip[size] = direction == SpikeDirection.TO_CHIP;
        label[size] = ofLabel;
        population[size] = place;
        neuron[size] = place < 0 ? -1 : labels.neuron(direction, ofLabel);
        size++;
    }

    private void grow() {
        checkSize(size + 1L);
        int larger = Math.min(MOST, 2 * size);
        program = Arrays.copyOf(program, larger);
        tick = Arrays.copyOf(tick, larger);
        toChip = Arrays.copyOf(toChip, larger);
        label = Arrays.copyOf(label, larger);
        population = Arrays.copyOf(population, larger);
        neuron = Arrays.copyOf(neuron, larger);
    }

    private static void checkSize(long events) {
        if (events > MOST) {
            throw new FormatException(
                    FormatException.Code.ARRAY_TOO_LARGE,
                    ErrorDetail.of(
                            "events for one npz", "more than " + MOST, MOST, "choose programs by --program A..B"),
                    null);
        }
    }

    private static void samples(SpikeLog log, boolean salvage, EventSelection selection, NpzBuilder npz) {
        List<SampleChunk> chunks = new ArrayList<>();
        long[] count = new long[1];
        log.read(salvage, (record, offset) -> {
            if (record.kind() == RecordKind.SAMPLES
                    && record.program() >= selection.fromProgram()
                    && record.program() <= selection.toProgram()) {
                count[0] += record.events();
                checkSize(count[0]);
                chunks.add((SampleChunk) record);
            }
        });
        if (chunks.isEmpty()) {
            return;
        }
        int total = (int) count[0];
        long[] programs = new long[total];
        long[] ticks = new long[total];
        int[] converters = new int[total];
        int[] channels = new int[total];
        int[] values = new int[total];
        int at = 0;
        for (SampleChunk chunk : chunks) {
            int to = at + chunk.events();
            Arrays.fill(programs, at, to, chunk.program());
            System.arraycopy(chunk.ticks(), 0, ticks, at, chunk.events());
            Arrays.fill(converters, at, to, chunk.converter().ordinal() + 1);
            Arrays.fill(channels, at, to, chunk.channel());
            System.arraycopy(chunk.values(), 0, values, at, chunk.events());
            at = to;
        }
        npz.add("samples/program", NpyArray.of(programs, total));
        npz.add("samples/tick", NpyArray.of(ticks, total));
        npz.add("samples/converter", NpyArray.of(converters, total));
        npz.add("samples/channel", NpyArray.of(channels, total));
        npz.add("samples/value", NpyArray.of(values, total));
    }

    private static String meta(LogHeader header, LabelTable labels, LogHealth health) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("schema", "firstspike.log-arrays/1");
        tree.put("run_id", header.runId());
        tree.put("target", header.target());
        tree.put("fidelity", header.fidelity());
        tree.put("chip_id", header.chipId());
        tree.put("tick_ps", header.tickPs());
        List<Object> names = new ArrayList<>();
        for (LabelTable.Population place : labels.populations()) {
            Map<String, Object> row = new LinkedHashMap<>();
            row.put("name", place.name());
            row.put("direction", place.direction().text());
            names.add(row);
        }
        tree.put("populations", names);
        tree.put("state", health.verdict().text());
        tree.put("missing", health.missing());
        return JsonText.pretty(tree);
    }
}
