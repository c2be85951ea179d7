package firstspike.runtime.calibration.result;

import firstspike.driver.coordinate.AtomicNeuron;
import firstspike.runtime.calibration.quantity.Quantity;
import firstspike.runtime.calibration.quantity.SharedQuantity;
import firstspike.runtime.calibration.target.TargetSet;
import firstspike.runtime.measurement.MergedCircuits;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What one calibration of one chip found, and where it comes from (calibration.md 8). Immutable; made with
 * {@link #builder(ChipIdentity, TargetSet)}. Its {@link #id()} is a hash of the arrays, so two results with one id are one.
 */
public final class CalibrationResult {

    /** Neurons of a chip; length of every array by neuron. */
    public static final int NEURONS = AtomicNeuron.COUNT;

    /** Option that says how many circuits were a neuron while it was measured; one where it is missing. */
    public static final String MERGED = "merged";

    private final ChipIdentity chip;
    private final CalibrationKind kind;
    private final CalibrationStatus status;
    private final Optional<CalibrationId> parent;
    private final Instant created;
    private final double durationS;
    private final String product;
    private final long seed;
    private final OptionalDouble temperatureC;
    private final SortedMap<String, String> options;
    private final MergedCircuits merged;
    private final TargetSet targets;
    private final ChipCodes codes;
    private final Map<Quantity, double[]> achieved;
    private final Map<SharedQuantity, double[]> shared;
    private final List<BadNeuron> bad;
    private final Derived derived;
    private final List<StepRecord> steps;
    private final List<String> warnings;
    private final Optional<Verification> verified;
    private final Effort effort;
    private final CalibrationId id;

    private CalibrationResult(Builder from) {
        chip = from.chip;
        kind = from.kind;
        status = from.status;
        parent = from.parent;
        created = Objects.requireNonNull(from.created, "created");
        durationS = from.durationS;
        product = from.product;
        seed = from.seed;
        temperatureC = from.temperatureC;
        options = Collections.unmodifiableSortedMap(new TreeMap<>(from.options));
        merged = MergedCircuits.of(Integer.parseInt(options.getOrDefault(MERGED, "1")));
        targets = from.targets;
        codes = from.codes;
        achieved = new EnumMap<>(from.achieved);
        shared = new EnumMap<>(from.shared);
        bad = List.copyOf(from.bad);
        derived = from.derived;
        steps = List.copyOf(from.steps);
        warnings = List.copyOf(from.warnings);
        verified = from.verified;
        effort = from.effort;
        id = CalibrationId.of(created, ResultArrays.of(this));
    }

    /** A copy of an array with a value a neuron; {@link IllegalArgumentException} for another length or an infinity. */
    static double[] checked(String what, double[] values) {
        if (values.length != NEURONS) {
            throw new IllegalArgumentException(what + ": " + values.length + " values (limit: " + NEURONS + ")");
        }
        for (int n = 0; n < values.length; n++) {
            if (Double.isInfinite(values[n])) {
                throw new IllegalArgumentException(
                        what + " of neuron " + n + ": infinite (limit: a number, or NaN where not measured)");
            }
        }
        return values.clone();
    }

    /**
     * A new result: kind spiking, status rejected until it is said otherwise.
     *
     * @param chip that was calibrated
     * @param targets what its neurons should become
     * @return a builder
     */
    public static Builder builder(ChipIdentity chip, TargetSet targets) {
        return new Builder(chip, targets);
    }

    /** Its name: the time when it was made, and a hash of its arrays. */
    public CalibrationId id() {
        return id;
    }

    /** Which chip it belongs to. */
    public ChipIdentity chip() {
        return chip;
    }

    /** What it is for. */
    public CalibrationKind kind() {
        return kind;
    }

    /** How far it came. */
    public CalibrationStatus status() {
        return status;
    }

    /** The result whose codes it started from. */
    public Optional<CalibrationId> parent() {
        return parent;
    }

    /** When it was begun. */
    public Instant created() {
        return created;
    }

    /** Wall time, seconds. */
    public double durationS() {
        return durationS;
    }

    /** Version of the program that made it. */
    public String product() {
        return product;
    }

    /** Seed of its searches. */
    public long seed() {
        return seed;
    }

    /** Temperature of the board, degrees Celsius, if it reports one. */
    public OptionalDouble temperatureC() {
        return temperatureC;
    }

    /** What was asked for beside the targets, by name. */
    public SortedMap<String, String> options() {
        return options;
    }

    /** How many circuits were a neuron while leaks, thresholds, membranes and amplitudes were measured. */
    public MergedCircuits merged() {
        return merged;
    }

    /** What the neurons should have become. */
    public TargetSet targets() {
        return targets;
    }

    /** Codes of the chip. */
    public ChipCodes codes() {
        return codes;
    }

    /** Which quantities were verified. */
    public List<Quantity> measured() {
        return List.copyOf(achieved.keySet());
    }

    /**
     * @param quantity of the neurons
     * @return the verified value of each in the unit of the quantity, NaN where there is none; a copy; empty when the
     *     quantity was not measured
     */
    public Optional<double[]> achieved(Quantity quantity) {
        return Optional.ofNullable(achieved.get(quantity)).map(double[]::clone);
    }

    /**
     * @param quantity of quadrants or drivers
     * @return the measured value of each, NaN where there is none; a copy; empty when it was not asked for
     */
    public Optional<double[]> shared(SharedQuantity quantity) {
        return Optional.ofNullable(shared.get(quantity)).map(double[]::clone);
    }

    /** Everything that is wrong with neurons, ascending by neuron; a neuron may be there several times. */
    public List<BadNeuron> bad() {
        return bad;
    }

    /** For each neuron whether nothing is wrong with it. */
    public boolean[] good() {
        boolean[] good = new boolean[NEURONS];
        Arrays.fill(good, true);
        bad.forEach(each -> good[each.neuron()] = false);
        return good;
    }

    /** Grade of each bad neuron by its number: the worst one that it was given. */
    public SortedMap<Integer, BadReason.Grade> grades() {
        SortedMap<Integer, BadReason.Grade> grades = new TreeMap<>();
        for (BadNeuron each : bad) {
            grades.merge(each.neuron(), each.reason().grade(), (a, b) -> a.compareTo(b) >= 0 ? a : b);
        }
        return grades;
    }

    /** What follows from the measurements. */
    public Derived derived() {
        return derived;
    }

    /** Finished steps in their order. */
    public List<StepRecord> steps() {
        return steps;
    }

    /** What deserves attention. */
    public List<String> warnings() {
        return warnings;
    }

    /** That it was measured again at its end. */
    public Optional<Verification> verified() {
        return verified;
    }

    /** What it took of the chip. */
    public Effort effort() {
        return effort;
    }

    /**
     * @param now the present
     * @return time since it was verified, or made
     */
    public Duration age(Instant now) {
        return Duration.between(verified.map(Verification::time).orElse(created), now);
    }

    @Override
    public String toString() {
        return id + " of " + chip.chipId() + " (" + kind.label() + ", " + status.label() + ")";
    }

    /** Collects a result; one owner thread. */
    public static final class Builder {

        private final ChipIdentity chip;
        private CalibrationKind kind = CalibrationKind.SPIKING;
        private CalibrationStatus status = CalibrationStatus.REJECTED;
        private Optional<CalibrationId> parent = Optional.empty();
        private Instant created;
        private double durationS;
        private String product = "";
        private long seed;
        private OptionalDouble temperatureC = OptionalDouble.empty();
        private final SortedMap<String, String> options = new TreeMap<>();
        private final TargetSet targets;
        private ChipCodes codes = ChipCodes.none();
        private final Map<Quantity, double[]> achieved = new EnumMap<>(Quantity.class);
        private final Map<SharedQuantity, double[]> shared = new EnumMap<>(SharedQuantity.class);
        private final List<BadNeuron> bad = new ArrayList<>();
        private Derived derived = Derived.none();
        private final List<StepRecord> steps = new ArrayList<>();
        private final List<String> warnings = new ArrayList<>();
        private Optional<Verification> verified = Optional.empty();
        private Effort effort = Effort.none();

        private Builder(ChipIdentity chip, TargetSet targets) {
            this.chip = chip;
            this.targets = targets;
        }

        /** What it is for; spiking unless said otherwise. */
        public Builder kind(CalibrationKind of) {
            kind = of;
            return this;
        }

        /** How far it came; rejected unless said otherwise. */
        public Builder status(CalibrationStatus reached) {
            status = reached;
            return this;
        }

        /** The result whose codes were the start; none unless said otherwise. */
        public Builder parent(CalibrationId start) {
            parent = Optional.of(start);
            return this;
        }

        /** When it was begun, and the wall time that it took in seconds; must be given. */
        public Builder time(Instant begun, double tookS) {
            created = Instant.ofEpochSecond(begun.getEpochSecond());
            durationS = tookS;
            return this;
        }

        /** Version of the program, and seed of the searches. */
        public Builder madeBy(String version, long searchSeed) {
            product = version;
            seed = searchSeed;
            return this;
        }

        /** Temperature of the board, degrees Celsius. */
        public Builder temperatureC(double value) {
            temperatureC = OptionalDouble.of(value);
            return this;
        }

        /** Something that was asked for beside the targets. */
        public Builder option(String name, String value) {
            options.put(name, value);
            return this;
        }

        /** Codes of the chip. */
        public Builder codes(ChipCodes found) {
            codes = found;
            return this;
        }

        /** Verified value of each neuron in the unit of the quantity; NaN where there is none, never infinite. */
        public Builder achieved(Quantity quantity, double[] values) {
            achieved.put(quantity, checked(quantity.key(), values));
            return this;
        }

        /** Measured value of each quadrant or driver in the unit of the quantity; NaN where there is none. */
        public Builder shared(SharedQuantity quantity, double[] values) {
            if (values.length != quantity.instances()) {
                throw new IllegalArgumentException(
                        quantity.key() + ": " + values.length + " values (limit: " + quantity.instances() + ")");
            }
            shared.put(quantity, values.clone());
            return this;
        }

        /** Something that is wrong with a neuron. */
        public Builder bad(BadNeuron neuron) {
            bad.add(neuron);
            bad.sort(Comparator.comparingInt(BadNeuron::neuron));
            return this;
        }

        /** What follows from the measurements. */
        public Builder derived(Derived values) {
            derived = values;
            return this;
        }

        /** A finished step. */
        public Builder step(StepRecord step) {
            steps.add(step);
            return this;
        }

        /** Something that deserves attention. */
        public Builder warning(String text) {
            warnings.add(text);
            return this;
        }

        /** That it was measured again. */
        public Builder verified(Verification verification) {
            verified = Optional.of(verification);
            return this;
        }

        /** What it took of the chip. */
        public Builder effort(Effort taken) {
            effort = taken;
            return this;
        }

        /** The result; {@link IllegalArgumentException} for merged circuits that there are not. */
        public CalibrationResult build() {
            return new CalibrationResult(this);
        }
    }
}
