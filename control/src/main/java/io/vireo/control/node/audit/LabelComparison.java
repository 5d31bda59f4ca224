package io.vireo.control.node.audit;

import io.vireo.control.node.session.DataplaneAnswers;
import io.vireo.control.node.session.DataplaneSession;
import io.vireo.control.node.session.LabelProgram;
import io.vireo.control.node.topology.LabelPlan;
import io.vireo.dataplane.wire.value.LabelSpec;
import io.vireo.dataplane.wire.value.NextHops;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Compares the label tables of a data plane with what it was programmed with, and repairs what differs. Part of {@link Audit}. */
final class LabelComparison implements DataplaneAnswers.Dump {
    private static final String NODE = "node";
    private static final String MISSING_OR_DIFFERENT = "missing or different in the data plane";
    private static final String STALE = "stale in the data plane";

    private final DataplaneSession session;
    private final LabelProgram program;
    private final AuditRound round;
    private final long changes;
    private final Map<Place, Found> found = new HashMap<>();

    private record Place(int routerId, int label) {}

    private record Found(String spec, NextHops nextHops) {}

    LabelComparison(DataplaneSession session, AuditRound round) {
        this.session = session;
        this.round = round;
        program = session.labels();
        changes = program.changes();
    }

    @Override
    public void onLabel(LabelSpec spec, NextHops nextHops, long packets, long bytes) {
        found.put(new Place(spec.routerId(), spec.label()), found(spec, nextHops));
    }

    private static Found found(LabelSpec spec, NextHops nextHops) {
        return new Found(spec.toString(), new NextHops().copyFrom(nextHops));
    }

    @Override
    public void onEnd(long entries) {
        if (entries == found.size() && program.changes() == changes) { // otherwise the next round sees better
            List.copyOf(program.programmed()).forEach(this::compare);
            found.keySet().forEach(this::removeStale);
        }
        round.labelsDone(entries);
    }

    @Override
    public void onFailure(String reason) {
        round.labelsDone(0);
    }

    private void compare(LabelPlan plan) {
        Found wanted = found(plan.into(new LabelSpec()), plan.into(new NextHops()));
        if (!wanted.equals(found.remove(new Place(plan.routerId(), plan.entry().label())))) {
            round.report(plan.routerKey(), plan.key(), MISSING_OR_DIFFERENT);
            session.repairLabel(round.refusals(), plan);
        }
    }

    private void removeStale(Place place) {
        round.report(NODE, LabelPlan.key("router " + place.routerId(), place.label()), STALE);
        program.remove(place.routerId(), place.label());
    }
}
