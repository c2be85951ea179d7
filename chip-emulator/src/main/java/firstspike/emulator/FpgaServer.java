package firstspike.emulator;

import firstspike.driver.error.UnknownTargetException;
import firstspike.driver.hostarq.HostArqAddress;
import firstspike.driver.hostarq.HostArqCounters;
import firstspike.driver.hostarq.HostArqEndpoint;
import firstspike.driver.link.ChipDescription;
import firstspike.driver.link.TargetUri;
import firstspike.driver.message.WireException;
import firstspike.emulator.digital.WindowedChip;
import firstspike.emulator.fpga.FpgaEndpoint;
import firstspike.emulator.fpga.FpgaTotals;
import java.net.InetSocketAddress;
import java.util.OptionalInt;

/**
 * An emulated chip behind an emulated FPGA on two UDP ports, for every client that speaks HostARQ (wire.md 17): this
 * product's, or the host software of the chip's vendor. What hardware would do happens, nothing is refused (targets.md 6).
 *
 * <pre>{@code
 * try (FpgaServer fpga = FpgaServer.start("emu:nominal?seed=7", address, OptionalInt.empty(), 1)) { … }
 * }</pre>
 */
public final class FpgaServer implements AutoCloseable {

    private final ChipDescription description;
    private final FpgaEndpoint fpga;
    private final HostArqEndpoint network;

    private FpgaServer(ChipDescription description, FpgaEndpoint fpga, HostArqEndpoint network) {
        this.description = description;
        this.fpga = fpga;
        this.network = network;
    }

    /**
     * Switches an FPGA and its chip on and listens.
     *
     * @param target for example {@code emu:nominal?seed=7}; one chip
     * @param data address of the data port; port 0 takes free ones for both
     * @param resetPort UDP port of the reset frames on the same address; empty: as {@link HostArqAddress#resetPortFor}
     * @param threads that the chip may use, 1 or more; changes no byte
     * @return the FPGA, ready for its first session
     * @throws UnknownTargetException when a part of the target is not known, or it has several chips
     * @throws WireException SOCKET when a port cannot be had
     */
    public static FpgaServer start(String target, InetSocketAddress data, OptionalInt resetPort, int threads) {
        EmulatorOptions options = EmulatorOptions.of(TargetUri.parse(target));
        if (options.chips() != 1) {
            throw new UnknownTargetException("option of target '" + target + "': chips=" + options.chips()
                    + " (limit: 1 behind an FPGA); start an FPGA for each chip");
        }
        ChipDescription description = EmulatorDescription.of(options, 0);
        int reset = resetPort.orElseGet(() -> data.getPort() == 0 ? 0 : HostArqAddress.resetPortFor(data.getPort()));
        FpgaEndpoint fpga = new FpgaEndpoint(
                options.fpga(options.model(0)), () -> new WindowedChip(options.model(0), options.fabric(0), threads));
        try {
            return new FpgaServer(
                    description, fpga, HostArqEndpoint.bind(data, reset, FpgaInformation.text(description), fpga));
        } catch (RuntimeException e) {
            fpga.close();
            throw e;
        }
    }

    /** What the chip behind the FPGA says of itself. */
    public ChipDescription describe() {
        return description;
    }

    /** UDP port of the data frames. */
    public int dataPort() {
        return network.dataPort();
    }

    /** UDP port of the reset frames. */
    public int resetPort() {
        return network.resetPort();
    }

    /** What was executed so far. */
    public FpgaTotals totals() {
        return fpga.totals();
    }

    /** Frames and what happened to them. */
    public HostArqCounters counters() {
        return network.counters();
    }

    /** Closes both ports and stops what runs. Idempotent. */
    @Override
    public void close() {
        network.close();
        fpga.close();
    }
}
