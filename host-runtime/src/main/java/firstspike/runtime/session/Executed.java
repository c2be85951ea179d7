package firstspike.runtime.session;

import firstspike.driver.link.RunResult;

/**
 * A program that ran.
 *
 * @param <T> tickets of the program
 * @param result what came back
 * @param tickets into the result
 * @param program its ordinal
 */
public record Executed<T>(RunResult result, T tickets, long program) {}
