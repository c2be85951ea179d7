package firstspike.driver.register;

/**
 * Reference currents of the analog parameter memory (registers.md 10.6). It must be written with the reset on,
 * then off, or no parameter has an effect.
 *
 * @param values fields of container ReferenceGeneratorConfig
 */
public record ReferenceGeneratorConfig(ContainerValues values) implements RegisterView {

    /** Refuses values of another container with {@link IllegalArgumentException}. */
    public ReferenceGeneratorConfig {
        RegisterView.requireContainer(Container.REFERENCE_GENERATOR_CONFIG, values);
    }

    /** All fields at their defaults. */
    public static ReferenceGeneratorConfig defaults() {
        return new ReferenceGeneratorConfig(
                Container.REFERENCE_GENERATOR_CONFIG.layout().defaults());
    }

    @Override
    public int coordinateIndex() {
        return 0;
    }

    /** Whether the generator is held in reset. Default false. */
    public ReferenceGeneratorConfig withReset(boolean enabled) {
        return new ReferenceGeneratorConfig(values.with("enable_reset", enabled));
    }
}
