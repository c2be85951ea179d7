/**
 * {@code firstspike targets}: the chips behind a target, and leases on them.
 */
package firstspike.experiments.cli.targets;
