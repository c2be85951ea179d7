package firstspike.emulator.fpga;

import firstspike.driver.link.HealthKeys;
import firstspike.driver.link.ResultAssembler;
import firstspike.driver.link.RunHealth;
import firstspike.driver.link.TimeBase;
import firstspike.driver.playback.Note;
import firstspike.emulator.digital.FabricHealth;
import firstspike.emulator.digital.ProcessorHealth;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Joins what executor, trace and chip counted into the health of a run (playback.md 11).
 *
 * @param report of the executor
 * @param assembler after the whole trace
 * @param chip what it counted
 * @param joule energy of the chip during the program, by the model
 * @param rebuilt whether the link was made anew before it
 */
record HealthReport(RunReport report, ResultAssembler assembler, FabricHealth chip, double joule, boolean rebuilt) {

    private static final double NANO = 1e-9;

    private static final int SHOWN_NEURONS = 16;

    RunHealth health(List<Note> programNotes) {
        return new RunHealth(counters(), report.timed() ? TimeBase.SYNCED : TimeBase.UNSYNCED, notes(programNotes));
    }

    private SortedMap<String, Long> counters() {
        SortedMap<String, Long> counters = new TreeMap<>();
        counters.put(HealthKeys.EVENTS_SENT, report.stimuli());
        counters.put(HealthKeys.EVENTS_RECEIVED, assembler.spikeCount());
        counters.put(HealthKeys.DROPPED_CROSSBAR, chip.crossbarDrops());
        counters.put(
                HealthKeys.DROPPED_PADI, Arrays.stream(chip.padiTimingLoss()).sum());
        counters.put(HealthKeys.DROPPED_TRACE, report.traceDrops());
        counters.put(HealthKeys.DROPPED_LINK, report.eventsLost() + report.stimuliLost());
        counters.put(HealthKeys.MERGED, chip.eventsMerged());
        counters.put(HealthKeys.IN_FLIGHT_AT_HALT, report.eventsInFlight());
        counters.put(HealthKeys.SUSPECT_TIME, report.timed() ? assembler.suspectTimes() : 0L);
        counters.put(HealthKeys.LATE_RESPONSES, report.lateResponses());
        counters.put(HealthKeys.NOT_RECORDED, report.eventsNotRecorded());
        counters.put(HealthKeys.LATE, report.lateInstructions());
        counters.put(HealthKeys.LATE_MAX_TICKS, report.maxLateTicks());
        counters.put(HealthKeys.UNMAPPED, report.unmappedReads() + report.unmappedWrites());
        counters.put(HealthKeys.WRITES_PENDING, report.writesPending());
        counters.put(HealthKeys.UNDERRUN_TICKS, report.underrunTicks());
        counters.put(HealthKeys.PPU_IGNORED, report.ppuIgnored() ? 1L : 0L);
        counters.put(HealthKeys.LINK_NOTIFICATIONS, assembler.unexpectedNotifications() + report.linksCameBack());
        counters.put(HealthKeys.SAMPLES, assembler.sampleCount());
        counters.put(HealthKeys.SATURATED_SAMPLES, chip.saturatedSamples());
        counters.put(HealthKeys.VIRTUAL_TICKS, report.virtualTicks());
        counters.put(HealthKeys.ENERGY_MODEL, Math.round(joule / NANO));
        for (int n = 1; n <= 3; n++) {
            counters.put(HealthKeys.PACKS_OF + n, assembler.packs(n));
            counters.put(HealthKeys.SAMPLE_PACKS_OF + n, assembler.samplePacks(n));
        }
        for (int i = 0; i < chip.inputDrops().length; i++) {
            counters.put(HealthKeys.CROSSBAR_INPUT_DROPS + i, (long) chip.inputDrops()[i]);
        }
        for (int i = 0; i < chip.outputEvents().length; i++) {
            counters.put(HealthKeys.CROSSBAR_OUTPUT_EVENTS + i, (long) chip.outputEvents()[i]);
        }
        for (int n = 0; n < chip.processors().size(); n++) {
            ProcessorHealth processor = chip.processors().get(n);
            String prefix = HealthKeys.PPU + n;
            counters.put(prefix + ".cycles", processor.cycles());
            counters.put(prefix + ".instructions", processor.instructions());
            counters.put(prefix + ".pc", processor.programCounter() & 0xffff_ffffL);
            counters.put(prefix + ".illegal", processor.illegal());
            counters.put(prefix + ".wrapped", processor.wrapped());
            counters.put(prefix + ".unmapped", processor.unmapped());
        }
        return counters;
    }

    private List<Note> notes(List<Note> programNotes) {
        List<Note> notes = new ArrayList<>(programNotes);
        if (report.streamed()) {
            notes.add(RunHealth.streamedNote());
        }
        if (rebuilt) {
            notes.add(Note.of("link-rebuilt", "the link was made anew after an error"));
        }
        if (chip.silentNeurons().length > 0) {
            StringBuilder neurons = new StringBuilder();
            Arrays.stream(chip.silentNeurons()).limit(SHOWN_NEURONS).forEach(n -> neurons.append(
                            neurons.length() == 0 ? "" : ", ")
                    .append(n));
            notes.add(new Note(
                    "silent-neuron-config",
                    "neurons fired that cannot send events: " + neurons,
                    chip.silentNeurons().length));
        }
        chip.notes().forEach(note -> notes.add(new Note(note.name(), note.text(), note.count())));
        if (report.unmappedReads() + report.unmappedWrites() > 0) {
            StringBuilder addresses = new StringBuilder();
            report.unmappedAddresses().forEach(address -> addresses
                    .append(addresses.length() == 0 ? "" : ", ")
                    .append(String.format("0x%08x", address)));
            notes.add(new Note(
                    "unmapped-access",
                    "no register owns " + addresses,
                    report.unmappedReads() + report.unmappedWrites()));
        }
        if (report.ppuIgnored()) {
            notes.add(Note.of("ppu-not-emulated", "the start of a plasticity processor was stored without effect"));
        }
        return notes;
    }
}
