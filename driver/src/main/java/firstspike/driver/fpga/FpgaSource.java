package firstspike.driver.fpga;

import static firstspike.driver.error.TargetUnavailableException.Code.TARGET_UNREACHABLE;

import firstspike.driver.error.TargetUnavailableException;
import firstspike.driver.hostarq.HostArqAddress;
import firstspike.driver.hostarq.HostArqCounters;
import firstspike.driver.link.ChipDescription;
import firstspike.driver.link.ChipId;
import firstspike.driver.link.ChipSource;
import firstspike.driver.link.LinkOptions;
import firstspike.driver.link.TargetUri;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;

/**
 * The chip behind one FPGA. Opens one HostARQ session when it is first asked for the chip, opens it again after time-outs
 * and losses, and has one user at a time: a server that opens one link lets its sessions take turns on it. Any thread.
 */
public final class FpgaSource implements ChipSource {

    private final FpgaBoard board;
    private final FpgaOptions options;

    private FpgaSource(FpgaTarget target, FpgaOptions options, WordSession.Opener opener) {
        this.options = options;
        board = new FpgaBoard(target, options, opener);
    }

    /**
     * A source of the chip behind an FPGA; nothing is sent yet.
     *
     * @param target for example {@code fpga://192.168.1.2}
     * @param options what does not stand in the target
     * @return the source
     * @throws firstspike.driver.error.UnknownTargetException when a part of the target is not known
     */
    public static FpgaSource of(String target, FpgaOptions options) {
        return of(TargetUri.parse(target), options);
    }

    static FpgaSource of(TargetUri uri, FpgaOptions options) {
        FpgaTarget target = FpgaTarget.of(uri);
        return new FpgaSource(target, options, HostArqSession.opener(target, options));
    }

    /** A source whose sessions are made by a script. */
    static FpgaSource scripted(String target, FpgaOptions options, WordSession.Opener opener) {
        return new FpgaSource(FpgaTarget.of(TargetUri.parse(target)), options, opener);
    }

    /**
     * The one chip; opens the session when there is none yet.
     *
     * @throws TargetUnavailableException when the FPGA does not answer
     * @throws firstspike.driver.error.UnsupportedOnTargetException when chip or bitfile are not known and not allowed
     * @throws firstspike.driver.error.ChipBusyException when this process has a session with that FPGA already
     */
    @Override
    public List<ChipDescription> chips() {
        ChipDescription chip = board.identity();
        if (options.watched()) {
            board.watch();
        }
        return List.of(chip);
    }

    @Override
    public boolean oneLinkAChip() {
        return true;
    }

    /**
     * @throws firstspike.driver.error.ChipBusyException while another link is open
     */
    @Override
    public FpgaLink open(ChipId chip, LinkOptions links) {
        ChipDescription description = board.identity();
        if (!description.chipId().equals(chip)) {
            throw new TargetUnavailableException(
                    TARGET_UNREACHABLE,
                    "chip of target " + description.target(),
                    chip,
                    description.chipId(),
                    "name this one");
        }
        FpgaLink link = new FpgaLink(description, board, options.clock(), links);
        board.lend(link);
        return link;
    }

    /** Where the FPGA is. */
    public HostArqAddress address() {
        return board.address();
    }

    /** Counters of the session that is open now; empty when there is none. Waits while one is being opened. */
    public Optional<HostArqCounters> counters() {
        return board.countersIfOpen();
    }

    @Override
    public void onAvailability(BiConsumer<ChipId, Boolean> listener) {
        board.onAvailability(up -> listener.accept(board.identity().chipId(), up));
    }

    /** Ends the session with the FPGA. Links that are still open fail from now on. */
    @Override
    public void close() {
        board.close();
    }
}
