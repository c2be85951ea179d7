package firstspike.experiments.bench;

import firstspike.driver.link.ChipDescription;
import firstspike.driver.link.ChipId;
import firstspike.driver.link.ChipLink;
import firstspike.driver.link.ChipSource;
import firstspike.driver.link.LinkOptions;
import firstspike.driver.link.Provenance;
import firstspike.driver.link.RunOptions;
import firstspike.driver.link.RunResult;
import firstspike.driver.link.SpikeColumns;
import firstspike.driver.playback.PlaybackProgram;
import java.util.List;
import java.util.OptionalLong;
import java.util.TreeMap;

/** A chip that answers every program with the same spikes, so that only their way to the client takes time. */
final class CannedChip implements ChipSource, ChipLink {

    /** Bytes of a spike in a result (playback.md 14.4). */
    static final int SPIKE_BYTES = 7;

    private final SpikeColumns spikes;
    private final ChipDescription description = new ChipDescription(
            ChipDescription.Kind.MOCK,
            "mock:",
            new ChipId("mock"),
            "mock",
            3,
            false,
            "canned",
            8000,
            OptionalLong.empty(),
            OptionalLong.empty(),
            PlaybackProgram.MAX_INSTRUCTIONS,
            new TreeMap<>());

    /**
     * @param count of spikes in each result
     */
    CannedChip(int count) {
        short[] labels = new short[count];
        byte[] stamps = new byte[count];
        int[] deltas = new int[count];
        for (int i = 0; i < count; i++) {
            labels[i] = (short) (i * 31);
            stamps[i] = (byte) i;
            deltas[i] = i == 0 ? 0 : i & 63;
        }
        spikes = SpikeColumns.of(0, labels, stamps, deltas);
    }

    @Override
    public List<ChipDescription> chips() {
        return List.of(description);
    }

    @Override
    public ChipLink open(ChipId chip, LinkOptions options) {
        return this;
    }

    @Override
    public ChipDescription describe() {
        return description;
    }

    @Override
    public RunResult run(PlaybackProgram program, RunOptions options) {
        return RunResult.builder()
                .spikes(spikes)
                .provenance(new Provenance(description, "", "", program.sha256(), 0))
                .build();
    }

    @Override
    public void close() {
        // nothing is open
    }
}
