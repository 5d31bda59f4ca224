package io.vireo.control.view;

import io.vireo.control.model.Problem;
import java.util.List;
import java.util.stream.Collectors;

/** A configuration could not be applied; the node is as it was before. */
public final class ApplyRefusedException extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient List<Problem> problems;

    public ApplyRefusedException(List<Problem> problems) {
        super(problems.stream().map(Problem::toString).collect(Collectors.joining("\n")));
        this.problems = List.copyOf(problems);
    }

    public List<Problem> problems() {
        return problems;
    }
}
