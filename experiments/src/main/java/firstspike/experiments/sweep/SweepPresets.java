package firstspike.experiments.sweep;

import java.util.List;
import java.util.Optional;

/** The sweeps that are part of the program. */
public final class SweepPresets {

    private static final List<SweepPreset> ALL = List.of(new RobustnessPreset());

    private SweepPresets() {}

    /** Their names, in the order they are listed. */
    public static List<String> names() {
        return ALL.stream().map(SweepPreset::name).toList();
    }

    /**
     * @param name as typed
     * @return the preset; empty when there is none of that name
     */
    public static Optional<SweepPreset> find(String name) {
        return ALL.stream().filter(preset -> preset.name().equals(name)).findFirst();
    }
}
