package firstspike.experiments.doctor;

import java.awt.GraphicsEnvironment;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;

/** The machine that this program runs on. */
public final class ThisMachine implements Machine {

    @Override
    public int javaFeature() {
        return Runtime.version().feature();
    }

    @Override
    public int cores() {
        return Runtime.getRuntime().availableProcessors();
    }

    @Override
    public long heapBytes() {
        return Runtime.getRuntime().maxMemory();
    }

    @Override
    public boolean writable(Path folder) {
        Path there = existing(folder);
        if (there == null || !Files.isDirectory(there)) {
            return false;
        }
        try {
            // the permission bits do not tell of read-only mounts and quotas, an attempt does
            Files.delete(Files.createTempFile(there, ".firstspike-doctor", ""));
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    @Override
    public long freeBytes(Path folder) {
        Path there = existing(folder);
        // by the file and not by its store: that one wants a table of mounts, which a bare root may lack
        return there == null ? -1 : there.toFile().getUsableSpace();
    }

    @Override
    public int udpBuffer(int wanted) throws IOException {
        try (DatagramSocket socket = new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))) {
            socket.setReceiveBufferSize(wanted);
            return socket.getReceiveBufferSize();
        }
    }

    @Override
    public Instant now() {
        return Instant.now();
    }

    @Override
    public boolean monotonic() {
        long before = System.nanoTime();
        long after = System.nanoTime();
        return after - before >= 0;
    }

    @Override
    public boolean portFree(int port) throws IOException {
        try (ServerSocket any = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            if (any.getLocalPort() == port) {
                return true;
            }
        }
        try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return socket.isBound();
        } catch (IOException e) {
            return false;
        }
    }

    @Override
    public String nativeTransportMissing() {
        try {
            Class<?> epoll = Class.forName("io.netty.channel.epoll.Epoll");
            if ((Boolean) epoll.getMethod("isAvailable").invoke(null)) {
                return "";
            }
            Throwable cause = (Throwable) epoll.getMethod("unavailabilityCause").invoke(null);
            return cause == null ? "unknown" : String.valueOf(cause.getMessage());
        } catch (ReflectiveOperationException | LinkageError e) {
            return String.valueOf(e.getMessage());
        }
    }

    @Override
    public int fonts() {
        try {
            return GraphicsEnvironment.getLocalGraphicsEnvironment().getAvailableFontFamilyNames().length;
        } catch (RuntimeException | LinkageError e) {
            // without fontconfig Java fails with one of several errors
            return 0;
        }
    }

    private static Path existing(Path folder) {
        Path there = folder.toAbsolutePath();
        while (there != null && !Files.exists(there)) {
            there = there.getParent();
        }
        return there;
    }
}
