/**
 * Figures that a run leaves: each as PNG and SVG, with the numbers it shows as CSV of the same name. Start with
 * {@link firstspike.experiments.figure.FigureSet}. Drawing is headless; the same data give the same files on one machine.
 */
package firstspike.experiments.figure;
