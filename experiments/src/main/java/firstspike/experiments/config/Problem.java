package firstspike.experiments.config;

import firstspike.driver.error.ErrorDetail;
import firstspike.runtime.error.ExperimentException;

/**
 * One mistake in an experiment file or a {@code --set}.
 *
 * @param code which error it is
 * @param file name of the file, or the option
 * @param line from 1
 * @param column from 1
 * @param key path such as {@code training.epochs} or {@code network.layers.0.size}; empty for the whole file
 * @param value as written
 * @param limit what is allowed
 * @param remedy what to do
 */
public record Problem(
        ExperimentException.Code code,
        String file,
        int line,
        int column,
        String key,
        String value,
        String limit,
        String remedy) {

    /** One sentence: place, key, value, limit, remedy. */
    public String message() {
        return detail().message();
    }

    /** The same facts as fields. */
    public ErrorDetail detail() {
        String place = file + ":" + line + ":" + column;
        return ErrorDetail.of(key.isEmpty() ? place : place + ": " + key, value, limit, remedy)
                .with("file", file)
                .with("line", line)
                .with("column", column)
                .with("key", key);
    }
}
