/**
 * {@code firstspike config}: experiments checked, shown, compared and explained without running them.
 */
package firstspike.experiments.cli.config;
