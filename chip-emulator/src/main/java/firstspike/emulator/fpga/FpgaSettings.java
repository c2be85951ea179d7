package firstspike.emulator.fpga;

import firstspike.emulator.analog.ChipModel;
import firstspike.emulator.digital.ChipTiming;
import java.util.OptionalInt;

/**
 * What an emulated FPGA is made with (targets.md 2).
 *
 * @param timing durations and depths
 * @param model chip behind it: seeds and loss of events
 * @param idCode what the chip answers to JTAG's IDCODE
 * @param brokenLinks bit i: link i never comes up
 * @param synchronises false: a synchronisation never ends
 * @param stuckAddress word that keeps its power-on value, if any
 * @param countsUnmapped whether programs may access addresses that no register owns
 * @param spikeLimit most spikes in one program
 * @param executesPpu whether plasticity processors run that programs over the wire start; otherwise a start is stored
 */
public record FpgaSettings(
        ChipTiming timing,
        ChipModel model,
        int idCode,
        int brokenLinks,
        boolean synchronises,
        OptionalInt stuckAddress,
        boolean countsUnmapped,
        long spikeLimit,
        boolean executesPpu) {

    /** Answer of a chip of the present generation to IDCODE (registers.md 14.5). */
    public static final int ID_CODE = 0x3485_80AF;

    /** Most spikes in one program by default (analog.md 19). */
    public static final long SPIKE_LIMIT = 100_000_000;

    /** A faultless FPGA in reference timing. */
    public static FpgaSettings of(ChipModel model) {
        return new FpgaSettings(
                ChipTiming.reference(), model, ID_CODE, 0, true, OptionalInt.empty(), false, SPIKE_LIMIT, true);
    }

    /** The same FPGA where nothing is refused: accesses to addresses that no register owns are counted (targets.md 6). */
    FpgaSettings countingUnmapped() {
        return new FpgaSettings(
                timing, model, idCode, brokenLinks, synchronises, stuckAddress, true, spikeLimit, executesPpu);
    }
}
