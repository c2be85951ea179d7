package firstspike.experiments.capture;

import firstspike.runtime.error.FormatException;
import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/**
 * Takes the UDP datagrams over IPv4 out of a pcap or pcapng file, in file order; whatever else is there is skipped and
 * counted. Memory is bounded whatever the file says. One owner thread.
 */
public final class CaptureReader implements Closeable {

    private static final int BUFFER = 1 << 18;
    private static final int IPV4_HEADER = 20;
    private static final int UDP_HEADER = 8;
    private static final int UDP = 17;

    private final InputStream in;
    private final CaptureInput input;
    private final PacketSource packets;
    private final Packet packet = new Packet();
    private final Map<Skipped, Long> skipped = new EnumMap<>(Skipped.class);
    private long datagrams;

    private CaptureReader(InputStream in, CaptureInput input, PacketSource packets) {
        this.in = in;
        this.input = input;
        this.packets = packets;
    }

    /**
     * Whether a file begins as a capture does.
     *
     * @param file to look into
     * @return false for anything else
     * @throws IOException when it cannot be read
     */
    public static boolean isCapture(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] magic = in.readNBytes(Integer.BYTES);
            return magic.length == Integer.BYTES && isMagic(number(magic));
        }
    }

    /**
     * Opens a file.
     *
     * @param file pcap or pcapng
     * @return the reader; the caller closes it
     * @throws FormatException when it is no such file
     * @throws IOException when it cannot be read
     */
    public static CaptureReader open(Path file) throws IOException {
        InputStream in = new BufferedInputStream(Files.newInputStream(file), BUFFER);
        try {
            CaptureInput input = new CaptureInput(file, in);
            byte[] bytes = new byte[Integer.BYTES];
            int magic = input.read(bytes, bytes.length) ? number(bytes) : 0;
            if (!isMagic(magic)) {
                throw input.malformed("first word", String.format("0x%08x", magic), "the magic of pcap or pcapng");
            }
            return new CaptureReader(
                    in, input, PcapPackets.isMagic(magic) ? new PcapPackets(magic, input) : new PcapngPackets(input));
        } catch (IOException | FormatException e) {
            in.close();
            throw e;
        }
    }

    /**
     * The next datagram.
     *
     * @return empty at the end of the file, be it complete or {@link #truncated()}
     * @throws FormatException when the file is damaged from here on
     * @throws IOException when it cannot be read
     */
    public Optional<Datagram> next() throws IOException {
        while (packets.next(packet)) {
            Datagram datagram = datagram();
            if (datagram != null) {
                datagrams++;
                return Optional.of(datagram);
            }
        }
        return Optional.empty();
    }

    /** Datagrams so far. */
    public long datagrams() {
        return datagrams;
    }

    /** Packets that were no datagrams, by reason; absent when there was none. */
    public Map<Skipped, Long> skipped() {
        return Map.copyOf(skipped);
    }

    /** Whether the file ended within a record, as that of a killed writer does. */
    public boolean truncated() {
        return input.truncated();
    }

    @Override
    public void close() throws IOException {
        in.close();
    }

    private Datagram datagram() {
        if (!LinkLayers.known(packet.linkType)) {
            return skip(Skipped.LINK_TYPE);
        }
        int ip = LinkLayers.ipv4(packet);
        if (ip < 0 || packet.length <= ip || packet.bytes[ip] >>> 4 != 4) {
            return skip(Skipped.NOT_IPV4);
        }
        int available = packet.length - ip;
        if (available < IPV4_HEADER) {
            return skip(Skipped.CUT_OFF);
        }
        int header = (packet.bytes[ip] & 0xf) * Integer.BYTES;
        if (header < IPV4_HEADER) {
            return skip(Skipped.MALFORMED);
        }
        if (packet.bytes[ip + 9] != UDP) {
            return skip(Skipped.NOT_UDP);
        }
        if ((word(ip + 6) & 0x3fff) != 0) {
            return skip(Skipped.FRAGMENT);
        }
        if (available < header + UDP_HEADER) {
            return skip(Skipped.CUT_OFF);
        }
        int udp = ip + header;
        int length = word(udp + 4);
        // hardware that splits packets itself leaves the total length 0
        int total = word(ip + 2) == 0 ? header + length : word(ip + 2);
        if (length < UDP_HEADER || total < header + length) {
            return skip(Skipped.MALFORMED);
        }
        if (available < header + length) {
            return skip(Skipped.CUT_OFF);
        }
        return new Datagram(
                packet.timeNanos,
                address(ip + 12, word(udp)),
                address(ip + 16, word(udp + 2)),
                Arrays.copyOfRange(packet.bytes, udp + UDP_HEADER, udp + length));
    }

    private Datagram skip(Skipped reason) {
        skipped.merge(reason, 1L, Long::sum);
        return null;
    }

    private InetSocketAddress address(int at, int port) {
        try {
            return new InetSocketAddress(
                    InetAddress.getByAddress(Arrays.copyOfRange(packet.bytes, at, at + Integer.BYTES)), port);
        } catch (UnknownHostException e) {
            throw new IllegalStateException("four bytes are an address", e);
        }
    }

    private int word(int at) {
        return (packet.bytes[at] & 0xff) << 8 | packet.bytes[at + 1] & 0xff;
    }

    private static boolean isMagic(int magic) {
        return PcapPackets.isMagic(magic) || magic == PcapngPackets.SECTION;
    }

    private static int number(byte[] bytes) {
        return (bytes[0] & 0xff) << 24 | (bytes[1] & 0xff) << 16 | (bytes[2] & 0xff) << 8 | bytes[3] & 0xff;
    }
}
