/**
 * What all commands share: streams and variables of the process, the console, options, failures and exit codes. A
 * command is an {@link firstspike.experiments.cli.common.Action}.
 */
package firstspike.experiments.cli.common;
