package firstspike.experiments.doctor;

/**
 * What a check found.
 *
 * @param name of the check
 * @param status how it came out
 * @param value found
 * @param expected in words
 * @param remedy what to do; empty when nothing
 */
public record CheckResult(String name, Status status, String value, String expected, String remedy) {

    static CheckResult of(String name, boolean good, Status otherwise, String value, String expected, String remedy) {
        return new CheckResult(name, good ? Status.OK : otherwise, value, expected, good ? "" : remedy);
    }
}
