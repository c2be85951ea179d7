package firstspike.driver.link;

import firstspike.driver.error.PpuExecutionUnsupportedException;
import firstspike.driver.error.UnknownTargetException;

/** What the start of a plasticity processor does on a chip that has none running (targets.md 2). */
public enum PpuPolicy {
    /** The program fails with {@link PpuExecutionUnsupportedException}. */
    REFUSE,
    /** The word is stored without effect and counted under {@link HealthKeys#PPU_IGNORED}. */
    IGNORE;

    /**
     * @param text {@code refuse} or {@code ignore}
     * @return the policy
     * @throws UnknownTargetException for another text
     */
    public static PpuPolicy parse(String text) {
        return switch (text) {
            case "refuse" -> REFUSE;
            case "ignore" -> IGNORE;
            default ->
                throw new UnknownTargetException(
                        "option ppu: '" + text + "' (known: refuse, ignore); write one of them");
        };
    }
}
