package firstspike.runtime.session;

import firstspike.driver.playback.PlaybackProgramBuilder;

/**
 * The part of a program that is not configuration. Called once an execution, so a repeated program has tickets of its own.
 *
 * @param <T> tickets of the program
 */
@FunctionalInterface
public interface ProgramBody<T> {

    /**
     * @param builder receives the instructions
     * @return the tickets of what was added
     */
    T append(PlaybackProgramBuilder builder);
}
