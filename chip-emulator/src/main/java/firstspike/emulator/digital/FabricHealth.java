package firstspike.emulator.digital;

import java.util.List;

/**
 * Counters of one program (playback.md 5.5, 6.1, 11). The arrays belong to the record.
 *
 * @param crossbarDrops copies lost in node or channel queues, counted whether or not a hardware counter saw them
 * @param padiTimingLoss per bus 0 to 7: events lost to extended timing
 * @param eventsMerged neurons that fired again while their event waited
 * @param inputDrops per crossbar input 0 to 19: how far its hardware drop counter moved, modulo 2^16
 * @param outputEvents per crossbar output 0 to 11: how far its hardware event counter moved, modulo 2^24
 * @param saturatedSamples samples of CADC and MADC that were clipped
 * @param silentNeurons circuits that fired although their configuration keeps events from leaving (spike output, event
 *     registers or clocks off), ascending, for the note {@code silent-neuron-config}
 * @param notes what else was noted, sorted by name
 * @param processors what each plasticity processor did since its start; empty where none was ever started
 */
public record FabricHealth(
        long crossbarDrops,
        long[] padiTimingLoss,
        long eventsMerged,
        int[] inputDrops,
        int[] outputEvents,
        long saturatedSamples,
        int[] silentNeurons,
        List<FabricNote> notes,
        List<ProcessorHealth> processors) {}
