package firstspike.emulator;

import firstspike.driver.error.UnknownTargetException;
import firstspike.driver.link.ChipId;
import firstspike.driver.link.PpuPolicy;
import firstspike.driver.link.TargetUri;
import firstspike.driver.register.AddressMap;
import firstspike.emulator.analog.ChipModel;
import firstspike.emulator.analog.Fidelity;
import firstspike.emulator.analog.FittedChip;
import firstspike.emulator.digital.ChipTiming;
import firstspike.emulator.digital.FabricOptions;
import firstspike.emulator.fpga.FpgaSettings;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;

/**
 * What a target of the scheme {@code emu} says (targets.md 2).
 *
 * @param target the URI as given
 * @param model of the first chip
 * @param fitted the measured chip behind it, of which there is one
 * @param chips how many chips, with ascending seeds
 * @param strictAddresses whether unmapped addresses are refused at submission
 * @param strictReadback whether registers that hardware cannot read back are refused
 * @param ppu what to do with the start of a plasticity processor
 * @param randomPowerUp whether memories come up random
 * @param defect one injected fault
 * @param timing of FPGA and fabric
 */
record EmulatorOptions(
        String target,
        ChipModel model,
        Optional<FittedChip> fitted,
        int chips,
        boolean strictAddresses,
        boolean strictReadback,
        PpuPolicy ppu,
        boolean randomPowerUp,
        Defect defect,
        ChipTiming timing) {

    private static final Set<String> KNOWN = Set.of(
            "seed",
            "noise_seed",
            "mismatch",
            "file",
            "event_loss",
            "drift",
            "chips",
            "strict_addresses",
            "strict_readback",
            "ppu",
            "powerup",
            "defect",
            "timing");
    private static final int MOST_CHIPS = 16;
    private static final double MOST_DRIFT = 50;
    private static final int WRONG_ID_CODE = 0x1485_80AF;

    /**
     * One injected fault.
     *
     * @param idCode what JTAG's IDCODE answers
     * @param brokenLinks bit i: link i never comes up
     * @param stuckAddress word that keeps its power-on value
     * @param synchronises false: a synchronisation never ends
     * @param present whether there is a fault at all
     */
    record Defect(int idCode, int brokenLinks, OptionalInt stuckAddress, boolean synchronises, boolean present) {
        static final Defect NONE = new Defect(FpgaSettings.ID_CODE, 0, OptionalInt.empty(), true, false);
    }

    /**
     * Reads a target.
     *
     * @throws UnknownTargetException when a part is not known
     * @throws firstspike.driver.error.UnsupportedOnTargetException when the file of a fitted chip is none
     */
    static EmulatorOptions of(TargetUri uri) {
        uri.allowOptions(KNOWN);
        Fidelity fidelity = fidelity(uri);
        int chips = (int) number(uri, "chips", 1, 1, MOST_CHIPS);
        long highest = Long.MAX_VALUE - chips + 1;
        long seed = number(uri, "seed", 0, 0, highest);
        Optional<FittedChip> fitted = fidelity == Fidelity.FITTED
                ? Optional.of(FittedChip.read(path(uri, "file", uri.options().get("file"))))
                : Optional.empty();
        ChipModel model = fitted.map(chip -> ChipModel.fitted(chip, seed))
                .orElseGet(() -> ChipModel.of(fidelity, seed))
                .withNoiseSeed(number(uri, "noise_seed", seed, 0, highest))
                .withDrift(real(uri, "drift", -MOST_DRIFT, MOST_DRIFT))
                .withEventLoss(real(uri, "event_loss", 0, 1));
        return new EmulatorOptions(
                uri.text(),
                model,
                fitted,
                chips,
                flag(uri, "strict_addresses"),
                flag(uri, "strict_readback"),
                PpuPolicy.parse(uri.options().getOrDefault("ppu", "run")),
                choice(uri, "powerup", "zero", "random").equals("random"),
                defect(uri),
                timing(uri));
    }

    private static Fidelity fidelity(TargetUri uri) {
        String mismatch = uri.options().get("mismatch");
        switch (uri.rest()) {
            case "nominal" -> {
                refuse(uri, "mismatch");
                refuse(uri, "file");
                return Fidelity.NOMINAL;
            }
            case "varied" -> {
                refuse(uri, "file");
                if (mismatch == null || mismatch.equals("full")) {
                    return Fidelity.VARIED_FULL;
                }
                if (mismatch.equals("residual")) {
                    return Fidelity.VARIED_RESIDUAL;
                }
                throw unknown(uri, "mismatch", mismatch, "full, residual");
            }
            case "fitted" -> {
                refuse(uri, "mismatch");
                if (!uri.options().containsKey("file")) {
                    throw new UnknownTargetException("target '" + uri.text()
                            + "': option 'file' is missing (limit: fidelity 'fitted' needs it); name the chip model");
                }
                refuse(uri, "chips");
                return Fidelity.FITTED;
            }
            default ->
                throw new UnknownTargetException("target '" + uri.text() + "': fidelity '" + uri.rest()
                        + "' (known: nominal, varied, fitted); write for example emu:nominal?seed=0");
        }
    }

    private static void refuse(TargetUri uri, String option) {
        if (uri.options().containsKey(option)) {
            throw new UnknownTargetException("target '" + uri.text() + "': option '" + option
                    + "' (limit: not with fidelity '" + uri.rest() + "'); remove it");
        }
    }

    private static Defect defect(TargetUri uri) {
        String defect = uri.options().getOrDefault("defect", "none");
        Defect none = Defect.NONE;
        if (defect.equals("none")) {
            return none;
        }
        if (defect.equals("jtag-id")) {
            return new Defect(WRONG_ID_CODE, 0, none.stuckAddress(), true, true);
        }
        if (defect.equals("systime")) {
            return new Defect(none.idCode(), 0, none.stuckAddress(), false, true);
        }
        if (defect.matches("link:[0-7]")) {
            return new Defect(none.idCode(), 1 << defect.charAt(5) - '0', none.stuckAddress(), true, true);
        }
        if (defect.matches("stuck:(0x)?[0-9A-Fa-f]{1,8}")) {
            int address = Integer.parseUnsignedInt(defect.replaceFirst("^stuck:(0x)?", ""), 16);
            if (!AddressMap.standard().isMapped(address)) {
                throw unknown(uri, "defect", defect, "stuck: with the address of a register");
            }
            return new Defect(none.idCode(), 0, OptionalInt.of(address), true, true);
        }
        throw unknown(uri, "defect", defect, "none, jtag-id, link:0 to link:7, stuck:ADDRESS, systime");
    }

    private static ChipTiming timing(TargetUri uri) {
        String timing = uri.options().getOrDefault("timing", "reference");
        return timing.equals("reference") ? ChipTiming.reference() : TimingFile.read(path(uri, "timing", timing));
    }

    private static Path path(TargetUri uri, String option, String text) {
        try {
            return Path.of(text);
        } catch (InvalidPathException e) {
            throw unknown(uri, option, text, "the path of a file");
        }
    }

    private static long number(TargetUri uri, String option, long fallback, long min, long max) {
        String text = uri.options().get(option);
        if (text == null) {
            return fallback;
        }
        try {
            long value = Long.parseLong(text);
            if (value >= min && value <= max) {
                return value;
            }
        } catch (NumberFormatException e) {
            // falls through to the one refusal
        }
        throw unknown(uri, option, text, min + " to " + max);
    }

    private static double real(TargetUri uri, String option, double min, double max) {
        String text = uri.options().get(option);
        if (text == null) {
            return 0;
        }
        try {
            double value = Double.parseDouble(text);
            if (value >= min && value <= max) {
                return value;
            }
        } catch (NumberFormatException e) {
            // falls through to the one refusal
        }
        throw unknown(uri, option, text, min + " to " + max);
    }

    private static boolean flag(TargetUri uri, String option) {
        return choice(uri, option, "true", "false").equals("true");
    }

    private static String choice(TargetUri uri, String option, String fallback, String other) {
        String text = uri.options().getOrDefault(option, fallback);
        if (text.equals(fallback) || text.equals(other)) {
            return text;
        }
        throw unknown(uri, option, text, fallback + ", " + other);
    }

    private static UnknownTargetException unknown(TargetUri uri, String option, String value, String known) {
        return new UnknownTargetException("option " + option + " of target '" + uri.text() + "': '" + value
                + "' (known: " + known + "); write one of them");
    }

    /** Seed of the chip at an index. */
    long seed(int index) {
        return model.seed() + index;
    }

    /** Model of the chip at an index: seeds ascend together. */
    ChipModel model(int index) {
        if (fitted.isPresent()) {
            return model;
        }
        return ChipModel.of(model.fidelity(), seed(index))
                .withNoiseSeed(model.noiseSeed() + index)
                .withDrift(model.driftPercent())
                .withEventLoss(model.eventLoss());
    }

    /** The fidelity as the target writes it. */
    String fidelityName() {
        return switch (model.fidelity()) {
            case NOMINAL -> "nominal";
            case VARIED_FULL, VARIED_RESIDUAL -> "varied";
            case FITTED -> "fitted";
        };
    }

    /** Identity of the chip at an index (targets.md 7). */
    ChipId chipId(int index) {
        if (fitted.isPresent()) {
            return new ChipId(
                    "emu-fitted-" + fitted.get().sha256().substring(0, 8) + (defect.present() ? "-defect" : ""));
        }
        String residual = model.fidelity() == Fidelity.VARIED_RESIDUAL ? "-residual" : "";
        return new ChipId("emu-" + fidelityName() + "-" + seed(index) + residual + (defect.present() ? "-defect" : ""));
    }

    FabricOptions fabric(int index) {
        return new FabricOptions(
                timing, randomPowerUp ? OptionalLong.of(seed(index)) : OptionalLong.empty(), defect.stuckAddress());
    }

    FpgaSettings fpga(ChipModel ofChip) {
        return new FpgaSettings(
                timing,
                ofChip,
                defect.idCode(),
                defect.brokenLinks(),
                defect.synchronises(),
                defect.stuckAddress(),
                !strictAddresses,
                FpgaSettings.SPIKE_LIMIT,
                ppu == PpuPolicy.RUN);
    }
}
