package io.vireo.control.node;

import io.vireo.control.model.ClassCurves;
import io.vireo.control.model.CoDel;
import io.vireo.control.model.Curve;
import io.vireo.control.model.VpnBuffers;
import io.vireo.dataplane.schedule.policy.ServiceCurve;
import io.vireo.dataplane.wire.ClassSpec;
import io.vireo.dataplane.wire.DataplaneProxy;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What a session can tell the data plane of scheduling, one command at a time. Refusals come with the next barrier. Only the
 * node agent's thread uses it.
 */
final class SchedulingCommands {
    private static final long[] NO_FILTER = {};

    private final DataplaneProxy proxy;
    private final DataplaneAnswers answers;
    private final Consumer<BooleanSupplier> sender;
    private final ClassSpec spec = new ClassSpec();

    /** @param sender sends a command, or waits until it can */
    SchedulingCommands(DataplaneProxy proxy, DataplaneAnswers answers, Consumer<BooleanSupplier> sender) {
        this.proxy = proxy;
        this.answers = answers;
        this.sender = sender;
    }

    void setRate(PortPlan port) {
        long id = answers.register(proxy.nextCorrelationId(), port.rateSubject());
        sender.accept(() -> proxy.setPortRate(
                id, port.portId(), port.rateBitsPerSecond(), port.port().overheadBytes()));
    }

    /** Adds a class; one that is there is altered, or moved under its parent. */
    void addClass(ClassPlan plan) {
        long id = answers.register(proxy.nextCorrelationId(), plan.subject());
        specify(plan);
        sender.accept(() -> proxy.addClass(
                id,
                plan.classId(),
                plan.parentClassId(),
                plan.place().portId(),
                plan.place().interfaceId(),
                spec,
                plan.name()));
    }

    void removeClass(ClassPlan plan) {
        sender.accept(() -> proxy.removeClass(DataplaneSession.REMOVAL, plan.classId()));
    }

    void setFilter(FilterPlan filter) {
        setFilter(filter, filter.defaultClassId(), filter.image());
    }

    /** Has all packets of the interface go to its own class again. */
    void clearFilter(FilterPlan filter) {
        setFilter(filter, 0, NO_FILTER);
    }

    private void setFilter(FilterPlan filter, int defaultClassId, long[] image) {
        long id = answers.register(proxy.nextCorrelationId(), filter.subject());
        sender.accept(() -> proxy.setClassFilter(id, filter.interfaceId(), defaultClassId, image));
    }

    void setQuota(QuotaPlan quota, VpnBuffers size) {
        long id = answers.register(proxy.nextCorrelationId(), quota.subject());
        sender.accept(() -> proxy.setQuota(id, quota.quotaId(), size.packets(), size.bytes()));
    }

    void removeQuota(QuotaPlan quota) {
        sender.accept(() -> proxy.setQuota(DataplaneSession.REMOVAL, quota.quotaId(), 0, 0));
    }

    private void specify(ClassPlan plan) {
        ClassCurves curves = plan.curves();
        ServiceCurve realTime = service(curves.realTime());
        ServiceCurve linkShare = service(curves.linkShare());
        ServiceCurve upperLimit = service(curves.upperLimit());
        spec.clear().queue(plan.queue().packets(), plan.queue().bytes()).quota(plan.quotaId());
        if (realTime != null) {
            spec.realTime(
                    realTime.firstRateBitsPerSecond(), realTime.firstSpanNs(), realTime.secondRateBitsPerSecond());
        }
        if (linkShare != null) {
            spec.linkShare(
                    linkShare.firstRateBitsPerSecond(), linkShare.firstSpanNs(), linkShare.secondRateBitsPerSecond());
        }
        if (upperLimit != null) {
            spec.upperLimit(
                    upperLimit.firstRateBitsPerSecond(),
                    upperLimit.firstSpanNs(),
                    upperLimit.secondRateBitsPerSecond());
        }
        CoDel codel = plan.codel();
        if (codel != null) {
            spec.codel(codel.target().ns(), codel.interval().ns());
        }
    }

    private static @Nullable ServiceCurve service(@Nullable Curve curve) {
        return curve == null ? null : curve.service();
    }
}
