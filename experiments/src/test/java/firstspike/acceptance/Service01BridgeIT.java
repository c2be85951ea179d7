package firstspike.acceptance;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A bridge in front of an FPGA, as the lab starts it. */
@Tag("acceptance")
class Service01BridgeIT {

    @Test
    @DisplayName(
            "U8 a bridge shows its FPGA, the window and the counters of the link, serves it, and sums up at the end")
    void bridge() throws Exception {
        long begin = System.nanoTime();
        try (Served fpga = Served.fpga("nominal?seed=3");
                Served bridge = Served.bridge(fpga.address(), "", "--chip-id", "W66F3")) {
            JsonNode ready = bridge.ready();
            Program.Outcome list = Program.run("targets", bridge.grpcTarget(), "--json");
            JsonNode totals = bridge.stop();

            boolean holds = ready.at("/chips/0/id").asText().equals("W66F3")
                    && !ready.path("identification").isEmpty()
                    && ready.at("/hostarq/frames_sent").asLong() > 0
                    && list.exit() == 0
                    && list.json().toString().contains("W66F3")
                    && bridge.exit() == 143
                    && totals.at("/hostarq/frames_sent").asLong() > 0;
            Table.row(
                    "service 1 (U8)",
                    "firstspike bridge --fpga … --chip-id W66F3 --json; targets; SIGTERM",
                    "identification and counters, the chip listed, totals, exit 143",
                    ready.path("identification") + ", targets exit " + list.exit() + ", totals "
                            + totals.path("hostarq") + ", exit " + bridge.exit(),
                    (System.nanoTime() - begin) / 1e9,
                    holds);
        }
    }

    @Test
    @DisplayName(
            "U8 an FPGA that does not answer: exit 4 with what was sent, how long it was waited, and what to look at")
    void silentFpga() throws Exception {
        long begin = System.nanoTime();
        try (DatagramSocket data = silent();
                DatagramSocket reset = silent()) {
            String fpga = "127.0.0.1:" + data.getLocalPort() + "?reset_port=" + reset.getLocalPort();
            Program.Outcome outcome = Program.run("bridge", "--fpga", fpga, "--listen", "127.0.0.1:0");

            Table.row(
                    "service 1 (U8)",
                    "firstspike bridge --fpga of a silent address",
                    "exit 4, reset frames, time-out, firewall named",
                    "exit " + outcome.exit() + ": " + outcome.err().strip(),
                    (System.nanoTime() - begin) / 1e9,
                    outcome.exit() == 4
                            && outcome.err().contains("3 reset frames")
                            && outcome.err().contains("2000 ms")
                            && outcome.err().contains("firewall"));
        }
    }

    private static DatagramSocket silent() throws Exception {
        return new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    }
}
