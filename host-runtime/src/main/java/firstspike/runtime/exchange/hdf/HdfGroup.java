package firstspike.runtime.exchange.hdf;

import firstspike.runtime.error.FormatException;
import firstspike.runtime.exchange.MemoryBudget;
import io.jhdf.api.Attribute;
import io.jhdf.api.Dataset;
import io.jhdf.api.Group;
import io.jhdf.api.Node;
import io.jhdf.api.dataset.ChunkedDataset;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** A group of a file that was walked through: its data sets are bounded before they are read. */
public final class HdfGroup {

    private static final long MAX_BYTES = 1L << 31;
    private static final long MAX_RATIO = 1100;
    private static final long SMALL = 1 << 20;
    private static final int MAX_TEXT = 1 << 20;
    private static final long MAX_TEXTS = 1 << 24;
    private static final int MOST_IN_A_ROW = 8;

    private final Path file;
    private final String path;
    private final Group group;
    private final long fileBytes;

    HdfGroup(Path file, String path, Group group, long fileBytes) {
        this.file = file;
        this.path = path;
        this.group = group;
        this.fileBytes = fileBytes;
    }

    /** Names of the groups and data sets in it, sorted. */
    public List<String> names() {
        return HdfFailure.guard(
                where(""), () -> group.getChildren().keySet().stream().sorted().toList());
    }

    /** Path of this group in its file. */
    public String path() {
        return path.isEmpty() ? "/" : path;
    }

    /** Whether there is an object of that name. */
    public boolean has(String name) {
        return HdfFailure.guard(where(name), () -> group.getChildren().containsKey(name));
    }

    /** Whether an object is a group. */
    public boolean isGroup(String name) {
        return HdfFailure.guard(where(name), () -> group.getChildren().get(name) instanceof Group);
    }

    /**
     * A group below.
     *
     * @param name of it
     * @return the group
     * @throws FormatException {@code MALFORMED_HEADER} when there is none
     */
    public HdfGroup group(String name) {
        Node child = child(name);
        if (!(child instanceof Group below)) {
            throw malformed(name, "no group", "a group");
        }
        return new HdfGroup(file, path + "/" + name, below, fileBytes);
    }

    /**
     * Dimensions of a data set.
     *
     * @param name of it
     * @return dimensions, none for a scalar
     */
    public int[] shape(String name) {
        Dataset dataset = dataset(name);
        return HdfFailure.guard(where(name), dataset::getDimensions);
    }

    /**
     * A data set of numbers.
     *
     * @param name of it
     * @return the numbers as doubles; unsigned 64-bit ones above 2^63 - 1 are refused
     */
    public HdfArray numbers(String name) {
        Dataset dataset = bounded(name);
        return HdfFailure.guard(where(name), () -> {
            int[] shape = dataset.getDimensions();
            Object flat = flat(dataset);
            return new HdfArray(Flat.doubles(flat, where(name)), shape);
        });
    }

    /**
     * A data set of integers.
     *
     * @param name of it
     * @return the numbers in C order
     */
    public long[] integers(String name) {
        Dataset dataset = bounded(name);
        return HdfFailure.guard(where(name), () -> Flat.longs(flat(dataset), where(name)));
    }

    /**
     * A data set that is one text.
     *
     * @param name of it
     * @return the text without trailing NULs
     */
    public String text(String name) {
        List<String> texts = texts(name);
        if (texts.size() != 1) {
            throw malformed(name, texts.size() + " texts", "one text");
        }
        return texts.get(0);
    }

    /**
     * A data set of texts.
     *
     * @param name of it
     * @return the texts in C order
     */
    public List<String> texts(String name) {
        Dataset dataset = bounded(name);
        return HdfFailure.guard(where(name), () -> {
            Object data = dataset.getData();
            List<String> texts = new ArrayList<>();
            Flat.texts(data, texts, where(name));
            for (String text : texts) {
                if (text.length() > MAX_TEXT) {
                    throw limit(name, "a text of " + text.length() + " characters", MAX_TEXT);
                }
            }
            return List.copyOf(texts);
        });
    }

    /** Whether a data set holds texts. */
    public boolean isText(String name) {
        Dataset dataset = dataset(name);
        return HdfFailure.guard(where(name), () -> dataset.getJavaType() == String.class);
    }

    /**
     * An attribute that is a text.
     *
     * @param name of it
     * @return the text; empty when there is none, or no text
     */
    public Optional<String> textAttribute(String name) {
        return attribute(name).flatMap(data -> {
            List<String> texts = new ArrayList<>();
            if (data instanceof String || data instanceof Object[]) {
                Flat.texts(data, texts, where("@" + name));
            }
            return texts.size() == 1 ? Optional.of(texts.get(0)) : Optional.empty();
        });
    }

    /**
     * An attribute of numbers.
     *
     * @param name of it
     * @return the numbers; empty when there is none, or no numbers
     */
    public Optional<double[]> numberAttribute(String name) {
        return attribute(name)
                .filter(data -> !(data instanceof String) && !(data instanceof String[]))
                .map(data -> HdfFailure.guard(where("@" + name), () -> Flat.doubles(data, where("@" + name))));
    }

    /** Attributes of a data set in this group, as a group of attributes only. */
    public Optional<String> textAttributeOf(String dataset, String name) {
        Dataset set = dataset(dataset);
        return HdfFailure.guard(where(dataset), () -> Optional.ofNullable(set.getAttribute(name))
                .map(HdfGroup::small)
                .filter(String.class::isInstance)
                .map(String.class::cast));
    }

    /**
     * An error that names an object of this group.
     *
     * @param name of it
     * @param value found
     * @param limit allowed
     * @return the error
     */
    public FormatException malformed(String name, Object value, Object limit) {
        return new FormatException(
                FormatException.Code.MALFORMED_HEADER,
                where(name),
                value,
                limit,
                "write the file again with its own program");
    }

    private Optional<Object> attribute(String name) {
        return HdfFailure.guard(where("@" + name), () -> Optional.ofNullable(group.getAttribute(name))
                .map(HdfGroup::small));
    }

    private static Object small(Attribute attribute) {
        if (attribute.getSize() > SMALL || attribute.getSizeInBytes() > SMALL) {
            throw new IllegalStateException("attribute of " + attribute.getSizeInBytes() + " bytes");
        }
        return attribute.getData();
    }

    /** A data set whose size was compared with the file and the limits, before anything of it is read. */
    private Dataset bounded(String name) {
        Dataset dataset = dataset(name);
        return HdfFailure.guard(where(name), () -> {
            long elements = 1;
            for (long dimension : dataset.getDimensionsAsLong()) {
                if (dimension < 0 || dimension > MAX_BYTES || (elements *= dimension) > MAX_BYTES) {
                    throw tooLarge(name, Arrays.toString(dataset.getDimensionsAsLong()));
                }
            }
            long bytes = elements * Math.max(1, dataset.getDataType().getSize());
            if (bytes > MAX_BYTES) {
                throw tooLarge(name, bytes + " bytes");
            }
            if (dataset instanceof ChunkedDataset chunked) {
                checkChunk(name, dataset, chunked);
            }
            if (dataset.isVariableLength() && elements > 1 && elements * fileBytes > MemoryBudget.BYTES) {
                checkTexts(name, dataset, elements);
            }
            if (bytes > SMALL && bytes / MAX_RATIO > fileBytes) {
                throw limit(name, bytes + " bytes of a file of " + fileBytes, "ratio " + MAX_RATIO);
            }
            MemoryBudget.check(where(name), bytes);
            return dataset;
        });
    }

    private void checkChunk(String name, Dataset dataset, ChunkedDataset chunked) {
        long chunk = dataset.getDataType().getSize();
        for (int dimension : chunked.getChunkDimensions()) {
            chunk = Math.max(0, dimension) * Math.min(chunk, MAX_BYTES);
        }
        if (chunk > BoundedFilters.CHUNK) {
            throw limit(name, "chunks of " + chunk + " bytes", BoundedFilters.CHUNK + " bytes");
        }
    }

    /** Many texts may all be the same long one: they are measured a row at a time before they are read together. */
    private void checkTexts(String name, Dataset dataset, long elements) {
        int[] dimensions = dataset.getDimensions();
        if (dimensions.length == 0 || elements / dimensions[0] > MOST_IN_A_ROW) {
            throw limit(name, elements + " texts, " + Arrays.toString(dimensions), MOST_IN_A_ROW + " in a row");
        }
        long[] offset = new long[dimensions.length];
        int[] row = dimensions.clone();
        row[0] = 1;
        long characters = 0;
        for (int i = 0; i < dimensions[0]; i++) {
            offset[0] = i;
            List<String> texts = new ArrayList<>();
            Flat.texts(dataset.getData(offset, row), texts, where(name));
            for (String text : texts) {
                characters += text.length();
            }
            if (characters > MAX_TEXTS) {
                throw limit(name, "more than " + MAX_TEXTS + " characters of text", MAX_TEXTS);
            }
        }
    }

    private static Object flat(Dataset dataset) {
        boolean wide = dataset.getJavaType() == java.math.BigInteger.class;
        boolean sliced = wide && dataset.getDimensions().length == 1 && dataset.getSize() > Flat.SLICE;
        if (dataset.isScalar()) {
            return dataset.getData();
        }
        return sliced ? Flat.slices(dataset) : dataset.getDataFlat();
    }

    private Dataset dataset(String name) {
        Node child = child(name);
        if (!(child instanceof Dataset dataset)) {
            throw malformed(name, "no data set", "a data set");
        }
        return dataset;
    }

    private Node child(String name) {
        Node child = HdfFailure.guard(where(name), () -> group.getChildren().get(name));
        if (child == null) {
            throw malformed(name, "is not there", "one of " + shortened(names()));
        }
        return child;
    }

    private static String shortened(List<String> names) {
        return names.size() <= 12 ? names.toString() : names.subList(0, 12) + " and " + (names.size() - 12) + " more";
    }

    private FormatException tooLarge(String name, Object value) {
        return new FormatException(
                FormatException.Code.ARRAY_TOO_LARGE, where(name), value, MAX_BYTES + " bytes", "split the array");
    }

    private FormatException limit(String name, Object value, Object limit) {
        return new FormatException(FormatException.Code.HDF5_LIMIT, where(name), value, limit, "write the file again");
    }

    private String where(String name) {
        return file + " " + path + "/" + name;
    }
}
