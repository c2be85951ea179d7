package firstspike.driver.server;

import firstspike.driver.playback.Barrier;
import firstspike.driver.playback.PlaybackProgram;

/**
 * Makes a chip forget what its last user configured, before it works for another one (playback.md 10.3, journeys.md J37):
 * registers of the FPGA as at power-on, then a reset of the chip, which clears its registers, memories and counters and takes
 * the links down. Memories beside the chip (DRAM of the board) are no configuration and stay.
 */
final class ResetProgram {

    /** Event recording; polling address, target and mask (registers.md 13). */
    private static final int[] CLEARED = {0x8800_0005, 0x8800_0006, 0x8800_0007, 0x8800_0008};
    /** Which links are enabled on the side of the FPGA. */
    private static final int PHY_MASK = 0x8800_4000;

    private static final int INSTRUCTION_TIMEOUT = 0x8800_0009;
    /** 10 ms (playback.md 4.8). */
    private static final int TIMEOUT_TICKS = 1_250_000;

    private static final int SYNC_RETRIES = 0x8800_2000;
    private static final int USUAL_RETRIES = 3;
    /** As in the initialisation (playback.md 10.3). */
    private static final int RESET_TICKS = 10;

    private static final int AFTER_RESET_TICKS = 100;

    static final PlaybackProgram PROGRAM = program();

    private ResetProgram() {}

    private static PlaybackProgram program() {
        var builder = PlaybackProgram.builder();
        for (int address : CLEARED) {
            builder.write(address, 0);
        }
        return builder.write(INSTRUCTION_TIMEOUT, TIMEOUT_TICKS)
                .write(SYNC_RETRIES, USUAL_RETRIES)
                .write(PHY_MASK, 0)
                .barrier(Barrier.OMNIBUS)
                .chipReset(true)
                .timerReset()
                .waitUntil(RESET_TICKS)
                .chipReset(false)
                .timerReset()
                .waitUntil(AFTER_RESET_TICKS)
                .done();
    }
}
