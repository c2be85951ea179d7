package firstspike.experiments.wire;

import firstspike.experiments.capture.Datagram;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Lists what hosts and FPGAs said to each other in a capture. Which socket is the host's is learnt from its reset frame, and
 * where the capture begins later, from the FPGA's data port. Memory does not grow with the capture.
 */
public final class WireListing {

    /** Sessions that are followed at a time; a laboratory has a few, only a hostile file more. */
    private static final int MOST_SESSIONS = 256;

    private final Consumer<WireRecord> sink;
    private final int dataPort;
    private final WireTotals totals = new WireTotals();
    private final LinkedHashMap<Pair, Conversation> sessions = new LinkedHashMap<>(16, 0.75f, true);
    private final Map<Pair, Integer> resetPorts = new LinkedHashMap<>(16, 0.75f, true);
    private int numbers;
    private boolean begun;
    private long start;

    /** A host's socket and the address of its FPGA. */
    private record Pair(InetSocketAddress host, InetAddress fpga) {}

    /**
     * @param sink gets each line as soon as its frame is in order
     * @param dataPort of FPGAs whose reset frame the capture lacks, 1 to 65535
     */
    public WireListing(Consumer<WireRecord> sink, int dataPort) {
        this.sink = sink;
        this.dataPort = dataPort;
    }

    /**
     * Takes the next datagram.
     *
     * @param datagram of the capture; those that are not of HostARQ are counted
     */
    public void datagram(Datagram datagram) {
        if (!begun) {
            begun = true;
            start = datagram.timeNanos();
        }
        long time = datagram.timeNanos() - start;
        byte[] payload = datagram.payload();
        Pair asHost = new Pair(datagram.from(), datagram.to().getAddress());
        Pair asFpga = new Pair(datagram.to(), datagram.from().getAddress());
        if (payload.length == Frame.SHORT_FRAME && (int) Frame.number(payload, 0) == Frame.RESET) {
            reset(asHost, datagram.to(), time);
        } else if (sessions.containsKey(asHost)
                && !isResetPort(asHost, datagram.to().getPort())) {
            sessions.get(asHost).datagram(Direction.TO, payload, time);
        } else if (sessions.containsKey(asFpga)) {
            sessions.get(asFpga).datagram(Direction.FROM, payload, time);
        } else if (datagram.to().getPort() == dataPort && isFrame(payload)) {
            begin(asHost, datagram.to(), time).datagram(Direction.TO, payload, time);
        } else if (datagram.from().getPort() == dataPort && isFrame(payload)) {
            begin(asFpga, datagram.from(), time).datagram(Direction.FROM, payload, time);
        } else {
            totals.foreign();
        }
    }

    /** The capture ends: what is held comes out, and incomplete messages are named. */
    public void finish() {
        sessions.values().forEach(Conversation::finish);
        sessions.clear();
    }

    /** What was seen; complete after {@link #finish()}. */
    public WireTotals totals() {
        return totals;
    }

    private boolean isResetPort(Pair pair, int port) {
        return resetPorts.getOrDefault(pair, -1) == port;
    }

    private static boolean isFrame(byte[] payload) {
        return payload.length == Frame.SHORT_FRAME || Frame.of(payload, 0) != null;
    }

    private void reset(Pair pair, InetSocketAddress fpga, long time) {
        Conversation before = sessions.remove(pair);
        if (before != null) {
            before.finish();
        }
        resetPorts.put(pair, fpga.getPort());
        trim(resetPorts);
        add(pair, true)
                .remark(
                        time,
                        -1,
                        Optional.empty(),
                        "reset",
                        title() + text(pair.host()) + " resets the FPGA at " + text(fpga));
    }

    private Conversation begin(Pair pair, InetSocketAddress fpga, long time) {
        Conversation session = add(pair, false);
        session.remark(
                time,
                -1,
                Optional.empty(),
                "joined",
                title() + text(pair.host()) + " and the FPGA at " + text(fpga)
                        + "; its beginning is not in the capture");
        return session;
    }

    private String title() {
        return "session " + numbers + ": ";
    }

    private static String text(InetSocketAddress address) {
        return address.getAddress().getHostAddress() + ":" + address.getPort();
    }

    private Conversation add(Pair pair, boolean fromReset) {
        Conversation session = new Conversation(++numbers, fromReset, sink, totals);
        totals.session();
        sessions.put(pair, session);
        if (sessions.size() > MOST_SESSIONS) {
            sessions.values().iterator().next().finish();
            trim(sessions);
        }
        return session;
    }

    private static void trim(Map<?, ?> map) {
        if (map.size() > MOST_SESSIONS) {
            map.remove(map.keySet().iterator().next());
        }
    }
}
