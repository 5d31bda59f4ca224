package io.vireo.control.node.session;

import java.util.ArrayList;
import java.util.List;

/**
 * What was refused of commands that belong together, until a barrier behind them takes it. Only the node agent's thread
 * uses it.
 */
public final class Refusals {
    private final List<DataplaneAnswers.Refusal> refusals = new ArrayList<>();

    void add(DataplaneAnswers.Refusal refusal) {
        refusals.add(refusal);
    }

    List<DataplaneAnswers.Refusal> drain() {
        List<DataplaneAnswers.Refusal> taken = List.copyOf(refusals);
        refusals.clear();
        return taken;
    }
}
