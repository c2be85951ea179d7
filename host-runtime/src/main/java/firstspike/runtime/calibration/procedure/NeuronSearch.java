package firstspike.runtime.calibration.procedure;

import firstspike.driver.coordinate.NeuronParameter;
import firstspike.runtime.calibration.quantity.Quantity;
import firstspike.runtime.calibration.search.Search;
import firstspike.runtime.calibration.search.SearchOutcome;
import firstspike.runtime.calibration.search.SearchRange;
import firstspike.runtime.calibration.search.SearchTask;
import firstspike.runtime.measurement.Bench;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Searches one analog parameter of all neurons and leaves the codes on the bench: the common part of procedures.
 *
 * @param parameter that is varied
 * @param range of its codes
 * @param inverted whether a larger code gives a smaller result
 * @param search the method
 */
public record NeuronSearch(NeuronParameter parameter, SearchRange range, boolean inverted, Search search) {

    /**
     * Over all codes, a larger one giving a larger result.
     *
     * @param parameter that is varied
     * @param search the method
     */
    public static NeuronSearch rising(NeuronParameter parameter, Search search) {
        return new NeuronSearch(parameter, SearchRange.CELL, false, search);
    }

    /**
     * @param bench holds the codes that were found afterwards
     * @param targets one a neuron
     * @param measure measures with the codes that are on the bench; one result a neuron, NaN: not measurable
     * @return what was found
     */
    public SearchOutcome run(Bench bench, double[] targets, Function<Bench, double[]> measure) {
        SearchOutcome outcome = search.search(new SearchTask(range, targets, inverted), codes -> {
            bench.set(parameter, codes);
            return measure.apply(bench);
        });
        bench.set(parameter, outcome.codes());
        return outcome;
    }

    /**
     * @param quantity that was searched for
     * @param targets one a neuron
     * @param outcome of {@link #run}
     * @return the finding of a procedure that did nothing else
     */
    public static Finding finding(Quantity quantity, double[] targets, SearchOutcome outcome) {
        return new Finding(
                Optional.of(quantity), targets, outcome.results(), outcome.failures(), outcome.steps(), List.of());
    }
}
