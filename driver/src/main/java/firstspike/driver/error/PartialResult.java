package firstspike.driver.error;

import firstspike.driver.link.RunResult;

/**
 * What a failed run had received before it failed. Errors only carry it; {@link RunResult}, which implements it, reads it
 * with {@link RunResult#before}.
 */
public interface PartialResult {}
