package firstspike.experiments.capture;

import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;

/** Writes datagrams to a pcap file, one after another; for files that are made, not watched. One owner thread. */
public final class PcapWriter implements Closeable {

    private static final int MOST_PAYLOAD = 65_507;

    private final OutputStream out;
    private final ByteBuffer record = ByteBuffer.allocate(PcapRecords.OVERHEAD + MOST_PAYLOAD);

    /**
     * Writes the header of the file.
     *
     * @param out buffered; closed with this writer
     * @throws IOException when it cannot be written
     */
    public PcapWriter(OutputStream out) throws IOException {
        this.out = out;
        PcapRecords.begin(record);
        drain();
    }

    /**
     * Writes one datagram.
     *
     * @param datagram between IPv4 addresses, payload at most 65507 bytes
     * @throws IOException when it cannot be written
     */
    public void write(Datagram datagram) throws IOException {
        InetSocketAddress from = datagram.from();
        PcapRecords.put(record, datagram.timeNanos(), from, datagram.to(), ByteBuffer.wrap(datagram.payload()));
        drain();
    }

    private void drain() throws IOException {
        out.write(record.array(), 0, record.position());
        record.clear();
    }

    @Override
    public void close() throws IOException {
        out.close();
    }
}
