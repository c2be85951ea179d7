/**
 * The one drawing engine: marks over two axes, as SVG that any viewer shows alike and as PNG. Start with
 * {@link firstspike.experiments.plot.Plot}. Drawing an SVG needs no font of the system: widths of text come from a font that
 * is part of the program, text stays text, and the same data give the same bytes on every machine.
 */
package firstspike.experiments.plot;
