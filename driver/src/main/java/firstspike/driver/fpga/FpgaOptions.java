package firstspike.driver.fpga;

import firstspike.driver.hostarq.DatagramTap;
import firstspike.driver.link.ChipId;
import firstspike.driver.link.LinkOptions;
import firstspike.driver.link.WallClock;
import java.util.Objects;
import java.util.Optional;

/**
 * What does not stand in the target of an FPGA.
 *
 * @param chipId name of the set-up; empty: an emulator's own name, else made of the device's identity (targets.md 7)
 * @param tap sees every datagram, for captures
 * @param patience how long the first opening and a later one are tried; the rest of it is ignored
 * @param clock by which attempts are spaced and runs limited
 * @param watched whether an FPGA that nobody uses is looked after every 5 s, and a lost session opened again
 */
public record FpgaOptions(
        Optional<ChipId> chipId, DatagramTap tap, LinkOptions patience, WallClock clock, boolean watched) {

    /** Refuses nulls. */
    public FpgaOptions {
        Objects.requireNonNull(chipId, "chipId");
        Objects.requireNonNull(tap, "tap");
        Objects.requireNonNull(patience, "patience");
        Objects.requireNonNull(clock, "clock");
    }

    /** The chip names itself, nobody taps or watches, usual patience, the clock of this machine. */
    public static FpgaOptions defaults() {
        return new FpgaOptions(Optional.empty(), DatagramTap.NONE, LinkOptions.defaults(), WallClock.system(), false);
    }

    /**
     * @param name of the set-up
     * @return the same options with that name
     */
    public FpgaOptions withChipId(ChipId name) {
        return new FpgaOptions(Optional.of(name), tap, patience, clock, watched);
    }

    /**
     * @param observer of all datagrams
     * @return the same options with that observer
     */
    public FpgaOptions withTap(DatagramTap observer) {
        return new FpgaOptions(chipId, observer, patience, clock, watched);
    }

    /**
     * @param other connect and link patience
     * @return the same options with them
     */
    public FpgaOptions withPatience(LinkOptions other) {
        return new FpgaOptions(chipId, tap, other, clock, watched);
    }

    /**
     * @param other clock
     * @return the same options with it
     */
    public FpgaOptions withClock(WallClock other) {
        return new FpgaOptions(chipId, tap, patience, other, watched);
    }

    /** The same options, the FPGA being looked after: for servers, whose health shall say whether it is there. */
    public FpgaOptions watching() {
        return new FpgaOptions(chipId, tap, patience, clock, true);
    }
}
