package firstspike.driver.link;

import firstspike.driver.error.UnknownTargetException;
import firstspike.driver.error.UnsupportedOnTargetException;

/** What the start of a plasticity processor does (ppu.md 1.5, targets.md 2). */
public enum PpuPolicy {
    /** The processor runs. */
    RUN,
    /** The program fails with {@link UnsupportedOnTargetException}. */
    REFUSE,
    /** The word is stored without effect and counted under {@link HealthKeys#PPU_IGNORED}. */
    IGNORE;

    /**
     * @param text {@code run}, {@code refuse} or {@code ignore}
     * @return the policy
     * @throws UnknownTargetException for another text
     */
    public static PpuPolicy parse(String text) {
        return switch (text) {
            case "run" -> RUN;
            case "refuse" -> REFUSE;
            case "ignore" -> IGNORE;
            default ->
                throw new UnknownTargetException(
                        "option ppu: '" + text + "' (known: run, refuse, ignore); write one of them");
        };
    }
}
