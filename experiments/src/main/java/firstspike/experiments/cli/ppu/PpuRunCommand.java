package firstspike.experiments.cli.ppu;

import firstspike.driver.coordinate.Hemisphere;
import firstspike.driver.error.UnknownTargetException;
import firstspike.driver.error.UnsupportedOnTargetException;
import firstspike.driver.initialisation.Initialisation;
import firstspike.driver.initialisation.InitialisationOptions;
import firstspike.driver.initialisation.InitialisationProgram;
import firstspike.driver.link.ChipLink;
import firstspike.driver.link.LinkOptions;
import firstspike.driver.link.RunOptions;
import firstspike.driver.playback.PlaybackProgram;
import firstspike.driver.playback.PlaybackProgramBuilder;
import firstspike.driver.ppu.PpuImage;
import firstspike.driver.ppu.PpuResult;
import firstspike.driver.ppu.PpuSession;
import firstspike.driver.ppu.PpuTimeoutException;
import firstspike.experiments.cli.common.Action;
import firstspike.experiments.cli.common.Console;
import firstspike.experiments.cli.common.Environment;
import firstspike.experiments.cli.common.Failure;
import firstspike.experiments.cli.common.UsageException;
import firstspike.runtime.target.ChipTarget;
import firstspike.runtime.target.Target;
import firstspike.runtime.target.Targets;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Runs a program on plasticity processors. */
@Command(
        name = "run",
        header = "Loads a program, starts it, waits until the processor sleeps, and prints what it left.",
        description = {
            "",
            "The chip is initialised first. Exit code 0: return code 0; 1: another return code; 5: it did not",
            "sleep in time; 9: the target refuses processors."
        },
        footer = {
            "  firstspike ppu run hello.elf --target emu:nominal --set answer=0",
            "  firstspike ppu run film.elf --target emu:nominal --get instants:4 --timeout-us 2000 --json"
        })
final class PpuRunCommand extends Action {
    private static final int OTHER_RETURN_CODE = 1;

    /** Which processors run the program. */
    enum Place {
        TOP,
        BOTTOM,
        BOTH
    }

    /** How the mailbox is printed. */
    enum Mailbox {
        TEXT,
        HEX,
        NONE
    }

    @Mixin
    PpuFile file = new PpuFile();

    @Option(
            names = "--target",
            paramLabel = "URI",
            description = "The chip: emu:nominal, grpc://host:port, fpga://address (default: FIRSTSPIKE_TARGET).")
    String target;

    @Option(names = "--ppu", paramLabel = "PPU", description = "top, bottom or both (default: top).")
    Place place = Place.TOP;

    @Option(names = "--timeout-us", paramLabel = "US", description = "Longest time on the chip (default: 10000).")
    long timeoutUs = 10_000;

    @Option(
            names = "--set",
            paramLabel = "SYMBOL[+BYTES]=WORDS",
            description = "Words written before the start; repeats.")
    List<String> sets = new ArrayList<>();

    @Option(names = "--get", paramLabel = "SYMBOL[+BYTES][:WORDS]", description = "Words read at the end; repeats.")
    List<String> gets = new ArrayList<>();

    @Option(names = "--mailbox", paramLabel = "HOW", description = "text, hex or none (default: text).")
    Mailbox mailbox = Mailbox.TEXT;

    @Override
    protected int run(Environment environment, Console console) throws IOException {
        if (timeoutUs < 1) {
            throw new UsageException("--timeout-us: " + timeoutUs + " (limit: 1 or more); give a time");
        }
        List<PpuAccess> writes = sets.stream().map(PpuAccess::write).toList();
        List<PpuAccess> reads = gets.stream().map(PpuAccess::read).toList();
        PpuImage image = file.image();
        try (ChipTarget chips = chips(environment);
                ChipLink link = chips.open(0, 0)) {
            initialise(link);
            return run(link, image, writes, reads, console);
        }
    }

    private ChipTarget chips(Environment environment) {
        String address =
                target == null ? environment.variable("FIRSTSPIKE_TARGET").orElse(null) : target;
        if (address == null) {
            throw new UnknownTargetException(
                    "target: none named (limit: one chip); say which by --target: emu:nominal, grpc://host:port");
        }
        Target found = Targets.installed().resolve(address, LinkOptions.defaults());
        if (found instanceof ChipTarget chips) {
            return chips;
        }
        found.close();
        throw new UnsupportedOnTargetException(
                UnsupportedOnTargetException.Code.UNSUPPORTED_ON_TARGET,
                "target",
                address,
                "a chip",
                "name one: --target emu:nominal");
    }

    private static void initialise(ChipLink link) {
        PlaybackProgramBuilder program = PlaybackProgram.builder();
        InitialisationProgram.append(Initialisation.steps(InitialisationOptions.standard()), program);
        link.run(program.done(), RunOptions.forSetup());
    }

    private int run(ChipLink link, PpuImage image, List<PpuAccess> writes, List<PpuAccess> reads, Console console) {
        List<PpuSession> sessions = new ArrayList<>();
        for (int ppu = 0; ppu < Hemisphere.COUNT; ppu++) {
            if (place == Place.BOTH || place.ordinal() == ppu) {
                sessions.add(PpuSession.on(link, Hemisphere.of(ppu)));
            }
        }
        for (PpuSession session : sessions) {
            session.load(image);
            writes.forEach(access -> session.write(access.symbol(), access.byteOffset(), access.values()));
        }
        sessions.forEach(PpuSession::start);
        List<Object> rows = new ArrayList<>();
        int exit = DONE;
        for (PpuSession session : sessions) {
            Map<String, Object> row = new LinkedHashMap<>();
            exit = Math.max(exit, end(session, reads, row, console));
            rows.add(row);
        }
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("schema", "firstspike.ppu/1");
        tree.put("processors", rows);
        console.object(tree);
        return exit;
    }

    private int end(PpuSession session, List<PpuAccess> reads, Map<String, Object> row, Console console) {
        PpuResult result;
        PpuTimeoutException late = null;
        try {
            session.awaitSleep(timeoutUs);
            result = session.stop();
        } catch (PpuTimeoutException e) {
            late = e;
            result = e.result();
        }
        int ppu = session.ppu().index();
        row.put("ppu", ppu == 0 ? "top" : "bottom");
        row.put("returnCode", result.returnCode());
        row.put("slept", result.slept());
        for (String key : List.of("cycles", "instructions", "illegal")) {
            long count = result.count(ppu, key);
            row.put(key, count == PpuResult.UNKNOWN ? null : count);
        }
        row.put("mailbox", shown(result));
        Map<String, Object> values = new LinkedHashMap<>();
        for (int i = 0; i < reads.size(); i++) {
            PpuAccess access = reads.get(i);
            int[] words = access.count().isPresent()
                    ? session.read(
                            access.symbol(), access.byteOffset(), access.count().getAsInt())
                    : session.read(access.symbol());
            values.put(gets.get(i), Arrays.stream(words).boxed().toList());
        }
        row.put("values", values);
        print(row, values, console);
        result.health().notes().stream()
                .filter(note -> note.name().startsWith("ppu-"))
                .forEach(note -> console.warn(note.name() + ": " + note.text()));
        if (late != null) {
            console.message("firstspike: " + late.getMessage());
            return Failure.FALSIFIED;
        }
        return result.returnCode() == 0 ? DONE : OTHER_RETURN_CODE;
    }

    private static void print(Map<String, Object> row, Map<String, Object> values, Console console) {
        String text = (String) row.get("mailbox");
        if (!text.isEmpty()) {
            console.line(text.stripTrailing());
        }
        values.forEach((name, words) -> console.line(name + " = " + words));
        console.line(row.get("ppu") + ": return code " + row.get("returnCode") + ", cycles "
                + (row.get("cycles") == null ? "unknown" : row.get("cycles")));
    }

    private String shown(PpuResult result) {
        return switch (mailbox) {
            case TEXT -> result.mailboxText();
            case HEX -> {
                StringBuilder text = new StringBuilder();
                int end = result.mailbox().length;
                while (end > 0 && result.mailbox()[end - 1] == 0) {
                    end--;
                }
                for (int i = 0; i < end; i++) {
                    text.append(String.format(i % 8 == 7 ? "%08x%n" : "%08x ", result.mailbox()[i]));
                }
                yield text.toString();
            }
            case NONE -> "";
        };
    }
}
