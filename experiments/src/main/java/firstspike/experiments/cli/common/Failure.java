package firstspike.experiments.cli.common;

import firstspike.driver.credential.CredentialException;
import firstspike.driver.error.ChipException;
import firstspike.driver.error.ErrorDetail;
import firstspike.driver.error.UnknownTargetException;
import firstspike.experiments.config.InvalidExperimentException;
import firstspike.experiments.config.Problem;
import firstspike.experiments.config.UnknownExperimentException;
import firstspike.experiments.run.ReplayRun;
import firstspike.runtime.error.CalibrationException;
import firstspike.runtime.error.ExperimentException;
import firstspike.runtime.error.FormatException;
import firstspike.runtime.error.HealthFalsifiedException;
import firstspike.runtime.error.HostException;
import firstspike.runtime.error.StorageException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What an exception means for the one who typed the command: code, exit, message (errors.md 3 and 4).
 *
 * @param code machine-readable
 * @param exit exit code
 * @param message one line, or one line a problem
 * @param detail thing, value, limit, remedy; null when it is not known
 * @param problems mistakes of an experiment file, else none
 */
public record Failure(String code, int exit, String message, ErrorDetail detail, List<Problem> problems) {

    public static final int FALSE_RESULT = 1;
    public static final int USAGE = 2;
    static final int INVALID = 3;
    static final int LOST = 4;
    public static final int FALSIFIED = 5;
    public static final int FILE = 6;
    public static final int CALIBRATION = 7;
    public static final int BUSY = 8;
    static final int UNSUPPORTED = 9;
    static final int LOG_NOT_ENDED = 10;
    static final int LOG_FALSIFIED = 11;
    public static final int BUG = 70;
    public static final int INTERRUPTED = 130;

    /** Exit codes of chip errors that differ from the one of their branch. */
    private static final Map<String, Integer> CHIP_EXITS = Map.ofEntries(
            Map.entry("MALFORMED_REQUEST", BUG),
            Map.entry("TARGET_UNREACHABLE", LOST),
            Map.entry("RESULT_TOO_LARGE", INVALID),
            Map.entry("EMULATION_LIMIT", INVALID),
            Map.entry("INVALID_CHIP_MODEL", FILE),
            Map.entry("CANCELLED", INTERRUPTED));

    public static Failure of(Throwable thrown) {
        if (thrown instanceof InvalidExperimentException e) {
            int exit = exitOf(e.code());
            return new Failure(
                    e.code().name(), exit, e.getMessage(), e.leading().detail(), e.problems());
        }
        if (thrown instanceof HostException e) {
            return new Failure(e.code().name(), exitOf(e), e.getMessage(), e.detail(), List.of());
        }
        if (thrown instanceof ChipException e && e.getCause() instanceof HealthFalsifiedException falsified) {
            String message =
                    e.getMessage() + "; --allow-degraded " + falsified.detail().thing() + " accepts it";
            return new Failure(falsified.code().name(), FALSIFIED, message, e.detail(), List.of());
        }
        if (thrown instanceof ChipException e) {
            return new Failure(e.code(), exitOf(e), e.getMessage(), e.detail(), List.of());
        }
        if (thrown instanceof CredentialException) {
            return plain("STORAGE_DENIED", FILE, thrown);
        }
        if (thrown instanceof UnknownTargetException) {
            return plain("UNKNOWN_TARGET", USAGE, thrown);
        }
        if (thrown instanceof UnknownExperimentException) {
            return plain("UNKNOWN_EXPERIMENT", USAGE, thrown);
        }
        if (thrown instanceof UsageException) {
            return plain("USAGE", USAGE, thrown);
        }
        return plain("BUG", BUG, thrown);
    }

    private static Failure plain(String code, int exit, Throwable thrown) {
        String text = thrown.getMessage() == null ? thrown.getClass().getSimpleName() : thrown.getMessage();
        return new Failure(code, exit, text, null, List.of());
    }

    private static int exitOf(HostException e) {
        if (e instanceof ExperimentException experiment) {
            return exitOf(experiment.code());
        }
        if (e instanceof CalibrationException calibration) {
            return calibration.code() == CalibrationException.Code.CORRUPT_CALIBRATION ? FILE : CALIBRATION;
        }
        if (e instanceof FormatException format) {
            return switch (format.code()) {
                case TIME_UNIT_MISSING -> INVALID;
                case EXCHANGE_UNSUPPORTED -> UNSUPPORTED;
                case LOG_MISMATCH -> format.detail().fields().containsKey(ReplayRun.REPLAY) ? INVALID : FILE;
                default -> FILE;
            };
        }
        if (e instanceof StorageException storage) {
            return switch (storage.code()) {
                case LOG_BUSY, RUN_LOCKED -> BUSY;
                default -> FILE;
            };
        }
        return e instanceof HealthFalsifiedException ? FALSIFIED : BUG;
    }

    private static int exitOf(ExperimentException.Code code) {
        return switch (code) {
            case NOT_BUILT_YET -> UNSUPPORTED;
            case ACCURACY_REQUIRED -> FALSE_RESULT;
            default -> INVALID;
        };
    }

    private static int exitOf(ChipException e) {
        Integer exit = CHIP_EXITS.get(e.code());
        if (exit != null) {
            return exit;
        }
        return switch (e.branch()) {
            case REJECTED -> INVALID;
            case UNSUPPORTED -> UNSUPPORTED;
            case UNAVAILABLE -> BUSY;
            case FAILED -> LOST;
            case INTERNAL -> BUG;
        };
    }

    /** The object of JSON mode. */
    public Map<String, Object> json() {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("schema", "firstspike.error/1");
        tree.put("code", code);
        tree.put("exit", exit);
        tree.put("message", message);
        tree.put("thing", detail == null ? null : detail.thing());
        tree.put("value", detail == null ? null : detail.value());
        tree.put("limit", detail == null ? null : detail.limit());
        tree.put("remedy", detail == null ? null : detail.remedy());
        if (detail != null && !detail.fields().isEmpty()) {
            tree.put("fields", detail.fields());
        }
        if (!problems.isEmpty()) {
            tree.put("errors", problemTrees(problems));
        }
        return tree;
    }

    /** Mistakes of an experiment as the check shows them. */
    public static List<Object> problemTrees(List<Problem> problems) {
        List<Object> trees = new ArrayList<>();
        for (Problem problem : problems) {
            Map<String, Object> tree = new LinkedHashMap<>();
            tree.put("file", problem.file());
            tree.put("line", problem.line());
            tree.put("column", problem.column());
            tree.put("key", problem.key());
            tree.put("value", problem.value());
            tree.put("code", problem.code().name());
            tree.put("message", problem.message());
            tree.put("remedy", problem.remedy());
            trees.add(tree);
        }
        return trees;
    }
}
