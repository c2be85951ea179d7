package firstspike.runtime.session;

import firstspike.driver.error.TargetUnavailableException;
import firstspike.driver.link.ChipLink;
import firstspike.driver.link.LinkListener;

/** Opens a link to always the same chip, at first and again when it was lost. */
@FunctionalInterface
public interface LinkOpener {

    /**
     * @param firstProgramOrdinal ordinal of the first program that is not set-up
     * @return a link; the caller closes it
     * @throws TargetUnavailableException when the chip cannot be had
     */
    ChipLink open(long firstProgramOrdinal);

    /**
     * @param firstProgramOrdinal ordinal of the program that is repeated on a chip that its server has forgotten
     * @return a link; the caller closes it
     * @throws TargetUnavailableException when the chip cannot be had
     */
    default ChipLink reopen(long firstProgramOrdinal) {
        return open(firstProgramOrdinal);
    }

    /** Hears when a program is repeated on a new link. */
    default LinkListener listener() {
        return LinkListener.NONE;
    }
}
