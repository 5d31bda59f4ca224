package io.vireo.control.node.scheduling;

import io.vireo.control.model.VpnBuffers;
import io.vireo.control.node.topology.PortPlan;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What one data plane was last told of scheduling. It has just that, unless it refused something or lost it: what the audit
 * compares with. Only the node agent's thread uses it.
 */
public final class ProgrammedScheduling {
    private final Map<Integer, PortPlan> rates = new HashMap<>();
    private final Map<Integer, Quota> quotas = new HashMap<>();
    private final Map<Integer, ClassPlan> classes = new LinkedHashMap<>();
    private final Map<Integer, FilterPlan> filters = new HashMap<>();
    private long changes;
    private boolean isSwept;

    /** A quota and its size at present. */
    public record Quota(QuotaPlan plan, VpnBuffers size) {}

    /** Everything is told anew; what is not will be swept. */
    void begin() {
        rates.clear();
        quotas.clear();
        classes.clear();
        filters.clear();
        isSwept = false;
        changes++;
    }

    /** The data plane has removed what was not told again. */
    public void swept() {
        isSwept = true;
    }

    /** Whether the data plane has nothing else, as far as is known. */
    public boolean isSwept() {
        return isSwept;
    }

    /** Counts up with each thing told. */
    public long changes() {
        return changes;
    }

    void rate(PortPlan port) {
        changes++;
        if (port.rateBitsPerSecond() == 0) {
            rates.remove(port.portId());
        } else {
            rates.put(port.portId(), port);
        }
    }

    void quota(QuotaPlan quota, VpnBuffers size) {
        changes++;
        quotas.put(quota.quotaId(), new Quota(quota, size));
    }

    void quotaRemoved(int quotaId) {
        changes++;
        quotas.remove(quotaId);
    }

    void classAdded(ClassPlan plan) {
        changes++;
        classes.put(plan.classId(), plan);
    }

    void classRemoved(int classId) {
        changes++;
        classes.remove(classId);
    }

    void filter(FilterPlan filter) {
        changes++;
        filters.put(filter.interfaceId(), filter);
    }

    /** The filter was taken away, or went with its interface. */
    public void filterRemoved(int interfaceId) {
        changes++;
        filters.remove(interfaceId);
    }

    /** The port's rate went with it. */
    public void portRemoved(int portId) {
        changes++;
        rates.remove(portId);
    }

    /** The size a quota was last set to, or null while there is none. */
    @Nullable
    VpnBuffers quotaSize(int quotaId) {
        Quota quota = quotas.get(quotaId);
        return quota == null ? null : quota.size();
    }

    /** Shaped ports by their ids. */
    public Map<Integer, PortPlan> rates() {
        return Collections.unmodifiableMap(rates);
    }

    public Map<Integer, Quota> quotas() {
        return Collections.unmodifiableMap(quotas);
    }

    public Map<Integer, ClassPlan> classes() {
        return Collections.unmodifiableMap(classes);
    }

    /** By the interfaces' ids. */
    public Map<Integer, FilterPlan> filters() {
        return Collections.unmodifiableMap(filters);
    }
}
