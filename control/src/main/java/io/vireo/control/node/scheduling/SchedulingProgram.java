package io.vireo.control.node.scheduling;

import io.vireo.control.model.VpnBuffers;
import io.vireo.control.node.topology.PortPlan;
import java.util.Collection;
import java.util.Comparator;
import java.util.function.Predicate;

/**
 * Tells a data plane how to schedule, in an order that it can follow: rates and quotas before classes, parents before
 * children, filters when their classes are there; what goes, in reverse. Only the node agent's thread uses it.
 *
 * <p>Quotas divide what there is: those that shrink must do so before others grow, or the data plane would have to promise
 * more than it has.
 */
public final class SchedulingProgram {
    private final SchedulingCommands commands;
    private final int queuePackets;
    private final ProgrammedScheduling programmed;

    /**
     * @param programmed what the commands have sent
     * @param queuePackets what the classes of one port can hold
     */
    public SchedulingProgram(SchedulingCommands commands, ProgrammedScheduling programmed, int queuePackets) {
        this.commands = commands;
        this.programmed = programmed;
        this.queuePackets = queuePackets;
    }

    /** Programs everything, when ports and interfaces have been programmed. */
    public void replay(Collection<PortPlan> ports, SchedulingPlan scheduling) {
        programmed.begin();
        ports.stream().filter(port -> port.rateBitsPerSecond() != 0).forEach(commands::setRate);
        setQuotas(scheduling.quotas().values(), quota -> true);
        scheduling.classes().values().forEach(commands::addClass);
        scheduling.filters().values().forEach(commands::setFilter);
    }

    /** Withdraws what stands in the way of interfaces and ports that go. */
    public void withdraw(SchedulingDifference difference) {
        difference.removedFirst().forEach(this::removeClass);
        difference.quotas().unused().forEach(this::removeQuota);
    }

    /** Programs what differs, when new ports and interfaces have been programmed. */
    public void program(SchedulingDifference difference) {
        difference.rates().forEach(commands::setRate);
        changeQuotas(difference.quotas().before());
        difference.added().forEach(commands::addClass);
        difference.filters().forEach(commands::setFilter);
        difference.filtersCleared().forEach(commands::clearFilter);
        difference.moved().forEach(commands::addClass);
        difference.dropped().forEach(this::removeClass);
        difference.quotas().gone().forEach(this::removeQuota);
        changeQuotas(difference.quotas().after());
    }

    private void setQuotas(Collection<QuotaPlan> together, Predicate<QuotaPlan> which) {
        QuotaSizes sizes = QuotaSizes.of(queuePackets, together);
        together.stream()
                .filter(which)
                .sorted(Comparator.comparingInt(quota -> sizes.of(quota).packets() - packets(quota)))
                .forEach(quota -> commands.setQuota(quota, sizes.of(quota)));
    }

    private void changeQuotas(Collection<QuotaPlan> together) {
        QuotaSizes sizes = QuotaSizes.of(queuePackets, together);
        setQuotas(together, quota -> !sizes.of(quota).equals(programmed.quotaSize(quota.quotaId())));
    }

    private int packets(QuotaPlan quota) {
        VpnBuffers size = programmed.quotaSize(quota.quotaId());
        return size == null ? 0 : size.packets();
    }

    private void removeClass(ClassPlan plan) {
        commands.removeClass(plan.classId());
    }

    private void removeQuota(QuotaPlan quota) {
        commands.removeQuota(quota.quotaId());
    }
}
