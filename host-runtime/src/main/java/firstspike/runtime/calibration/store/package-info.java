/**
 * Calibrations as folders below one root, a folder a chip (formats.md 6). Start with
 * {@link firstspike.runtime.calibration.store.CalibrationStore}; whatever is read is checked against its hashes first.
 * Several processes may use one store: results appear whole or not at all, pointers are replaced, the history only grows.
 */
package firstspike.runtime.calibration.store;
