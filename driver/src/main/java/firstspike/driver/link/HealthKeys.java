package firstspike.driver.link;

import java.util.List;

/** Names of the counters of a run, as records and screens show them (formats.md 3.3, playback.md 11). */
public final class HealthKeys {

    /** Stimulus events in the program. */
    public static final String EVENTS_SENT = "events.sent";
    /** Spikes in the result. */
    public static final String EVENTS_RECEIVED = "events.received";
    /** Lost in crossbar nodes or channel queues. */
    public static final String DROPPED_CROSSBAR = "events.dropped.crossbar";
    /** Lost on PADI buses with extended timing. */
    public static final String DROPPED_PADI = "events.dropped.padi";
    /** Lost in front of the trace. */
    public static final String DROPPED_TRACE = "events.dropped.trace";
    /** Lost on the way to the FPGA. */
    public static final String DROPPED_LINK = "events.dropped.link";
    /** A neuron fired again while its event waited. */
    public static final String MERGED = "events.merged";
    /** Still on their way, recording on, when the halt issued. */
    public static final String IN_FLIGHT_AT_HALT = "events.in_flight_at_halt";
    /** Chip times that may be wrong by multiples of 128 ticks. */
    public static final String SUSPECT_TIME = "events.suspect_time";
    /** Responses that reached the trace after the halt. */
    public static final String LATE_RESPONSES = "events.late_responses";
    /** Arrived while recording was off. */
    public static final String NOT_RECORDED = "events.not_recorded";
    /** Instructions that were executed after their time. */
    public static final String LATE = "events.late";
    /** Largest lateness in ticks. */
    public static final String LATE_MAX_TICKS = "events.late_max_ticks";
    /** Accesses to addresses that no register owns. */
    public static final String UNMAPPED = "registers.unmapped";
    /** Writes that were still pending when the program ended. */
    public static final String WRITES_PENDING = "registers.writes_pending";
    /** Ticks in which a streamed program ran dry. */
    public static final String UNDERRUN_TICKS = "program.underrun_ticks";
    /**
     * Of a plasticity processor that was ever started, behind its number 0 or 1: {@code .cycles}, {@code .instructions}, {@code .pc},
     * {@code .illegal}, {@code .wrapped}, {@code .unmapped}, each since its last start (ppu.md 10).
     */
    public static final String PPU = "ppu.";
    /** 1 when the start of a plasticity processor was ignored. */
    public static final String PPU_IGNORED = "ppu.ignored";
    /** Connections that were made again. */
    public static final String LINK_RECONNECTS = "link.reconnects";
    /** How often a session had its chip back after others had used it. */
    public static final String LINK_TURNS = "link.turns";
    /** Link notifications that nobody expected. */
    public static final String LINK_NOTIFICATIONS = "link.unexpected_notifications";
    /** Words with a wrong checksum on the eight links to the chip; only where it can be read. */
    public static final String LINK_CRC_ERRORS = "link.crc_errors";
    /** Words that the FPGA sent on the links to the chip. */
    public static final String LINK_WORDS_SENT = "link.words_sent";
    /** Words that the FPGA received on the links to the chip. */
    public static final String LINK_WORDS_RECEIVED = "link.words_received";
    /** Links to the chip, of eight, that were up when the program ended. */
    public static final String LINK_LINKS_UP = "link.links_up";
    /** Words written into the reliable link to the chip. */
    public static final String LINK_ARQ_WRITTEN = "link.arq_written";
    /** Words that it sent, repetitions included. */
    public static final String LINK_ARQ_SENT = "link.arq_sent";
    /** Words that it received, repetitions included. */
    public static final String LINK_ARQ_RECEIVED = "link.arq_received";
    /** Words read out of the reliable link to the chip. */
    public static final String LINK_ARQ_READ = "link.arq_read";
    /** Frames of HostARQ that left during the run, repetitions included. */
    public static final String LINK_FRAMES = "link.frames";
    /** Frames of HostARQ that were repeated. */
    public static final String LINK_RETRANSMITS = "link.retransmits";
    /** Frames of HostARQ that arrived more than once. */
    public static final String LINK_DUPLICATES = "link.duplicates";
    /** Trace messages with one, two and three spikes. */
    public static final String PACKS_OF = "trace.packs_of_";
    /** Samples of the membrane converter in the result. */
    public static final String SAMPLES = "adc.samples";
    /** Samples that a converter clipped to its range. */
    public static final String SATURATED_SAMPLES = "adc.saturated_samples";
    /** Trace messages with one, two and three samples. */
    public static final String SAMPLE_PACKS_OF = "trace.sample_packs_of_";
    /**
     * Energy of the chip during the program in nanojoule, computed by the model of an emulator (analog.md 17); over
     * {@link #VIRTUAL_TICKS} it gives the mean power. Absent where nothing models it.
     */
    public static final String ENERGY_MODEL = "energy.model_nj";
    /** Virtual duration of the program in ticks. */
    public static final String VIRTUAL_TICKS = "emu.virtual_ticks";
    /** Per crossbar input 0 to 19: drops that its hardware counter saw during the run. */
    public static final String CROSSBAR_INPUT_DROPS = "crossbar.input_drops.";
    /** Per crossbar output 0 to 11: events that its hardware counter saw during the run. */
    public static final String CROSSBAR_OUTPUT_EVENTS = "crossbar.output_events.";

    private static final List<String> OF_ONE_RUN = List.of(
            PPU + '0',
            PPU + '1',
            CROSSBAR_INPUT_DROPS,
            CROSSBAR_OUTPUT_EVENTS,
            PACKS_OF,
            SAMPLES,
            SAMPLE_PACKS_OF,
            VIRTUAL_TICKS);

    private HealthKeys() {}

    /**
     * Whether a counter is a detail of one run, which its result keeps: as a sum over many runs it says nothing.
     *
     * @param key name of a counter
     */
    public static boolean describesOneRun(String key) {
        for (String prefix : OF_ONE_RUN) {
            if (key.startsWith(prefix)) {
                return true;
            }
        }
        return false;
    }
}
