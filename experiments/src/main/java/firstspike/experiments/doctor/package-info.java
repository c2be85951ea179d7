/**
 * Checks of a machine and of a target, each with what was found, what is expected and a remedy. Start with
 * {@link firstspike.experiments.doctor.MachineChecks}. What is looked at comes through
 * {@link firstspike.experiments.doctor.Machine}, so that a test can make every check fail.
 */
package firstspike.experiments.doctor;
