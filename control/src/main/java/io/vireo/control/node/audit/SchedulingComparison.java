package io.vireo.control.node.audit;

import io.vireo.control.model.VpnBuffers;
import io.vireo.control.node.scheduling.ClassPlan;
import io.vireo.control.node.scheduling.FilterPlan;
import io.vireo.control.node.scheduling.ProgrammedScheduling;
import io.vireo.control.node.scheduling.QuotaPlan;
import io.vireo.control.node.scheduling.SchedulingCommands;
import io.vireo.control.node.scheduling.SchedulingProgram;
import io.vireo.control.node.session.DataplaneAnswers;
import io.vireo.control.node.session.DataplaneSession;
import io.vireo.control.node.topology.PortPlan;
import io.vireo.dataplane.wire.value.ClassSpec;
import io.vireo.dataplane.wire.value.SchedulingDigest;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntUnaryOperator;

/**
 * Compares what a data plane schedules with what it was programmed with, and repairs what differs: what stands at a wrong place goes
 * first, then what is missing or different comes in the order of {@link SchedulingProgram}, and what nobody wants goes last. Ports that
 * are not open are skipped: they and what is theirs are programmed again when they can be opened. Part of {@link Audit}.
 */
final class SchedulingComparison implements DataplaneAnswers.Dump {
    private static final String NODE = "node";
    private static final String MISSING_OR_DIFFERENT = "missing or different in the data plane";
    private static final String STALE = "stale in the data plane";

    private final DataplaneSession session;
    private final ProgrammedScheduling programmed;
    private final SchedulingCommands repairs;
    private final AuditRound round;
    private final long changes;
    private final Map<Integer, Rate> rates = new HashMap<>();
    private final Map<Integer, VpnBuffers> quotas = new HashMap<>();
    private final Map<Integer, Found> classes = new HashMap<>();
    private final Map<Integer, Filter> filters = new HashMap<>();
    private final ClassSpec spec = new ClassSpec();

    private record Rate(long bitsPerSecond, int overheadBytes) {}

    private record Found(int parentClassId, int portId, int interfaceId, long digest) {}

    private record Filter(int defaultClassId, long digest) {}

    SchedulingComparison(DataplaneSession session, AuditRound round) {
        this.session = session;
        this.round = round;
        programmed = session.programmedScheduling();
        repairs = session.schedulingRepairs(round.refusals());
        changes = programmed.changes();
    }

    @Override
    public void onRate(int portId, long rateBitsPerSecond, int overheadBytes) {
        rates.put(portId, new Rate(rateBitsPerSecond, overheadBytes));
    }

    @Override
    public void onQuota(int quotaId, VpnBuffers size) {
        quotas.put(quotaId, size);
    }

    @Override
    public void onClass(int classId, int parentClassId, int portId, int interfaceId, long digest) {
        classes.put(classId, new Found(parentClassId, portId, interfaceId, digest));
    }

    @Override
    public void onFilter(int interfaceId, int defaultClassId, long digest) {
        filters.put(interfaceId, new Filter(defaultClassId, digest));
    }

    @Override
    public void onEnd(long entries) {
        int seen = rates.size() + quotas.size() + classes.size() + filters.size();
        boolean isWhole = entries == seen; // otherwise events were lost, and the next round sees better
        if (isWhole && programmed.changes() == changes) {
            repair();
            round.schedulingCompared();
        }
        round.schedulingDone(entries);
    }

    @Override
    public void onFailure(String reason) {
        round.schedulingDone(0);
    }

    private void repair() {
        List<ClassPlan> wanted = programmed.classes().values().stream()
                .filter(plan -> isOpen(plan.place().portId(), plan.subject()))
                .sorted(Comparator.comparingInt(plan -> depth(plan.classId(), this::wantedParent)))
                .toList();
        wanted.reversed().stream().filter(this::isMisplaced).forEach(this::removeMisplaced);
        setRates();
        setQuotas();
        wanted.stream().filter(plan -> !isAsWanted(plan)).forEach(this::add);
        setFilters();
        removeUnwanted();
    }

    private boolean isOpen(int portId, String subject) {
        boolean open = session.answers().isOpen(portId);
        if (!open) {
            round.skip(subject);
        }
        return open;
    }

    private int wantedParent(int classId) {
        ClassPlan plan = programmed.classes().get(classId);
        return plan == null ? 0 : plan.parentClassId();
    }

    private int foundParent(int classId) {
        Found found = classes.get(classId);
        return found == null ? 0 : found.parentClassId();
    }

    /** How many classes stand above one. */
    private static int depth(int classId, IntUnaryOperator parents) {
        int depth = 0;
        for (int above = parents.applyAsInt(classId); above != 0; above = parents.applyAsInt(above)) {
            depth++;
        }
        return depth;
    }

    /** Whether there is a class of this number that the data plane cannot turn into the wanted one. */
    private boolean isMisplaced(ClassPlan plan) {
        Found found = classes.get(plan.classId());
        return found != null
                && (found.portId() != plan.place().portId()
                        || found.interfaceId() != plan.place().interfaceId());
    }

    private void removeMisplaced(ClassPlan plan) {
        repairs.removeClass(plan.classId());
    }

    private boolean isAsWanted(ClassPlan plan) {
        plan.into(spec);
        return new Found(
                        plan.parentClassId(),
                        plan.place().portId(),
                        plan.place().interfaceId(),
                        SchedulingDigest.of(spec))
                .equals(classes.get(plan.classId()));
    }

    private void add(ClassPlan plan) {
        round.report(owner(plan), plan.subject(), MISSING_OR_DIFFERENT);
        repairs.addClass(plan);
    }

    private static String owner(ClassPlan plan) {
        return plan.place().owner().vpn() + "/" + plan.place().owner().router();
    }

    private void setRates() {
        for (PortPlan port : List.copyOf(programmed.rates().values())) {
            Rate wanted = new Rate(port.rateBitsPerSecond(), port.port().overheadBytes());
            if (isOpen(port.portId(), port.rateSubject()) && !wanted.equals(rates.get(port.portId()))) {
                round.report(NODE, port.rateSubject(), MISSING_OR_DIFFERENT);
                repairs.setRate(port);
            }
        }
    }

    /** Those that shrink first: together they never promise more than there is. */
    private void setQuotas() {
        programmed.quotas().values().stream()
                .filter(quota -> !quota.size().equals(quotas.get(quota.plan().quotaId())))
                .sorted(Comparator.comparingInt(this::growth))
                .toList()
                .forEach(quota -> {
                    round.report(quota.plan().vpn(), quota.plan().subject(), MISSING_OR_DIFFERENT);
                    repairs.setQuota(quota.plan(), quota.size());
                });
    }

    private int growth(ProgrammedScheduling.Quota quota) {
        VpnBuffers found = quotas.get(quota.plan().quotaId());
        return quota.size().packets() - (found == null ? 0 : found.packets());
    }

    private void setFilters() {
        for (FilterPlan filter : List.copyOf(programmed.filters().values())) {
            ClassPlan plan = programmed.classes().get(filter.defaultClassId());
            if (plan != null && isOpen(plan.place().portId(), filter.subject()) && !isAsWanted(filter)) {
                round.report(owner(plan), filter.subject(), MISSING_OR_DIFFERENT);
                repairs.setFilter(filter);
            }
        }
    }

    private boolean isAsWanted(FilterPlan filter) {
        long[] image = filter.image();
        return new Filter(filter.defaultClassId(), SchedulingDigest.of(image, 0, image.length))
                .equals(filters.get(filter.interfaceId()));
    }

    private void removeUnwanted() {
        filters.keySet().stream()
                .filter(id -> !programmed.filters().containsKey(id))
                .forEach(id -> {
                    round.report(NODE, FilterPlan.subject(Integer.toString(id)), STALE);
                    repairs.clearFilter(id);
                });
        classes.keySet().stream()
                .filter(id -> !programmed.classes().containsKey(id))
                .sorted(Comparator.comparingInt((Integer id) -> depth(id, this::foundParent))
                        .reversed())
                .forEach(id -> {
                    round.report(NODE, ClassPlan.subject(Integer.toString(id)), STALE);
                    repairs.removeClass(id);
                });
        quotas.keySet().stream()
                .filter(id -> !programmed.quotas().containsKey(id))
                .forEach(id -> {
                    round.report(NODE, QuotaPlan.subject(Integer.toString(id)), STALE);
                    repairs.removeQuota(id);
                });
        rates.keySet().stream()
                .filter(id -> !programmed.rates().containsKey(id))
                .forEach(id -> {
                    round.report(NODE, PortPlan.rateSubject(Integer.toString(id)), STALE);
                    repairs.clearRate(id);
                });
    }
}
