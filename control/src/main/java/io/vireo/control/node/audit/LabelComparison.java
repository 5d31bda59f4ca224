package io.vireo.control.node.audit;

import io.vireo.control.node.session.DataplaneAnswers;
import io.vireo.control.node.session.DataplaneSession;
import io.vireo.control.node.session.LabelProgram;
import io.vireo.control.node.topology.LabelPlan;
import io.vireo.dataplane.wire.value.LabelSpec;
import io.vireo.dataplane.wire.value.NextHops;
import java.util.ArrayList;
import java.util.LinkedHashMap;
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
    private final LabelSpec plannedSpec = new LabelSpec();
    private final NextHops plannedHops = new NextHops();

    /** What has not been found as it should be. */
    private final Map<Place, LabelPlan> missing = new LinkedHashMap<>();

    private final List<Place> stale = new ArrayList<>();
    private long found;

    private record Place(int routerId, int label) {}

    LabelComparison(DataplaneSession session, AuditRound round) {
        this.session = session;
        this.round = round;
        program = session.labels();
        changes = program.changes();
        for (LabelPlan plan : program.programmed()) {
            missing.put(new Place(plan.routerId(), plan.entry().label()), plan);
        }
    }

    @Override
    public void onLabel(LabelSpec spec, NextHops nextHops, long packets, long bytes) {
        found++;
        Place place = new Place(spec.routerId(), spec.label());
        LabelPlan plan = missing.get(place);
        if (plan == null) {
            stale.add(place);
        } else if (spec.equals(plan.into(plannedSpec)) && nextHops.equals(plan.into(plannedHops))) {
            missing.remove(place);
        }
    }

    @Override
    public void onEnd(long entries) {
        if (entries == found && program.changes() == changes) { // otherwise the next round sees better
            missing.values().forEach(this::repair);
            stale.forEach(this::removeStale);
        } else {
            skipAll();
        }
        round.labelsDone(entries);
    }

    @Override
    public void onFailure(String reason) {
        skipAll();
        round.labelsDone(0);
    }

    /** What was not compared is no better than it was. */
    private void skipAll() {
        program.programmed().forEach(plan -> round.skip(plan.key()));
    }

    private void repair(LabelPlan plan) {
        round.report(plan.routerKey(), plan.key(), MISSING_OR_DIFFERENT);
        session.repairLabel(round.refusals(), plan);
    }

    private void removeStale(Place place) {
        round.report(NODE, LabelPlan.key("router " + place.routerId(), place.label()), STALE);
        program.remove(place.routerId(), place.label());
    }
}
