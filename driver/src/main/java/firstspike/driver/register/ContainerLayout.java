package firstspike.driver.register;

import static firstspike.driver.error.ProgramRejectedException.Code.NOT_READABLE;
import static firstspike.driver.error.ProgramRejectedException.Code.NOT_WRITABLE;

import firstspike.driver.error.ProgramRejectedException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What one {@link Container} holds and where its instances lie: the engine that turns field values into words and back.
 * Words are {@code int} with all 32 bits used, in write order; addresses are {@code int} read as unsigned. A coordinate
 * is the number of the instance, as registers.md 3.1 counts. Immutable.
 */
public final class ContainerLayout {

    private static final int ALL_BYTES = 0xF;

    private final Container container;
    private final LayoutSpecification specification;
    private final RegisterField[] fields;
    private final Map<String, Integer> fieldByPath;
    private final int[] usedMasks;
    private final int[] storageMasks;
    private final ContainerValues defaults;

    ContainerLayout(LayoutSpecification specification) {
        this.specification = specification;
        container = specification.container();
        fields = specification.fields().toArray(new RegisterField[0]);
        fieldByPath = new HashMap<>();
        usedMasks = new int[specification.words()];
        long[] values = new long[fields.length];
        for (int i = 0; i < fields.length; i++) {
            fieldByPath.put(fields[i].path(), i);
            values[i] = fields[i].defaultValue();
            for (BitSlice slice : fields[i].slices()) {
                usedMasks[slice.word()] |= slice.wordMask();
            }
        }
        for (int word = 0; word < usedMasks.length; word++) {
            usedMasks[word] |=
                    specification.constants()[word] | specification.packing().extraMask(word);
        }
        storageMasks = specification.storage().length > 0 ? specification.storage() : usedMasks;
        defaults = new ContainerValues(this, values);
    }

    /** The container. */
    public Container container() {
        return container;
    }

    /** How its words are reached. */
    public AddressSpace space() {
        return specification.space();
    }

    /** Whether it can be written and read. */
    public Access access() {
        return specification.access();
    }

    /** Whether a write acts at once and its word has no meaning. */
    public boolean isAction() {
        return specification.action();
    }

    /** Whether words that did not change since the last write may be left out (registers.md 4.8). */
    public boolean allowsDifferentialWrite() {
        return specification.differential();
    }

    /** Words of one instance. */
    public int wordCount() {
        return specification.words();
    }

    /** Instances on the chip, the FPGA or the board; 1 where there is no address. */
    public int instances() {
        return specification.addresses().instances();
    }

    /** All values in the order of the model. */
    public List<RegisterField> fields() {
        return List.of(fields);
    }

    /** All fields at their defaults. */
    public ContainerValues defaults() {
        return defaults;
    }

    /** Bits of a word that mean something; all others are written 0 and ignored on decode. */
    public int usedMask(int word) {
        return usedMasks[word];
    }

    /** Bits of a word that the hardware stores (registers.md 19.5). */
    public int storageMask(int word) {
        return storageMasks[word];
    }

    /**
     * Words in write order.
     *
     * @throws IllegalArgumentException if the values are another container's, or if the words depend on the place
     */
    public int[] encode(ContainerValues values) {
        if (specification.lanes()) {
            throw new IllegalArgumentException(
                    container.title() + ": its word depends on the place; give a coordinate");
        }
        return encode(values, 0);
    }

    /**
     * Words in write order for one instance.
     *
     * @throws IllegalArgumentException if the values are another container's, or if there is no such instance
     */
    public int[] encode(ContainerValues values, int coordinate) {
        if (values.layout() != this) {
            throw new IllegalArgumentException(values.layout().container.title() + " values given to "
                    + container.title() + "; take its defaults()");
        }
        checkCoordinate(coordinate);
        int[] words = specification.constants().clone();
        for (int i = 0; i < fields.length; i++) {
            fields[i].encode(values.raw(i), words);
        }
        specification.packing().pack(this, values, words);
        if (specification.lanes()) {
            words[0] <<= laneShift(coordinate);
        }
        return words;
    }

    /**
     * Values in words that were read.
     *
     * @param words as many as the container has, in read order
     * @throws IllegalArgumentException for another number of words, or a code that a field cannot hold
     *     (registers.md 4.6)
     */
    public ContainerValues decode(int[] words) {
        return decode(words, 0);
    }

    /** As {@link #decode(int[])}, for words of one instance; messages then name its address. */
    public ContainerValues decode(int[] words, int coordinate) {
        if (words.length != wordCount()) {
            throw new IllegalArgumentException(container.title() + ": " + words.length + " words given, exactly "
                    + wordCount() + " are needed; read all addresses of readAddresses");
        }
        checkCoordinate(coordinate);
        int[] packed = words.clone();
        if (specification.lanes()) {
            packed[0] >>>= laneShift(coordinate);
        }
        String place = place(coordinate);
        for (int i = 0; i < packed.length; i++) {
            packed[i] &= usedMasks[i];
            int fixed = specification.fixed()[i];
            if ((packed[i] & fixed) != (specification.constants()[i] & fixed)) {
                throw new IllegalArgumentException(container.title()
                        + place
                        + String.format(
                                ": word %d is 0x%08X, but bits 0x%X must read as 0x%X",
                                i, words[i], fixed, specification.constants()[i] & fixed));
            }
        }
        specification.packing().unpack(packed);
        long[] values = new long[fields.length];
        for (int i = 0; i < fields.length; i++) {
            values[i] = fields[i].slices().isEmpty() ? fields[i].defaultValue() : fields[i].decode(packed, place);
        }
        specification.packing().complete(this, packed, place, values);
        return new ContainerValues(this, values);
    }

    /**
     * Address of one word, without regard to whether it may be written or read.
     *
     * @param coordinate number of the instance
     * @param word word in write order
     * @throws IllegalArgumentException if there is no such instance
     */
    public int address(int coordinate, int word) {
        checkCoordinate(coordinate);
        return specification.addresses().address(coordinate, word);
    }

    /**
     * Addresses in write order; empty where there is no address.
     *
     * @throws ProgramRejectedException if the container is read-only
     */
    public int[] writeAddresses(int coordinate) {
        if (!access().isWritable()) {
            throw new ProgramRejectedException(
                    NOT_WRITABLE, "container", container.title(), "read only", "leave the write out");
        }
        return addresses(coordinate);
    }

    /**
     * Addresses in read order; empty where there is no address.
     *
     * @throws ProgramRejectedException if the container is write-only
     */
    public int[] readAddresses(int coordinate) {
        if (!access().isReadable()) {
            throw new ProgramRejectedException(
                    NOT_READABLE,
                    "container",
                    container.title(),
                    "write only",
                    "keep what was written instead of reading it");
        }
        return addresses(coordinate);
    }

    /** Bytes of a word that a write changes, bit 0 for bits 7:0; 15 unless the container is a byte of a word. */
    public int byteEnables(int coordinate) {
        checkCoordinate(coordinate);
        return specification.lanes() ? 1 << laneShift(coordinate) / Byte.SIZE : ALL_BYTES;
    }

    AddressRule addressRule() {
        return specification.addresses();
    }

    RegisterField field(int index) {
        return fields[index];
    }

    int fieldIndex(String path) {
        Integer index = fieldByPath.get(path);
        if (index == null) {
            throw new IllegalArgumentException(
                    container.title() + ": no field " + path + "; the fields are " + Arrays.toString(fields));
        }
        return index;
    }

    void assign(Map<String, ?> object, long[] values) {
        specification.tree().assign(container.title(), object, fields, values);
    }

    @SuppressWarnings("unchecked")
    Map<String, Object> toMap(long[] values) {
        return (Map<String, Object>) specification.tree().toObject(fields, values);
    }

    private int[] addresses(int coordinate) {
        checkCoordinate(coordinate);
        int[] addresses = new int[specification.addresses().words()];
        for (int word = 0; word < addresses.length; word++) {
            addresses[word] = specification.addresses().address(coordinate, word);
        }
        return addresses;
    }

    private void checkCoordinate(int coordinate) {
        if (coordinate < 0 || coordinate >= instances()) {
            throw new IllegalArgumentException(container.title() + ": coordinate " + coordinate + " is outside 0.."
                    + (instances() - 1) + "; choose a number in that range");
        }
    }

    private String place(int coordinate) {
        return specification.addresses().words() == 0
                ? ""
                : String.format(" at 0x%08X", specification.addresses().address(coordinate, 0));
    }

    /** Byte 0 is the most significant one. */
    private static int laneShift(int coordinate) {
        return Byte.SIZE * (3 - coordinate % 4);
    }

    @Override
    public String toString() {
        return container.title();
    }
}
