/**
 * Runs experiments: opens the target, trains or evaluates, keeps the run folder, and says what came out. Start with
 * {@link firstspike.experiments.run.TrainingRun}. What is shown goes through a {@link firstspike.experiments.run.Screen}.
 */
package firstspike.experiments.run;
