/**
 * Spikes and nodes in the SONATA format: {@link firstspike.runtime.exchange.sonata.SonataSpikes} and
 * {@link firstspike.runtime.exchange.sonata.SonataNodes} write and read, units of files are milliseconds of chip time.
 *
 * <p>Empty populations cannot be written as arrays and are named in a root attribute instead. One owner thread. Facts:
 * {@code formats.md} section 9.
 */
package firstspike.runtime.exchange.sonata;
