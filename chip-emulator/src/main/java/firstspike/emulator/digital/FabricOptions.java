package firstspike.emulator.digital;

import java.util.Objects;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * What a target's options say about the digital chip (targets.md 2).
 *
 * @param timing delays and depths
 * @param ignorePpu start of a plasticity processor is stored without effect instead of refused
 * @param randomPowerUp seed of the memories' contents at power-on; empty: all 0
 * @param stuckAddress the word that keeps its power-on value, whatever is written
 */
public record FabricOptions(
        FabricTiming timing, boolean ignorePpu, OptionalLong randomPowerUp, OptionalInt stuckAddress) {
    /** Reference timing, processors refused, memories 0, nothing stuck. */
    public static final FabricOptions DEFAULT =
            new FabricOptions(FabricTiming.REFERENCE, false, OptionalLong.empty(), OptionalInt.empty());

    /** Refuses nulls. */
    public FabricOptions {
        Objects.requireNonNull(timing, "timing");
        Objects.requireNonNull(randomPowerUp, "randomPowerUp");
        Objects.requireNonNull(stuckAddress, "stuckAddress");
    }

    /** The same options with processor starts ignored. */
    public FabricOptions withPpuIgnored() {
        return new FabricOptions(timing, true, randomPowerUp, stuckAddress);
    }
}
