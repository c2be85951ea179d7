package firstspike.runtime.calibration.result;

import java.util.Arrays;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Finds constants by the names that they have in files. */
final class Labels {

    private Labels() {}

    static <E extends Enum<E>> E of(E[] all, Function<E, String> label, String name, String what) {
        for (E each : all) {
            if (label.apply(each).equals(name)) {
                return each;
            }
        }
        throw new IllegalArgumentException(what + ": '" + name + "' (known: "
                + Arrays.stream(all).map(label).collect(Collectors.joining(", ")) + "); name one of them");
    }
}
