package firstspike.experiments.config;

/**
 * A key of a map in the schema.
 *
 * @param name as written
 * @param rule of its value
 * @param fallback YAML text of the default; null when the key stays away if it is not given
 * @param required must be given
 * @param nullable null means "off"
 * @param meaning one line for people
 */
record Key(String name, Rule rule, String fallback, boolean required, boolean nullable, String meaning) {

    static Key required(String name, Rule rule, String meaning) {
        return new Key(name, rule, null, true, false, meaning);
    }

    static Key optional(String name, Rule rule, String meaning) {
        return new Key(name, rule, null, false, false, meaning);
    }

    /** Stays away if it is not given; null means "off". */
    static Key optionalOrNull(String name, Rule rule, String meaning) {
        return new Key(name, rule, null, false, true, meaning);
    }

    static Key of(String name, Rule rule, String fallback, String meaning) {
        return new Key(name, rule, fallback, false, false, meaning);
    }

    static Key orNull(String name, Rule rule, String fallback, String meaning) {
        return new Key(name, rule, fallback, false, true, meaning);
    }

    String allowed() {
        return nullable ? rule.allowed() + ", or null" : rule.allowed();
    }
}
