package firstspike.emulator.digital;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What the chip notes in one program: each name once, with count and elements. Owned by one thread. */
final class FabricNotes {
    private static final int SHOWN = 16;

    /** Circuits whose event could not leave for want of a prerequisite. */
    private final BitSet silent = new BitSet(512);
    /** Circuits that fired with a refractory time below the hold-off. */
    private final BitSet shortRefractory = new BitSet(512);

    private final TreeMap<String, FabricNote> plain = new TreeMap<>();
    private long saturated;

    void clear() {
        silent.clear();
        shortRefractory.clear();
        plain.clear();
        saturated = 0;
    }

    FabricNotes copy() {
        FabricNotes copy = new FabricNotes();
        copy.silent.or(silent);
        copy.shortRefractory.or(shortRefractory);
        copy.plain.putAll(plain);
        copy.saturated = saturated;
        return copy;
    }

    void add(String name, String text) {
        add(name, text, 1);
    }

    private void add(String name, String text, long count) {
        FabricNote before = plain.get(name);
        plain.put(
                name,
                before == null
                        ? new FabricNote(name, text, count)
                        : new FabricNote(name, before.text(), before.count() + count));
    }

    /** Adds the notes of a window that follows. */
    void adopt(FabricNotes window) {
        silent.or(window.silent);
        shortRefractory.or(window.shortRefractory);
        window.plain.values().forEach(note -> add(note.name(), note.text(), note.count()));
    }

    /** A converter clipped a sample. */
    void saturated() {
        saturated++;
    }

    /** Samples that a converter clipped. */
    long saturatedSamples() {
        return saturated;
    }

    void silent(int circuit) {
        silent.set(circuit);
    }

    void shortRefractory(int circuit) {
        shortRefractory.set(circuit);
    }

    int[] silentNeurons() {
        return silent.stream().toArray();
    }

    /** All notes, sorted by name, without the silent neurons. */
    List<FabricNote> list() {
        Map<String, FabricNote> all = new TreeMap<>(plain);
        if (!shortRefractory.isEmpty()) {
            all.put(
                    "refractory-too-short",
                    new FabricNote(
                            "refractory-too-short",
                            "refractory_time below 31 - 2·reset_holdoff: the whole refractory time is a reset; circuits "
                                    + shown(shortRefractory),
                            shortRefractory.cardinality()));
        }
        if (saturated > 0) {
            all.put(
                    "adc-clipped",
                    new FabricNote("adc-clipped", "samples lay outside the range of a converter", saturated));
        }
        return new ArrayList<>(all.values());
    }

    private static String shown(BitSet circuits) {
        StringBuilder text = new StringBuilder();
        circuits.stream().limit(SHOWN).forEach(c -> text.append(text.length() == 0 ? "" : ", ")
                .append(c));
        return circuits.cardinality() > SHOWN ? text.append(", …").toString() : text.toString();
    }
}
