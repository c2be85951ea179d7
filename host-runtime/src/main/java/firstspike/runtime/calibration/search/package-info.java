/**
 * Searches of the codes that bring observables to their targets, all instances at once (calibration.md 3). Pure: a search
 * sees a chip only as an {@link firstspike.runtime.calibration.search.Observable}. Start with
 * {@link firstspike.runtime.calibration.search.Search}. Searches are immutable; a run of one belongs to one thread.
 */
package firstspike.runtime.calibration.search;
