/**
 * {@code firstspike export} and {@code firstspike import}: networks and spikes of other programs.
 */
package firstspike.experiments.cli.exchange;
