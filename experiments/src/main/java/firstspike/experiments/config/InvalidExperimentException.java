package firstspike.experiments.config;

import firstspike.runtime.error.ExperimentException;
import java.util.List;
import java.util.stream.Collectors;

/** An experiment with mistakes, all of them. What it exits with is the business of its first problem's code. */
public final class InvalidExperimentException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient List<Problem> problems;

    /** @param problems one or more */
    public InvalidExperimentException(List<Problem> problems) {
        super(problems.stream().map(Problem::message).collect(Collectors.joining("\n")));
        this.problems = List.copyOf(problems);
    }

    /** All mistakes, in the order of the file. */
    public List<Problem> problems() {
        return problems;
    }

    /** The code of the whole: a real mistake before a part that is not built yet. */
    public ExperimentException.Code code() {
        return leading().code();
    }

    /** The problem whose code counts. */
    public Problem leading() {
        return problems.stream()
                .filter(problem -> problem.code() != ExperimentException.Code.NOT_BUILT_YET)
                .findFirst()
                .orElse(problems.get(0));
    }
}
