package firstspike.driver.link;

/**
 * Identity of a chip, for example {@code emu-nominal-7} or {@code W66F3} (targets.md 7).
 *
 * @param value 1 to 128 characters of {@code [A-Za-z0-9._-]}
 */
public record ChipId(String value) implements Comparable<ChipId> {

    /** Checks the characters: the id becomes a folder name. */
    public ChipId {
        if (!value.matches("[A-Za-z0-9._-]{1,128}") || value.startsWith(".")) {
            throw new IllegalArgumentException(
                    "chip id: '" + value + "' (limit: 1 to 128 of [A-Za-z0-9._-], no leading dot); rename the chip");
        }
    }

    @Override
    public int compareTo(ChipId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
