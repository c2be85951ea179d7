package firstspike.experiments.capture;

import java.io.IOException;

/** Gives the packets of one file format. */
interface PacketSource {

    /**
     * Reads the next packet.
     *
     * @param packet is filled
     * @return false at the end of the file
     * @throws IOException when the file cannot be read
     */
    boolean next(Packet packet) throws IOException;
}
