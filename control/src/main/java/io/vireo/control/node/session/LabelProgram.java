package io.vireo.control.node.session;

import io.vireo.control.node.topology.LabelPlan;
import io.vireo.dataplane.wire.command.LabelProxy;
import io.vireo.dataplane.wire.value.LabelSpec;
import io.vireo.dataplane.wire.value.NextHops;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.ToLongFunction;

/**
 * Programs what a data plane's routers do with labels, and remembers it. An older one knows no label tables and gets nothing. Only the
 * node agent's thread uses it.
 */
public final class LabelProgram {
    /** The version of the wire's schema since which routers have label tables. */
    private static final int LABELS_VERSION = 16;

    private final LabelProxy proxy;
    private final int schemaVersion;
    private final Sender sender;
    private final ToLongFunction<String> correlation;
    private final LabelSpec spec = new LabelSpec();
    private final NextHops nextHops = new NextHops();
    private final Map<String, LabelPlan> programmed = new LinkedHashMap<>();
    private long changes;

    /** Sends a command as often as it takes. */
    interface Sender {
        void send(BooleanSupplier command);
    }

    /** @param correlation of a command, whose refusal is known by the key of its label. */
    LabelProgram(LabelProxy proxy, int schemaVersion, Sender sender, ToLongFunction<String> correlation) {
        this.proxy = proxy;
        this.schemaVersion = schemaVersion;
        this.sender = sender;
        this.correlation = correlation;
    }

    /** Whether the data plane has label tables. */
    public boolean isKnown() {
        return schemaVersion >= LABELS_VERSION;
    }

    /** Has a router know a label as planned. */
    public void add(LabelPlan plan) {
        programmed.put(plan.key(), plan);
        changes++;
        send(correlation.applyAsLong(plan.key()), plan);
    }

    void send(long id, LabelPlan plan) {
        if (isKnown()) {
            NextHops hops = plan.hops().isEmpty() ? NextHops.NONE : plan.into(nextHops);
            sender.send(() -> proxy.addLabel(id, plan.into(spec), hops));
        }
    }

    /** Has a router know a label no more. */
    public void remove(LabelPlan plan) {
        programmed.remove(plan.key());
        changes++;
        remove(plan.routerId(), plan.entry().label());
    }

    /** Has the data plane forget a label that nobody wants. */
    public void remove(int routerId, int label) {
        if (isKnown()) {
            sender.send(() -> proxy.removeLabel(DataplaneSession.REMOVAL, routerId, label));
        }
    }

    /** A router has been removed, with its label table. */
    void routerRemoved(int routerId) {
        programmed.values().removeIf(plan -> plan.routerId() == routerId);
        changes++;
    }

    /** What the data plane should have. */
    public Collection<LabelPlan> programmed() {
        return programmed.values();
    }

    /** Grows with each change of {@link #programmed}. */
    public long changes() {
        return changes;
    }

    void dump(long id) {
        sender.send(() -> proxy.dumpLabels(id));
    }
}
