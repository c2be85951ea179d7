package firstspike.runtime.calibration.evidence;

import firstspike.runtime.calibration.quantity.Quantity;
import firstspike.runtime.calibration.search.Observable;
import firstspike.runtime.calibration.search.Search;
import firstspike.runtime.calibration.search.SearchOutcome;
import firstspike.runtime.calibration.search.SearchTask;

/** A search whose steps are kept as evidence; it finds what the search finds that it is made of. */
public final class RecordedSearch implements Search {

    private final Search search;
    private final Quantity quantity;
    private final EvidenceRecorder recorder;

    /**
     * @param search that does the work
     * @param quantity that is searched for
     * @param recorder gets codes and results of each step
     */
    public RecordedSearch(Search search, Quantity quantity, EvidenceRecorder recorder) {
        this.search = search;
        this.quantity = quantity;
        this.recorder = recorder;
    }

    @Override
    public SearchOutcome search(SearchTask task, Observable observable) {
        SearchOutcome outcome = search.search(task, codes -> {
            double[] results = observable.measure(codes);
            recorder.step(quantity, codes, results);
            return results;
        });
        recorder.end(quantity);
        return outcome;
    }
}
