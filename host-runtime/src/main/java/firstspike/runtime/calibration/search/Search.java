package firstspike.runtime.calibration.search;

/** A search method (calibration.md 3). */
public interface Search {

    /**
     * Searches one code an instance; all instances take their steps together.
     *
     * @param task what is searched for
     * @param observable measures; called once a step
     * @return the codes; the caller writes them
     */
    SearchOutcome search(SearchTask task, Observable observable);
}
