package firstspike.experiments.sweep;

import java.nio.file.Path;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What became of a point.
 *
 * @param point which one
 * @param state where it stands
 * @param exit what {@code train} would have exited with
 * @param message why, when that is not 0; else empty
 * @param run its folder, empty when none was made
 * @param target where it ran, with fidelity; empty when it did not
 * @param health verdict; empty when there is none
 * @param metrics by name
 */
public record PointResult(
        SweepPoint point,
        PointState state,
        int exit,
        String message,
        Optional<Path> run,
        String target,
        String health,
        SortedMap<String, Number> metrics) {

    /** Whether it counts as failed: no result, or one that is falsified or not good enough. */
    public boolean failed() {
        return state == PointState.FAILED || state == PointState.DONE && exit != 0;
    }

    /** A point that was not begun. */
    public static PointResult waiting(SweepPoint point) {
        return new PointResult(point, PointState.WAITING, 0, "", Optional.empty(), "", "", new TreeMap<>());
    }

    /** A point that has no result, but perhaps a folder. */
    public static PointResult failed(SweepPoint point, PointFailure failure, Optional<Path> run) {
        return new PointResult(
                point, PointState.FAILED, failure.exit(), failure.message(), run, "", "", new TreeMap<>());
    }
}
