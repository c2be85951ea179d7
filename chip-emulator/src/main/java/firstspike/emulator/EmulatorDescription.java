package firstspike.emulator;

import firstspike.driver.link.ChipDescription;
import firstspike.driver.link.PpuPolicy;
import firstspike.driver.playback.PlaybackProgram;
import firstspike.emulator.analog.Fidelity;
import firstspike.emulator.analog.FittedChip;
import firstspike.emulator.fpga.EmulatedFpga;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;

/** What an emulated chip says of itself (playback.md 14.8). */
final class EmulatorDescription {

    private static final int REVISION = 3;
    private static final long TICK_PICOSECONDS = 8000;
    /** Crossing to chip time without contention: mean of 12 to 20 ns (playback.md 6.1). */
    private static final int OUTPUT_LATENCY = 2;

    private EmulatorDescription() {}

    static ChipDescription of(EmulatorOptions options, int index) {
        SortedMap<String, String> properties = new TreeMap<>();
        properties.put("seed", Long.toString(options.seed(index)));
        properties.put("noise_seed", Long.toString(options.model(index).noiseSeed()));
        properties.put("device_dna", Long.toHexString(EmulatedFpga.deviceDna(options.seed(index))));
        properties.put("strict_addresses", Boolean.toString(options.strictAddresses()));
        properties.put("strict_readback", Boolean.toString(options.strictReadback()));
        properties.put("snapshot", "true");
        properties.put("ppu", options.ppu() == PpuPolicy.RUN ? "full" : "memory");
        properties.put("streaming", "true");
        options.fitted().flatMap(FittedChip::calibration).ifPresent(id -> properties.put("calibration_id", id));
        int latency = options.timing().down()
                + options.timing().crossbar()
                + options.timing().padi();
        return new ChipDescription(
                ChipDescription.Kind.EMULATOR,
                options.target(),
                options.chipId(index),
                options.fidelityName(),
                REVISION,
                options.model().fidelity() == Fidelity.VARIED_FULL
                        || options.fitted().isPresent(),
                version(),
                TICK_PICOSECONDS,
                OptionalLong.of(latency),
                OptionalLong.of(OUTPUT_LATENCY),
                PlaybackProgram.MAX_INSTRUCTIONS,
                properties);
    }

    private static String version() {
        String version = EmulatorDescription.class.getPackage().getImplementationVersion();
        return "firstspike " + (version == null ? "development" : version);
    }
}
