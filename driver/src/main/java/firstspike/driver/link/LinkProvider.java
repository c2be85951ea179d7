package firstspike.driver.link;

import firstspike.driver.error.UnknownTargetException;
import java.util.Set;

/**
 * Turns target URIs of certain schemes into sources of links. Implementations are found by
 * {@link java.util.ServiceLoader}, have a public constructor without parameters, and open no connection before
 * {@link ChipSource#open} or {@link ChipSource#chips} asks for it.
 */
public interface LinkProvider {

    /** Schemes without colon, for example {@code emu}. */
    Set<String> schemes();

    /**
     * Parses a URI completely.
     *
     * @param uri a target whose scheme is one of {@link #schemes()}
     * @param patience how connections are to be made; the ordinal in it is ignored
     * @return the source
     * @throws UnknownTargetException when any part of the URI is not known
     */
    ChipSource source(TargetUri uri, LinkOptions patience);
}
