/**
 * Experiment files (formats.md 7): YAML read strictly, every default filled in, every mistake reported at once with its
 * place. Start with {@link firstspike.experiments.config.ExperimentFile}; what comes out is an
 * {@link firstspike.experiments.config.Experiment}, an immutable value.
 */
package firstspike.experiments.config;
