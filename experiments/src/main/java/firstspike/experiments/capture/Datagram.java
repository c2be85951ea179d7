package firstspike.experiments.capture;

import java.net.InetSocketAddress;

/**
 * A UDP datagram of a capture.
 *
 * @param timeNanos since the epoch; 0 where the capture has no times
 * @param from sender
 * @param to receiver
 * @param payload whole; not to be written
 */
public record Datagram(long timeNanos, InetSocketAddress from, InetSocketAddress to, byte[] payload) {}
