package firstspike.experiments.doctor;

import firstspike.driver.error.ChipException;
import firstspike.driver.hostarq.HostArqOptions;
import firstspike.driver.initialisation.Initialisation;
import firstspike.driver.initialisation.InitialisationOptions;
import firstspike.driver.initialisation.InitialisationProgram;
import firstspike.driver.link.ChipDescription;
import firstspike.driver.link.ChipLink;
import firstspike.driver.link.RunHealth;
import firstspike.driver.link.RunOptions;
import firstspike.driver.link.RunResult;
import firstspike.driver.link.TimeBase;
import firstspike.driver.playback.Barrier;
import firstspike.driver.playback.PlaybackProgram;
import firstspike.driver.playback.PlaybackProgramBuilder;
import firstspike.driver.playback.Ticket;
import firstspike.driver.register.Container;
import firstspike.driver.register.ContainerLayout;
import firstspike.runtime.target.ChipTarget;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * Examines a chip from the outside in: versions, JTAG, links, time, spikes, registers. The chip is reset and initialised for
 * it, so whoever shares it writes their configuration again.
 */
public final class ChipChecks {

    private static final Set<Integer> KNOWN_IDS = Set.of(0x0485_80AF, 0x2485_80AF, 0x3485_80AF, 0x4485_90AF);
    private static final int JTAG_SCALER = 6;
    private static final int ONLINE_TIME = 1;
    private static final int CHANNELS = 4;
    private static final int SPIKES = 50;
    private static final int SPACING_TICKS = 60;
    private static final int SETTLE_TICKS = 2000;
    private static final double ENOUGH = 0.9;
    private static final String EXPECTED_ID = "0x048580af, 0x248580af, 0x348580af or 0x448590af";
    private static final String RESET = "reset the FPGA and initialise again; look at cables and power";

    private final boolean quick;
    private final List<CheckResult> results = new ArrayList<>();
    private ChipTarget target;
    private ChipLink link;

    /** @param quick looks at some words of each register block instead of all */
    public ChipChecks(boolean quick) {
        this.quick = quick;
    }

    /**
     * Examines the first chip of a target. What fails does not keep the rest from being looked at, as far as it can be.
     *
     * @param chips that answer; not closed
     * @return one result a check
     */
    public List<CheckResult> run(ChipTarget chips) {
        results.clear();
        target = chips;
        versions(chips.chips().get(0));
        try {
            link = chips.open(0, 0);
            check("jtag id", EXPECTED_ID, this::jtagId);
            if (check("initialisation", "no time-out", this::initialise)) {
                check("high-speed links", "8 links up, no CRC errors", this::links);
                check("time synchronisation", "chip and FPGA count together", this::synchronise);
                loopBack();
                for (Container block : ReadBack.blocks()) {
                    check("readback " + block.title(), "what was written", chip -> readBack(block, chip));
                }
            }
        } catch (ChipException e) {
            // the link did not come back behind a failed check
            results.add(failed("link", "open", e));
        } finally {
            if (link != null) {
                link.close();
            }
        }
        return List.copyOf(results);
    }

    private void versions(ChipDescription chip) {
        StringBuilder value = new StringBuilder(chip.softwareVersion())
                .append(", chip revision ")
                .append(chip.chipRevision());
        chip.properties()
                .forEach((name, text) ->
                        value.append(", ").append(name).append(' ').append(text));
        String bitfile = chip.properties().get("bitfile_compatible_until");
        boolean fits = bitfile == null
                || bitfile.matches("-?[0-9]{1,9}") && Integer.parseInt(bitfile) <= HostArqOptions.NEWEST_COMPATIBLE;
        results.add(CheckResult.of(
                "versions",
                fits,
                Status.FAIL,
                value.toString(),
                "bitfile compatible until " + HostArqOptions.NEWEST_COMPATIBLE + " at most",
                "update this software, or load another bitfile"));
    }

    private CheckResult jtagId(ChipLink chip) {
        PlaybackProgramBuilder program =
                PlaybackProgram.builder().jtagScaler(JTAG_SCALER).resetJtagTap();
        Ticket<Long> ticket = program.readJtagIdCode();
        int id = chip.run(program.done(), RunOptions.forSetup()).get(ticket).intValue();
        return CheckResult.of(
                "jtag id",
                KNOWN_IDS.contains(id),
                Status.FAIL,
                String.format("0x%08x", id),
                EXPECTED_ID,
                "this is another chip, or its answer is damaged: look at chip, socket and JTAG cable");
    }

    private CheckResult initialise(ChipLink chip) {
        PlaybackProgramBuilder program = PlaybackProgram.builder();
        InitialisationProgram.append(
                Initialisation.steps(InitialisationOptions.standard().withoutSystimeSync()), program);
        chip.run(program.done(), RunOptions.forSetup());
        return new CheckResult("initialisation", Status.OK, "done", "no time-out", "");
    }

    private CheckResult links(ChipLink chip) {
        ContainerLayout layout = Container.PHY_STATUS.layout();
        PlaybackProgramBuilder program = PlaybackProgram.builder();
        List<Ticket<Integer>> online = new ArrayList<>();
        List<Ticket<Integer>> errors = new ArrayList<>();
        for (int phy = 0; phy < layout.instances(); phy++) {
            errors.add(program.read(layout.address(phy, 0)));
            online.add(program.read(layout.address(phy, ONLINE_TIME)));
        }
        RunResult result = chip.run(program.done(), RunOptions.forSetup());
        List<String> down = new ArrayList<>();
        List<String> noisy = new ArrayList<>();
        for (int phy = 0; phy < online.size(); phy++) {
            if (result.get(online.get(phy)) == 0) {
                down.add("link " + phy + " down");
            }
            if (result.get(errors.get(phy)) != 0) {
                noisy.add("link " + phy + ": " + Integer.toUnsignedString(result.get(errors.get(phy))) + " CRC errors");
            }
        }
        List<String> all = new ArrayList<>(down);
        all.addAll(noisy);
        return CheckResult.of(
                "high-speed links",
                all.isEmpty(),
                down.isEmpty() ? Status.WARN : Status.FAIL,
                all.isEmpty() ? online.size() + " links up" : String.join(", ", all),
                online.size() + " links up, no CRC errors",
                "the chip works over the links that are left; look at the named ones, then initialise again");
    }

    private CheckResult synchronise(ChipLink chip) {
        int[] base = Container.SYSTIME_SYNC_BASE.layout().writeAddresses(0);
        PlaybackProgramBuilder program = PlaybackProgram.builder()
                .write(base, new int[base.length])
                .barrier(Barrier.OMNIBUS)
                .systimeSync(true)
                .barrier(Barrier.SYSTIME);
        Ticket<?> marker = program.marker();
        RunResult result = chip.run(program.done(), RunOptions.forSetup());
        int[] trip = Container.FPGA_SYSTIME_SYNC_LAST_RTT.layout().readAddresses(0);
        PlaybackProgramBuilder more = PlaybackProgram.builder();
        Ticket<Integer> low = more.read(trip[trip.length - 1]);
        RunResult after = chip.run(more.done(), RunOptions.forSetup());
        boolean synced = after.timeBase() != TimeBase.UNSYNCED;
        return CheckResult.of(
                "time synchronisation",
                synced,
                Status.FAIL,
                synced
                        ? "at " + result.fpgaTime(marker) + " ticks, round trip " + after.get(low) + " ticks"
                        : "answers carry no time",
                "chip and FPGA count together",
                RESET);
    }

    private void loopBack() {
        String remedy = "initialise again; spikes that stay away were lost between FPGA and crossbar";
        check("spike loop-back", "what was sent", chip -> {
            RunResult result = chip.run(loopBackProgram(), RunOptions.forSetup());
            int[] back = new int[CHANNELS];
            for (int i = 0; i < result.spikes().size(); i++) {
                int label = result.spikes().label(i);
                if ((label & 0x3fff) < SPIKES) {
                    back[label >>> 14]++;
                }
            }
            for (int channel = 0; channel < CHANNELS; channel++) {
                results.add(CheckResult.of(
                        "loop-back channel " + channel,
                        back[channel] == SPIKES,
                        back[channel] >= ENOUGH * SPIKES && back[channel] <= SPIKES ? Status.WARN : Status.FAIL,
                        back[channel] + " of " + SPIKES + " spikes came back",
                        SPIKES + " of " + SPIKES,
                        remedy));
            }
            return drops(result.health());
        });
    }

    /** After a reset every crossbar node lets everything pass: label j comes back on output j (registers.md 5.4). */
    private static PlaybackProgram loopBackProgram() {
        PlaybackProgramBuilder program = PlaybackProgram.builder().timerReset();
        for (int i = 0; i < SPIKES; i++) {
            for (int channel = 0; channel < CHANNELS; channel++) {
                program.waitUntil((long) SPACING_TICKS * (CHANNELS * i + channel))
                        .spike(channel << 14 | i);
            }
        }
        return program.settle(SETTLE_TICKS).done();
    }

    private static CheckResult drops(RunHealth health) {
        Map<String, Long> lost = new TreeMap<>();
        health.counters().forEach((name, count) -> {
            if (count != 0 && (name.contains("drop") || name.contains("crc"))) {
                lost.put(name, count);
            }
        });
        return CheckResult.of(
                "drop counters",
                lost.isEmpty() && health.lossFree(),
                Status.WARN,
                lost.isEmpty() ? (health.lossFree() ? "all 0" : "loss: " + health.counters()) : lost.toString(),
                "all 0",
                "send slower, or look where it was dropped: link, crossbar, trace");
    }

    private CheckResult readBack(Container block, ChipLink chip) {
        ReadBack.Finding finding = new ReadBack(chip, quick).ask(block);
        return CheckResult.of(
                "readback " + block.title(),
                finding.wrong() == 0,
                Status.FAIL,
                finding.toString(),
                "what was written",
                "initialise again; a word that stays wrong is broken: keep its block out of use");
    }

    /** Runs one check; an error of the chip fails it, and the link is opened and the chip initialised again. */
    private boolean check(String name, String expected, Function<ChipLink, CheckResult> check) {
        try {
            results.add(check.apply(link));
            return true;
        } catch (ChipException e) {
            results.add(failed(name, expected, e));
            link.close();
            link = target.open(0, 0);
            if (!name.equals("initialisation")) {
                initialise(link);
            }
            return false;
        }
    }

    private static CheckResult failed(String name, String expected, ChipException e) {
        return new CheckResult(
                name,
                Status.FAIL,
                firstLine(e.getMessage()),
                expected,
                firstLine(e.detail().remedy()));
    }

    private static String firstLine(String text) {
        return text.lines().findFirst().orElse("");
    }
}
