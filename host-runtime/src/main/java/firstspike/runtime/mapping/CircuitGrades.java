package firstspike.runtime.mapping;

import firstspike.driver.coordinate.AtomicNeuron;
import java.util.Arrays;
import java.util.Map;

/** How fit each neuron circuit of a chip is, as a calibration found it (calibration.md 6). Immutable. */
public final class CircuitGrades {

    private static final CircuitGrades ALL_GOOD = of(Map.of());

    private final Grade[] grades;

    private CircuitGrades(Grade[] grades) {
        this.grades = grades;
    }

    /** How a circuit may be used. */
    public enum Grade {
        /** As any other. */
        GOOD,
        /** Out of tolerance: only where the network needs the whole chip. */
        AVOIDED,
        /** Silent, always spiking or not measurable: never. */
        EXCLUDED
    }

    /** Nothing is known against any circuit. */
    public static CircuitGrades allGood() {
        return ALL_GOOD;
    }

    /**
     * @param notGood grades of circuits that are not good, by number 0 to 511
     * @return the grades of a chip
     * @throws IllegalArgumentException for another number
     */
    public static CircuitGrades of(Map<Integer, Grade> notGood) {
        Grade[] grades = new Grade[AtomicNeuron.COUNT];
        Arrays.fill(grades, Grade.GOOD);
        notGood.forEach((circuit, grade) -> grades[AtomicNeuron.of(circuit).index()] = grade);
        return new CircuitGrades(grades);
    }

    /**
     * @param circuit 0 to 511
     * @return its grade
     */
    public Grade of(int circuit) {
        return grades[circuit];
    }

    /** Circuits of a grade, ascending. */
    int[] circuits(Grade grade) {
        int[] found = new int[grades.length];
        int count = 0;
        for (int circuit = 0; circuit < grades.length; circuit++) {
            if (grades[circuit] == grade) {
                found[count++] = circuit;
            }
        }
        return Arrays.copyOf(found, count);
    }
}
