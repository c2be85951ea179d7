package firstspike.driver.register;

import java.util.List;
import java.util.SortedMap;

/** What the register model says about one {@link RegisterField}. */
record FieldSpecification(
        Container container,
        String path,
        RegisterField.Kind kind,
        long minimum,
        long maximum,
        List<String> names,
        SortedMap<Long, String> specialNames,
        long defaultValue,
        RegisterField.Code code,
        long storedOffset,
        List<Long> legal,
        List<BitSlice> slices) {}
