package io.vireo.control.node.status;

import io.vireo.control.model.wire.WireAddresses;
import io.vireo.control.node.plan.NodePlan;
import io.vireo.control.node.session.DataplaneAnswers;
import io.vireo.control.node.session.DataplaneSession;
import io.vireo.control.node.topology.InterfacePlan;
import io.vireo.control.node.topology.RouterPlan;
import io.vireo.control.view.DataplaneAbsentException;
import io.vireo.control.view.LabelStatus;
import io.vireo.control.view.RouteStatus;
import io.vireo.dataplane.wire.code.AddressFamily;
import io.vireo.dataplane.wire.value.LabelSpec;
import io.vireo.dataplane.wire.value.NextHops;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** Reads the label tables out of the data plane, by router and label. One use. Only the node agent's thread uses it. */
public final class LabelTableReader implements DataplaneAnswers.Dump {
    private final CompletableFuture<List<LabelStatus>> result = new CompletableFuture<>();
    private final List<LabelStatus> found = new ArrayList<>();
    private final Map<Integer, InterfacePlan> interfaces = new HashMap<>();
    private final Map<Integer, RouterPlan> routers = new HashMap<>();

    public LabelTableReader(NodePlan plan) {
        plan.interfaces().values().forEach(each -> interfaces.put(each.interfaceId(), each));
        plan.routers().values().forEach(each -> routers.put(each.routerId(), each));
    }

    /** All labels of all routers; none where the data plane is too old to have label tables. */
    public CompletableFuture<List<LabelStatus>> read(DataplaneSession session) {
        if (session.labels().isKnown()) {
            session.dumpLabels(this);
        } else {
            result.complete(List.of());
        }
        return result;
    }

    @Override
    public void onLabel(LabelSpec spec, NextHops nextHops, long packets, long bytes) {
        RouterPlan router = routers.get(spec.routerId());
        List<Integer> out = new ArrayList<>();
        for (int n = 0; n < spec.outCount(); n++) {
            out.add(spec.out(n));
        }
        boolean hasReceiver = spec.receiverInterfaceId() != LabelSpec.NO_INTERFACE;
        found.add(new LabelStatus(
                router == null ? "" : router.vpn(),
                router == null ? "router " + spec.routerId() : router.name(),
                spec.label(),
                out,
                nextHops(nextHops),
                hasReceiver ? key(spec.receiverInterfaceId()) : null,
                spec.isUniform() ? "uniform" : "pipe",
                packets,
                bytes));
    }

    private List<RouteStatus.NextHop> nextHops(NextHops nextHops) {
        List<RouteStatus.NextHop> hops = new ArrayList<>();
        for (int n = 0; n < nextHops.size(); n++) {
            AddressFamily family = nextHops.gatewayFamily(n, AddressFamily.IPV4);
            InterfacePlan egress = interfaces.get(nextHops.interfaceId(n));
            hops.add(new RouteStatus.NextHop(
                    egress == null ? "interface " + nextHops.interfaceId(n) : egress.name(),
                    WireAddresses.address(family, nextHops.gatewayHigh(n), nextHops.gatewayLow(n))
                            .toString(),
                    nextHops.weight(n)));
        }
        return hops;
    }

    private String key(int interfaceId) {
        InterfacePlan plan = interfaces.get(interfaceId);
        return plan == null ? "interface " + interfaceId : plan.key();
    }

    @Override
    public void onEnd(long entries) {
        if (entries != found.size()) {
            onFailure("events were lost: " + found.size() + " of " + entries + " labels were reported");
            return;
        }
        found.sort(Comparator.comparing(LabelStatus::vpn)
                .thenComparing(LabelStatus::router)
                .thenComparingInt(LabelStatus::label));
        result.complete(List.copyOf(found));
    }

    @Override
    public void onFailure(String reason) {
        result.completeExceptionally(new DataplaneAbsentException(reason));
    }
}
