package firstspike.runtime.target;

import firstspike.driver.link.ChipLink;

/** Puts itself between the links of a target and whoever opens them, to look at what passes. */
@FunctionalInterface
public interface LinkTap {

    /** Looks at nothing. */
    LinkTap NONE = (chip, firstProgramOrdinal, link) -> link;

    /**
     * A link was opened, for the first time or again.
     *
     * @param chip index of its chip in the target
     * @param firstProgramOrdinal ordinal of its first program that is not set-up
     * @param link as it was opened
     * @return what is used instead; closing it closes the link
     */
    ChipLink tap(int chip, long firstProgramOrdinal, ChipLink link);
}
