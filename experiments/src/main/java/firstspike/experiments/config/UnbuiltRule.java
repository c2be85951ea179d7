package firstspike.experiments.config;

import firstspike.runtime.error.ExperimentException;

/**
 * A value that belongs to a part of the product that does not exist yet; only its null is accepted, by its key.
 *
 * @param what the part
 */
record UnbuiltRule(String what) implements Rule {

    @Override
    public Object read(YamlNode node, String key, Problems problems) {
        problems.add(ExperimentException.Code.NOT_BUILT_YET, node, key, "null: " + what, "leave " + key + " out");
        return REFUSED;
    }

    @Override
    public String allowed() {
        return "null (" + what + ")";
    }
}
