package firstspike.emulator.digital;

/**
 * Durations in ticks and depths of queues (playback.md 4.9). Immutable; shared by FPGA executor and fabric.
 *
 * @param down executor issue to event at the crossbar input (L_DOWN)
 * @param crossbar crossbar input to output without contention (XBAR)
 * @param padi crossbar PADI output to driver pulse (PADI)
 * @param up L2 output to FPGA trace input (L_UP)
 * @param fpgaAccess launch of an FPGA register access to its effect (OB_FPGA_ACCESS)
 * @param fpgaDone launch of an FPGA register access to its completion (OB_FPGA_DONE)
 * @param chipAccess launch of a chip register access to its effect (OB_CHIP_ACCESS)
 * @param chipDone launch of a chip register access to its completion (OB_CHIP_DONE)
 * @param chipInterval least distance of chip transactions (OB_CHIP_INTERVAL)
 * @param sync duration of a system time synchronisation (SYNC)
 * @param loopback issue of a marker to its due tick (LOOPBACK)
 * @param linkUp enable of both PHY sides to link up (LINK_UP)
 * @param omnibusUp reset release to usable chip bus (OMNIBUS_UP)
 * @param traceQueue spikes in front of the trace (TRACE_QUEUE)
 * @param nodeFifo events per crossbar node (NODE_FIFO)
 * @param channelFifo events per L2 input channel (CHANNEL_FIFO)
 * @param arbiterIdle idle ticks after which an output forgets its round robin (ARB_IDLE)
 * @param programGap halt of a program to the first instruction of the next (PROGRAM_GAP)
 */
public record ChipTiming(
        int down,
        int crossbar,
        int padi,
        int up,
        int fpgaAccess,
        int fpgaDone,
        int chipAccess,
        int chipDone,
        int chipInterval,
        int sync,
        int loopback,
        int linkUp,
        int omnibusUp,
        int traceQueue,
        int nodeFifo,
        int channelFifo,
        int arbiterIdle,
        int programGap) {

    private static final ChipTiming REFERENCE =
            new ChipTiming(40, 1, 1, 40, 2, 4, 40, 80, 2, 100, 0, 6250, 2750, 64, 4, 16, 512, 125_000);

    /** The values of playback.md 4.9. */
    public static ChipTiming reference() {
        return REFERENCE;
    }
}
