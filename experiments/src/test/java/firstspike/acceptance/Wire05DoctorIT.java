package firstspike.acceptance;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The doctor reports a sound chip sound and names an injected defect: in process, over UDP, and through a bridge. */
@Tag("acceptance")
class Wire05DoctorIT {

    private static final String CHIP = "nominal?seed=3";
    private static final Set<String> OF_THE_MACHINE = Set.of(
            "java",
            "cores",
            "memory",
            "write access",
            "free disk",
            "loopback UDP buffer",
            "clock",
            "ports",
            "native transport",
            "fonts",
            "data folder",
            "calibrations");

    @Test
    @DisplayName("Shows 5 the doctor reports every check of a sound chip ok")
    void soundChip() throws Exception {
        try (Served fpga = Served.fpga(CHIP)) {
            examine("emu:" + CHIP, Set.of(), "");
            examine(fpga.fpgaTarget(), Set.of(), "");
            try (Served bridge = Served.bridge(fpga.address(), "")) {
                examine(bridge.grpcTarget(), Set.of(), "");
            }
        }
    }

    @Test
    @DisplayName("Shows 5 the doctor names a wrong JTAG id")
    void jtagId() throws Exception {
        defect("jtag-id", "jtag id", "0x148580af");
    }

    @Test
    @DisplayName("Shows 5 the doctor names a link that stays down")
    void link() throws Exception {
        defect("link:3", "high-speed links", "link 3");
    }

    @Test
    @DisplayName("Shows 5 the doctor names a stuck word")
    void stuckWord() throws Exception {
        defect("stuck:0016000a", "readback NeuronConfig", "0x0016000a");
    }

    @Test
    @DisplayName("Shows 5 the doctor names a time synchronisation that does not end")
    void systemTime() throws Exception {
        defect("systime", "time synchronisation", "Barrier");
    }

    private static void defect(String defect, String check, String named) throws Exception {
        String chip = CHIP + "&defect=" + defect;
        examine("emu:" + chip, Set.of(check), named);
        try (Served fpga = Served.fpga(chip)) {
            examine(fpga.fpgaTarget(), Set.of(check), named);
            try (Served bridge = Served.bridge(fpga.address(), "&allow_unknown=true")) {
                examine(bridge.grpcTarget(), Set.of(check), named);
            }
        }
    }

    private static void examine(String target, Set<String> failing, String named) {
        Program.Outcome outcome = Program.run("doctor", "--target", target, "--json");
        Set<String> failed = new TreeSet<>();
        StringBuilder values = new StringBuilder();
        int checks = 0;
        for (JsonNode check : outcome.json().get("checks")) {
            String name = check.get("name").asText();
            if (OF_THE_MACHINE.contains(name)) {
                continue;
            }
            checks++;
            // how slow this machine is now says nothing of the chip
            boolean slow =
                    name.equals("round trip") && check.get("status").asText().equals("warn");
            if (!check.get("status").asText().equals("ok") && !slow) {
                failed.add(name);
                values.append(check.get("value").asText()).append(' ');
            }
        }
        boolean holds = failed.equals(failing) && values.toString().contains(named) && checks > 30;
        Table.row(
                "wire 5",
                outcome.command(),
                failing.isEmpty() ? "every check ok" : failing + " fails and names " + named,
                failed.isEmpty()
                        ? checks + " checks ok"
                        : failed + ": " + values.toString().strip(),
                outcome.seconds(),
                holds);
    }
}
