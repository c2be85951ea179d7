package firstspike.experiments.doctor;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;

/** What a doctor looks at on a machine. */
public interface Machine {

    /** Feature number of the Java that runs. */
    int javaFeature();

    /** Processors that may be used. */
    int cores();

    /** Largest heap in bytes. */
    long heapBytes();

    /**
     * @param folder that need not exist
     * @return whether a file can be made there, or the folder itself
     */
    boolean writable(Path folder);

    /**
     * @param folder that need not exist
     * @return free bytes, -1 when nobody knows
     */
    long freeBytes(Path folder);

    /**
     * Asks for a receive buffer on a loopback socket.
     *
     * @param wanted bytes
     * @return bytes that were given
     * @throws IOException when there is no loopback
     */
    int udpBuffer(int wanted) throws IOException;

    /** Time of the wall clock. */
    Instant now();

    /** Whether the clock for durations goes forward. */
    boolean monotonic();

    /**
     * @param port on loopback
     * @return whether somebody could listen there now
     * @throws IOException when there is no loopback
     */
    boolean portFree(int port) throws IOException;

    /** Why the native transport is missing; empty when it is there. */
    String nativeTransportMissing();

    /** Number of fonts that figures can be written with. */
    int fonts();
}
