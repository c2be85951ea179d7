/**
 * Self-contained HTML pages: text, tables and SVG pictures in one file that needs no network and no script, follows the
 * reader's light or dark setting, fits a phone, and says in words what each picture shows. Start with
 * {@link firstspike.experiments.report.Page}; {@link firstspike.experiments.report.CalibrationReport} and
 * {@link firstspike.experiments.report.RunReport} are made with it.
 */
package firstspike.experiments.report;
