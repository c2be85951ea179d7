/**
 * Typed errors above the chip (errors.md 4). All extend {@link firstspike.runtime.error.HostException}: thing, value, limit
 * and remedy as fields and in one sentence, a machine-readable code, the cause kept. What the command line exits with is
 * decided there, from the code. Errors of a chip and its links are the driver's {@code ChipException} family.
 */
package firstspike.runtime.error;
