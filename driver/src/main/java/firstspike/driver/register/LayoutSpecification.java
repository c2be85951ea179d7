package firstspike.driver.register;

import java.util.List;

/** What the register model says about one {@link ContainerLayout}. */
record LayoutSpecification(
        Container container,
        AddressSpace space,
        Access access,
        boolean action,
        boolean differential,
        boolean lanes,
        int words,
        WordPacking packing,
        int[] constants,
        int[] fixed,
        int[] storage,
        AddressRule addresses,
        List<RegisterField> fields,
        FieldTree tree) {}
