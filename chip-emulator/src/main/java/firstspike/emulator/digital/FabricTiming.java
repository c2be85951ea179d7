package firstspike.emulator.digital;

/**
 * The delays and depths of the chip's event fabric (playback.md 4.9).
 *
 * @param crossbarTicks XBAR: from a crossbar input to an output without contention, 0 or more
 * @param padiTicks PADI: from a crossbar output to the start of a driver's pulse, 1 or more
 * @param nodeFifo NODE_FIFO: events that a crossbar node holds, 1 or more
 * @param channelFifo CHANNEL_FIFO: events that the queue of an L2 input channel holds, 1 or more
 * @param arbitrationIdleTicks ARB_IDLE: an output that was idle so long starts its round robin with input 0
 */
public record FabricTiming(
        int crossbarTicks, int padiTicks, int nodeFifo, int channelFifo, int arbitrationIdleTicks) {
    /** The values of playback.md 4.9. */
    public static final FabricTiming REFERENCE = new FabricTiming(1, 1, 4, 16, 512);

    private static final int MAX = 1 << 20;

    /** Checks the ranges. */
    public FabricTiming {
        check("XBAR", crossbarTicks, 0);
        check("PADI", padiTicks, 1);
        check("NODE_FIFO", nodeFifo, 1);
        check("CHANNEL_FIFO", channelFifo, 1);
        check("ARB_IDLE", arbitrationIdleTicks, 1);
    }

    private static void check(String name, int value, int min) {
        if (value < min || value > MAX) {
            throw new IllegalArgumentException(
                    "timing " + name + ": " + value + " (limit: " + min + " to " + MAX + "); choose a value in range");
        }
    }
}
