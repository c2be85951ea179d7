package firstspike.driver.hostarq;

import firstspike.driver.message.WireException;
import java.util.Optional;

/**
 * What a {@link ClientSession} tells its owner, on the owner's thread. Of {@link #failed} and {@link #closed} exactly one
 * comes, once, as the last call.
 */
interface ClientEvents extends FrameSink {

    /**
     * The handshake is over; words may be sent.
     *
     * @param information of the FPGA
     */
    void opened(BitfileInformation information);

    /**
     * The session is dead, while opening or later.
     *
     * @param cause the error that every later call gets
     */
    void failed(WireException cause);

    /**
     * The session was closed; the socket can go.
     *
     * @param warning {@code CLOSE_INCOMPLETE} when frames stayed without acknowledgement
     */
    void closed(Optional<WireException> warning);
}
