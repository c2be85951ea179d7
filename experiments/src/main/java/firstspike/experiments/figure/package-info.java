/**
 * Figures that a run leaves: each as SVG and PNG, with the numbers it shows as CSV of the same name. Start with
 * {@link firstspike.experiments.figure.FigureSet}. The pictures of files and pages are the same. The same data give the same
 * files.
 */
package firstspike.experiments.figure;
