package firstspike.driver.register;

import firstspike.driver.coordinate.CrossbarNode;

/**
 * Filter of one crossbar node (registers.md 9.1, 5.2): an event passes if its neuron label, masked, equals the
 * target.
 *
 * @param node the node
 * @param mask bits that count, 0..16383
 * @param target what they must be, 0..16383
 * @param enableDropCounter whether events that this node drops for want of room are counted at its input
 */
public record CrossbarNodeConfig(CrossbarNode node, int mask, int target, boolean enableDropCounter)
        implements RegisterView {

    /** Checks the ranges: {@link IllegalArgumentException} outside. */
    public CrossbarNodeConfig {
        RegisterField.require(Container.CROSSBAR_NODE, "mask", mask);
        RegisterField.require(Container.CROSSBAR_NODE, "target", target);
    }

    /** Lets every event pass, as all nodes do at power-on. */
    public static CrossbarNodeConfig open(CrossbarNode node) {
        return new CrossbarNodeConfig(node, 0, 0, false);
    }

    /** Lets no event pass. */
    public static CrossbarNodeConfig closed(CrossbarNode node) {
        return new CrossbarNodeConfig(node, 0, 1, false);
    }

    /** Lets events pass whose label has the value of {@code target} in the bits of {@code mask}. */
    public static CrossbarNodeConfig filter(CrossbarNode node, int mask, int target) {
        return new CrossbarNodeConfig(node, mask, target, false);
    }

    @Override
    public ContainerValues values() {
        return Container.CROSSBAR_NODE
                .layout()
                .defaults()
                .with("mask", mask)
                .with("target", target)
                .with("enable_drop_counter", enableDropCounter);
    }

    @Override
    public int coordinateIndex() {
        return node.index();
    }
}
