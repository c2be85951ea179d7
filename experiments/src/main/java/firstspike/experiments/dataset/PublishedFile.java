package firstspike.experiments.dataset;

/**
 * A file of a published data set.
 *
 * @param name as published, without {@code .gz}
 * @param size bytes when unpacked
 * @param sha256 of the unpacked bytes, in hex
 */
public record PublishedFile(String name, int size, String sha256) {}
