/**
 * Stimulus from a file to programs: {@link firstspike.experiments.stimulus.StimulusFile} reads and judges rows,
 * {@link firstspike.experiments.stimulus.StimulusPlan} gives each event a free tick and cuts what is too long for one program.
 * Source: formats.md 11, journeys.md U12. No chip in here.
 */
package firstspike.experiments.stimulus;
