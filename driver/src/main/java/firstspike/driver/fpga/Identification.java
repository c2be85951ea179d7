package firstspike.driver.fpga;

import static firstspike.driver.error.UnsupportedOnTargetException.Code.BITFILE;

import firstspike.driver.error.ErrorDetail;
import firstspike.driver.error.UnsupportedOnTargetException;
import firstspike.driver.hostarq.BitfileInformation;
import firstspike.driver.link.ChipDescription;
import firstspike.driver.link.ChipId;
import firstspike.driver.link.RunResult;
import firstspike.driver.message.ToFpga;
import firstspike.driver.playback.PlaybackProgram;
import firstspike.driver.playback.ResponseKind;
import firstspike.driver.register.Container;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Who stands at the other end: the program that asks for identity and state, and the description made of its answers and of
 * the FPGA's information text (wire.md 17, targets.md 7).
 */
final class Identification {

    /** JTAG answers of known chips (wire.md 8). */
    private static final Set<Integer> KNOWN_IDS = Set.of(0x0485_80AF, 0x2485_80AF, 0x3485_80AF, 0x4485_90AF);

    private static final int JTAG_SCALER = 6;
    private static final int JTAG_IDCODE = 1;
    private static final int JTAG_WORD = 32;
    private static final int BARRIER_OMNIBUS_AND_JTAG = 3;
    private static final int REVISION = 3;
    private static final int REVISION_SHIFT = 28;
    private static final long TICK_PICOSECONDS = 8000;
    private static final PlaybackProgram PROGRAM = program();

    private final FpgaTarget target;
    private final Optional<ChipId> name;

    /**
     * @param target of the FPGA
     * @param name of the set-up, if it has one
     */
    Identification(FpgaTarget target, Optional<ChipId> name) {
        this.target = target;
        this.name = name;
    }

    private static PlaybackProgram program() {
        int[] dna = Container.FPGA_DEVICE_DNA.layout().readAddresses(0);
        return PlaybackProgram.ofWords(new long[] {
            ToFpga.jtagScaler(JTAG_SCALER),
            ToFpga.jtagInit(),
            ToFpga.jtagIns(JTAG_IDCODE),
            ToFpga.jtagData(true, JTAG_WORD, 0),
            ToFpga.omnibusRead(dna[0]),
            ToFpga.omnibusRead(dna[1]),
            ToFpga.barrier(BARRIER_OMNIBUS_AND_JTAG)
        });
    }

    /** Reads the JTAG id and the device's identity; changes nothing but JTAG's clock and state. */
    PlaybackProgram words() {
        return PROGRAM;
    }

    /**
     * The description of the chip.
     *
     * @param information of the bitfile
     * @param answers to {@link #words()}
     * @return who it is
     * @throws UnsupportedOnTargetException when the chip is not known and not allowed
     */
    ChipDescription describe(BitfileInformation information, RunResult answers) {
        int id = (int) answers.values(ResponseKind.JTAG)[0];
        if (!KNOWN_IDS.contains(id) && !target.allowUnknown()) {
            throw new UnsupportedOnTargetException(
                    BITFILE,
                    ErrorDetail.of(
                                    "JTAG id of the chip at " + target,
                                    String.format("0x%08x", id),
                                    "0x048580af, 0x248580af, 0x348580af or 0x448590af",
                                    "check chip and JTAG cable; allow_unknown=true accepts it all the same")
                            .with("jtag_id", String.format("0x%08x", id)),
                    null);
        }
        long[] halves = answers.values(ResponseKind.OMNIBUS);
        String dna = Long.toHexString(halves[0] << JTAG_WORD | halves[1]);
        SortedMap<String, String> properties = new TreeMap<>();
        properties.put("device_dna", dna);
        properties.put("jtag_id", String.format("0x%08x", id));
        properties.put("bitfile_version", Integer.toString(information.version()));
        properties.put("bitfile_compatible_until", Integer.toString(information.compatibleUntil()));
        properties.put("fpga", target.text());
        properties.put("streaming", "true");
        return InformationText.firstspike(information.text())
                .flatMap(map -> emulator(map, properties))
                .orElseGet(() -> hardware(id, dna, properties));
    }

    private ChipDescription hardware(int id, String dna, SortedMap<String, String> properties) {
        return new ChipDescription(
                ChipDescription.Kind.HARDWARE,
                target.text(),
                name.orElseGet(() -> new ChipId("hw-" + dna)),
                "hardware",
                KNOWN_IDS.contains(id) ? Math.max(1, id >>> REVISION_SHIFT) : REVISION,
                true,
                version(),
                TICK_PICOSECONDS,
                OptionalLong.empty(),
                OptionalLong.empty(),
                PlaybackProgram.MAX_INSTRUCTIONS,
                properties);
    }

    /** Empty when the map does not say everything that only it can say. */
    private Optional<ChipDescription> emulator(Map<String, String> map, SortedMap<String, String> properties) {
        String emulated = map.get("target");
        String fidelity = map.get("fidelity");
        String calibration = map.get("needs_calibration");
        Optional<ChipId> id = chipId(map.get("chip_id"));
        if (emulated == null
                || fidelity == null
                || id.isEmpty()
                || !"true".equals(calibration) && !"false".equals(calibration)) {
            return Optional.empty();
        }
        return Optional.of(new ChipDescription(
                ChipDescription.Kind.EMULATOR,
                emulated,
                name.or(() -> id).orElseThrow(),
                fidelity,
                REVISION,
                calibration.equals("true"),
                map.getOrDefault("software", version()),
                TICK_PICOSECONDS,
                ticks(map.get("latency_input_ticks")),
                ticks(map.get("latency_output_ticks")),
                PlaybackProgram.MAX_INSTRUCTIONS,
                properties));
    }

    private static Optional<ChipId> chipId(String text) {
        try {
            return Optional.ofNullable(text).map(ChipId::new);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static OptionalLong ticks(String text) {
        return text != null && text.matches("[0-9]{1,9}")
                ? OptionalLong.of(Long.parseLong(text))
                : OptionalLong.empty();
    }

    private static String version() {
        String version = Identification.class.getPackage().getImplementationVersion();
        return "firstspike " + (version == null ? "development" : version);
    }
}
