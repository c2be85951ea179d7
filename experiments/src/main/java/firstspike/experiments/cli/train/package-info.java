/**
 * Commands that run an experiment: training, going on, judging, sweeps, recording and replaying.
 */
package firstspike.experiments.cli.train;
