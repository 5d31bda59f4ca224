package io.vireo.control.node.scheduling;

import io.vireo.control.model.VpnBuffers;
import io.vireo.control.node.topology.PortPlan;
import io.vireo.dataplane.wire.command.ClassProxy;
import io.vireo.dataplane.wire.value.ClassSpec;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.ToLongFunction;

/**
 * What a session can tell the data plane of scheduling, one command at a time. Refusals come with the next barrier. Only the
 * node agent's thread uses it.
 */
public final class SchedulingCommands {
    private static final long[] NO_FILTER = {};

    private final ClassProxy proxy;
    private final ProgrammedScheduling programmed;
    private final Consumer<BooleanSupplier> sender;
    private final ToLongFunction<String> correlation;
    private final ToLongFunction<String> removal;
    private final ClassSpec spec = new ClassSpec();

    /**
     * @param programmed where it notes what was sent
     * @param sender sends a command, or waits until it can
     * @param correlation the id by which the refusal of a command about a subject is known
     * @param removal the same for a removal, which may find nothing
     */
    public SchedulingCommands(
            ClassProxy proxy,
            ProgrammedScheduling programmed,
            Consumer<BooleanSupplier> sender,
            ToLongFunction<String> correlation,
            ToLongFunction<String> removal) {
        this.proxy = proxy;
        this.programmed = programmed;
        this.sender = sender;
        this.correlation = correlation;
        this.removal = removal;
    }

    public void setRate(PortPlan port) {
        long id = correlation.applyAsLong(port.rateSubject());
        sender.accept(() -> proxy.setPortRate(
                id, port.portId(), port.rateBitsPerSecond(), port.port().overheadBytes()));
        programmed.rate(port);
    }

    /** Lets a port go at its own speed that nobody wants shaped. */
    public void clearRate(int portId) {
        long id = removal.applyAsLong(PortPlan.rateSubject(Integer.toString(portId)));
        sender.accept(() -> proxy.setPortRate(id, portId, 0, ClassProxy.ETHERNET_OVERHEAD_BYTES));
    }

    /** Adds a class; one that is there is altered, or moved under its parent. */
    public void addClass(ClassPlan plan) {
        long id = correlation.applyAsLong(plan.subject());
        plan.into(spec);
        sender.accept(() -> proxy.addClass(
                id,
                plan.classId(),
                plan.parentClassId(),
                plan.place().portId(),
                plan.place().interfaceId(),
                spec,
                plan.name()));
        programmed.classAdded(plan);
    }

    public void removeClass(int classId) {
        long id = removal.applyAsLong(ClassPlan.subject(Integer.toString(classId)));
        sender.accept(() -> proxy.removeClass(id, classId));
        programmed.classRemoved(classId);
    }

    public void setFilter(FilterPlan filter) {
        long id = correlation.applyAsLong(filter.subject());
        setFilter(id, filter.interfaceId(), filter.defaultClassId(), filter.image());
        programmed.filter(filter);
    }

    /** Has all packets of the interface go to its own class again. */
    public void clearFilter(FilterPlan filter) {
        clearFilter(correlation.applyAsLong(filter.subject()), filter.interfaceId());
    }

    /** Takes away a filter that nobody wants. */
    public void clearFilter(int interfaceId) {
        clearFilter(removal.applyAsLong(FilterPlan.subject(Integer.toString(interfaceId))), interfaceId);
    }

    private void clearFilter(long id, int interfaceId) {
        setFilter(id, interfaceId, 0, NO_FILTER);
        programmed.filterRemoved(interfaceId);
    }

    private void setFilter(long id, int interfaceId, int defaultClassId, long[] image) {
        sender.accept(() -> proxy.setClassFilter(id, interfaceId, defaultClassId, image));
    }

    public void setQuota(QuotaPlan quota, VpnBuffers size) {
        long id = correlation.applyAsLong(quota.subject());
        sender.accept(() -> proxy.setQuota(id, quota.quotaId(), size.packets(), size.bytes()));
        programmed.quota(quota, size);
    }

    public void removeQuota(int quotaId) {
        long id = removal.applyAsLong(QuotaPlan.subject(Integer.toString(quotaId)));
        sender.accept(() -> proxy.setQuota(id, quotaId, 0, 0));
        programmed.quotaRemoved(quotaId);
    }
}
