package firstspike.emulator.fpga;

import firstspike.driver.hostarq.WordSender;
import firstspike.driver.link.PpuPolicy;
import firstspike.driver.message.WireException;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What one host sent since its reset frame and what it gets: programs run one after another, each when it is here whole or
 * fills the playback memory (playback.md 4.12). Nothing is refused; what hardware would do happens and the totals tell
 * (targets.md 6). The network puts words in, the executing thread calls {@link #execute}.
 */
final class FpgaSession {

    private static final Logger LOG = LoggerFactory.getLogger(FpgaSession.class);

    private final FpgaTotals totals;
    private final ProgramFifo fifo;
    private final ProgramFeed feed;
    private final TraceUplink uplink;
    private final PpuPolicy ppu;
    private long halts;

    FpgaSession(WordSender sender, FpgaTotals totals, PpuPolicy ppu) {
        this.ppu = ppu;
        this.totals = totals;
        uplink = new TraceUplink(sender);
        fifo = new ProgramFifo(sender::resume);
        feed = new ProgramFeed(fifo, uplink::flush);
    }

    /** Words from the host, for the network thread. */
    ProgramFifo fifo() {
        return fifo;
    }

    /** The host asks for what waits. */
    void wantFlush() {
        uplink.wantFlush();
    }

    /** Ends it: what runs stops soon, what waits is forgotten. Any thread. */
    void close() {
        fifo.close();
    }

    /**
     * Runs what comes until the session ends.
     *
     * @param executor keeps the chip's state from session to session (wire.md 17, D24)
     * @throws InterruptedException when the FPGA is switched off
     */
    void execute(PlaybackExecutor executor) throws InterruptedException {
        while (fifo.awaitProgram()) {
            feed.begin();
            // where processors are refused, a start is stored, as with ppu=ignore: a typed error cannot travel
            RunMode mode = new RunMode(halts++, ppu, fifo.streams(), RunMode.UNLIMITED);
            RunReport report = executor.run(feed, mode, this::check, uplink);
            totals.add(report);
            log(report, mode);
            if (report.stop() == Stop.INSTRUCTION_TIMEOUT) {
                feed.skip();
            } else if (report.stop() != Stop.HALTED) {
                break;
            }
        }
        uplink.flush();
        Optional<WireException> failure = fifo.failure();
        if (!fifo.isClosed() && failure.isPresent()) {
            LOG.warn(
                    "no more programs until the next reset frame: {}",
                    failure.get().getMessage());
        }
    }

    private Stop check(long virtualTicks) {
        uplink.pause();
        if (fifo.isClosed() || uplink.isDead()) {
            return Stop.CANCELLED;
        }
        return feed.isCut() ? Stop.NO_INSTRUCTION : Stop.HALTED;
    }

    private static void log(RunReport report, RunMode mode) {
        if (report.stop() == Stop.INSTRUCTION_TIMEOUT) {
            LOG.warn("program {}: instruction {} timed out: {}", mode.ordinal(), report.index(), report.circumstance());
        }
        if (report.unmappedReads() + report.unmappedWrites() > 0) {
            StringBuilder addresses = new StringBuilder();
            report.unmappedAddresses().forEach(address -> addresses.append(String.format(" 0x%08x", address)));
            LOG.warn(
                    "program {}: {} reads and {} writes of addresses that no register owns:{}",
                    mode.ordinal(),
                    report.unmappedReads(),
                    report.unmappedWrites(),
                    addresses);
        }
        if (report.orphans() > 0) {
            LOG.warn("program {}: {} values without an address, not written", mode.ordinal(), report.orphans());
        }
        if (report.ppuIgnored()) {
            LOG.warn("program {}: a plasticity processor was started, which is not emulated", mode.ordinal());
        }
        LOG.debug(
                "program {}: {} instructions, {} ticks, {}{}",
                mode.ordinal(),
                report.index(),
                report.virtualTicks(),
                report.stop(),
                mode.streamed() ? ", streamed" : "");
    }
}
