package firstspike.experiments.config;

/** Reads one value of an experiment: converts it, checks it, fills in what it leaves out. Immutable. */
interface Rule {

    /** What {@link #read} gives for a value that was refused. */
    Object REFUSED = new Object();

    /**
     * @param node the value
     * @param key its path, for messages
     * @param problems takes what is wrong
     * @return a text, {@code Long}, {@code Double}, {@code Boolean}, list or map; {@link #REFUSED} when refused
     */
    Object read(YamlNode node, String key, Problems problems);

    /** What is allowed, in words. */
    String allowed();
}
