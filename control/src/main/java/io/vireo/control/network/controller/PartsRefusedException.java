package io.vireo.control.network.controller;

import io.vireo.control.model.Problem;
import java.util.List;

/** A node refused its part, or could not be asked: no node was changed. */
public final class PartsRefusedException extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient List<Problem> problems;

    /** @param problems each with the node in its path. */
    public PartsRefusedException(List<Problem> problems) {
        super(problems.toString());
        this.problems = List.copyOf(problems);
    }

    public List<Problem> problems() {
        return problems;
    }
}
