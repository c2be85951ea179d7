package firstspike.emulator.digital;

import java.util.Objects;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * What a target's options say about the digital chip (targets.md 2).
 *
 * @param timing delays and depths: XBAR 0 or more, PADI, NODE_FIFO, CHANNEL_FIFO and ARB_IDLE 1 or more
 * @param randomPowerUp seed of the memories' contents at power-on; empty: all 0
 * @param stuckAddress the word that keeps its power-on value, whatever is written
 */
public record FabricOptions(ChipTiming timing, OptionalLong randomPowerUp, OptionalInt stuckAddress) {
    /** Reference timing, memories 0, nothing stuck. */
    public static final FabricOptions DEFAULT =
            new FabricOptions(ChipTiming.reference(), OptionalLong.empty(), OptionalInt.empty());

    /** Largest delay or depth, so that queues stay small. */
    private static final int MAX = 1 << 16;

    /** Checks the ranges. */
    public FabricOptions {
        Objects.requireNonNull(timing, "timing");
        Objects.requireNonNull(randomPowerUp, "randomPowerUp");
        Objects.requireNonNull(stuckAddress, "stuckAddress");
        check("XBAR", timing.crossbar(), 0);
        check("PADI", timing.padi(), 1);
        check("NODE_FIFO", timing.nodeFifo(), 1);
        check("CHANNEL_FIFO", timing.channelFifo(), 1);
        check("ARB_IDLE", timing.arbiterIdle(), 1);
    }

    /** The same options with other delays and depths. */
    public FabricOptions withTiming(ChipTiming other) {
        return new FabricOptions(other, randomPowerUp, stuckAddress);
    }

    private static void check(String name, int value, int min) {
        if (value < min || value > MAX) {
            throw new IllegalArgumentException(
                    "timing " + name + ": " + value + " (limit: " + min + " to " + MAX + "); choose a value in range");
        }
    }
}
