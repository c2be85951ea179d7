package firstspike.driver.link;

import java.time.Duration;

/**
 * Is told when the connection of a link breaks and when it is there again (playback.md 14.7). Called on whatever thread
 * mends the link, one call at a time; returns at once and never throws.
 */
public interface LinkListener {

    /** Hears nothing. */
    LinkListener NONE = new LinkListener() {};

    /**
     * The connection is gone, and another attempt follows.
     *
     * @param target URI of the link
     * @param attempt number of that attempt, counted from 1
     * @param wait until then
     * @param cause what went wrong last, for people
     */
    default void lost(String target, int attempt, Duration wait, String cause) {}

    /**
     * The connection is there again.
     *
     * @param target URI of the link
     * @param lost how long it was gone
     * @param repeated programs that are run again because the server had forgotten the chip
     */
    default void back(String target, Duration lost, int repeated) {}
}
