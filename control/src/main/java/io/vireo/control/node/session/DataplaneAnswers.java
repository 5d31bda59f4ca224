package io.vireo.control.node.session;

import io.vireo.control.model.IpAddress;
import io.vireo.control.model.IpPrefix;
import io.vireo.control.model.VpnBuffers;
import io.vireo.control.model.wire.WireAddresses;
import io.vireo.control.node.forwarding.ForwardingRoute;
import io.vireo.dataplane.wire.code.AddressFamily;
import io.vireo.dataplane.wire.code.CommandResult;
import io.vireo.dataplane.wire.code.PortState;
import io.vireo.dataplane.wire.code.RouteKind;
import io.vireo.dataplane.wire.event.EventHandler;
import io.vireo.dataplane.wire.value.LabelSpec;
import io.vireo.dataplane.wire.value.NextHops;
import io.vireo.dataplane.wire.value.SecurityAssociationState;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Brings what the data plane tells to whoever asked. Topology commands are silent when they succeed; what was refused of
 * them is given to the next barrier of those who sent them. Only the node agent's thread uses it.
 */
public final class DataplaneAnswers implements EventHandler {
    /** Takes what nobody waits for any more. */
    private static final Dump UNWANTED = new Dump() {
        @Override
        public void onEnd(long entries) {}

        @Override
        public void onFailure(String reason) {}
    };

    private final Listener listener;
    private final TreeMap<Long, Outstanding> outstanding = new TreeMap<>();
    private final Map<Long, Barrier> barriers = new HashMap<>();
    private final Map<Long, CompletableFuture<Answer>> portCommands = new HashMap<>();
    private final Map<Long, Dump> dumps = new HashMap<>();
    private final Map<Integer, PortInfo> ports = new HashMap<>();

    public DataplaneAnswers(Listener listener) {
        this.listener = listener;
    }

    Listener listener() {
        return listener;
    }

    /** What nobody asked for. */
    public interface Listener extends OpenInterfaces.Listener {
        void onPort(int portId, PortInfo info);

        /** The data plane has no route that it should have, or the other way round. */
        void onRouteRefused(int routerId);

        void onRefused(String text);

        void onSwept(long epoch, int entries);
    }

    /** How a command ended. */
    record Answer(CommandResult code, String text) {
        static final Answer DONE = new Answer(CommandResult.OK, "");
    }

    /** A command about {@code key} that was refused. */
    public record Refusal(String key, String text) {}

    private record Outstanding(String key, Refusals refusals) {}

    private record Barrier(CompletableFuture<List<Refusal>> answer, Refusals refusals) {}

    /** A port's state as last told. */
    public record PortInfo(PortState state, long macBits, int speedMbps) {}

    /** Takes the entries of a dump, then one of the last two calls. */
    public interface Dump {
        default void onRoute(IpPrefix prefix, ForwardingRoute route) {}

        default void onNeighbour(int interfaceId, IpAddress address, long macBits) {}

        default void onRate(int portId, long rateBitsPerSecond, int overheadBytes) {}

        default void onQuota(int quotaId, VpnBuffers size) {}

        default void onClass(int classId, int parentClassId, int portId, int interfaceId, long digest) {}

        default void onFilter(int interfaceId, int defaultClassId, long digest) {}

        default void onAssociation(SecurityAssociationState state) {}

        default void onLabel(LabelSpec spec, NextHops nextHops, long packets, long bytes) {}

        /** The dump is complete when {@code entries}, which the data plane sent, have come. */
        void onEnd(long entries);

        void onFailure(String reason);
    }

    /** A refusal of this command goes to {@code refusals}. */
    long register(long correlationId, String key, Refusals refusals) {
        outstanding.put(correlationId, new Outstanding(key, refusals));
        return correlationId;
    }

    /** Completes with what {@code refusals} has then. */
    CompletableFuture<List<Refusal>> expectBarrier(long correlationId, Refusals refusals) {
        Barrier barrier = new Barrier(new CompletableFuture<>(), refusals);
        barriers.put(correlationId, barrier);
        return barrier.answer();
    }

    CompletableFuture<Answer> expectPort(long correlationId) {
        CompletableFuture<Answer> answer = new CompletableFuture<>();
        portCommands.put(correlationId, answer);
        return answer;
    }

    long expectDump(long correlationId, Dump dump) {
        dumps.put(correlationId, dump);
        return correlationId;
    }

    /** Whether somebody waits. */
    public boolean isAwaited() {
        return !barriers.isEmpty() || !portCommands.isEmpty() || !dumps.isEmpty();
    }

    /** What is known of a port, or null while nothing is. */
    @Nullable
    public PortInfo port(int portId) {
        return ports.get(portId);
    }

    /** Whether the data plane has a port open, with a link or without. */
    public boolean isOpen(int portId) {
        PortInfo info = ports.get(portId);
        return info != null && (info.state() == PortState.UP || info.state() == PortState.DOWN);
    }

    /** Nothing will be answered any more: everybody who waits is told. */
    void abandon() {
        DataplaneLostException lost = new DataplaneLostException("the data plane ended before it answered");
        barriers.values().forEach(barrier -> barrier.answer().completeExceptionally(lost));
        portCommands.values().forEach(answer -> answer.completeExceptionally(lost));
        List.copyOf(dumps.values()).forEach(dump -> dump.onFailure("the data plane ended"));
        barriers.clear();
        portCommands.clear();
        dumps.clear();
    }

    @Override
    public void onCommandResult(long correlationId, CommandResult code, CharSequence text) {
        Barrier barrier = barriers.remove(correlationId);
        CompletableFuture<Answer> port = portCommands.remove(correlationId);
        Dump dump = dumps.remove(correlationId);
        if (barrier != null) {
            outstanding.headMap(correlationId).clear();
            barrier.answer().complete(barrier.refusals().drain());
        } else if (port != null) {
            port.complete(new Answer(code, text.toString()));
        } else if (dump != null) {
            dump.onFailure(text.toString());
        } else if (code != CommandResult.OK) {
            onRefusal(correlationId, code, text.toString());
        }
    }

    @Override
    public void onPortState(
            long correlationId, int portId, PortState state, long mac, int speedMbps, CharSequence name) {
        PortInfo info = new PortInfo(state, mac, speedMbps);
        ports.put(portId, info);
        CompletableFuture<Answer> command = portCommands.get(correlationId);
        if (command != null && state != PortState.FAILED) { // a CommandResult says why
            portCommands.remove(correlationId);
            command.complete(Answer.DONE);
        }
        listener.onPort(portId, info);
    }

    @Override
    public void onRouteEntry(
            long correlationId,
            int routerId,
            AddressFamily family,
            long prefixHigh,
            long prefixLow,
            int prefixLength,
            RouteKind kind,
            NextHops nextHops) {
        dump(correlationId)
                .onRoute(
                        WireAddresses.prefix(family, prefixHigh, prefixLow, prefixLength),
                        ForwardingRoute.of(kind, nextHops));
    }

    @Override
    public void onNeighbourEntry(
            long correlationId, int interfaceId, AddressFamily family, long addressHigh, long addressLow, long mac) {
        dump(correlationId).onNeighbour(interfaceId, WireAddresses.address(family, addressHigh, addressLow), mac);
    }

    @Override
    public void onRateEntry(long correlationId, int portId, long rateBitsPerSecond, int overheadBytes) {
        dump(correlationId).onRate(portId, rateBitsPerSecond, overheadBytes);
    }

    @Override
    public void onQuotaEntry(long correlationId, int quotaId, int packets, long bytes) {
        dump(correlationId).onQuota(quotaId, new VpnBuffers(packets, bytes));
    }

    @Override
    public void onClassEntry(
            long correlationId, int classId, int parentClassId, int portId, int interfaceId, long digest) {
        dump(correlationId).onClass(classId, parentClassId, portId, interfaceId, digest);
    }

    @Override
    public void onFilterEntry(long correlationId, int interfaceId, int defaultClassId, long digest) {
        dump(correlationId).onFilter(interfaceId, defaultClassId, digest);
    }

    @Override
    public void onAssociationEntry(long correlationId, SecurityAssociationState state) {
        dump(correlationId).onAssociation(state);
    }

    @Override
    public void onLabelState(long correlationId, LabelSpec spec, NextHops nextHops, long packets, long bytes) {
        dump(correlationId).onLabel(spec, nextHops, packets, bytes);
    }

    @Override
    public void onDumpEnd(long correlationId, long entries) {
        Dump dump = dumps.remove(correlationId);
        if (dump != null) {
            dump.onEnd(entries);
        }
    }

    @Override
    public void onSweepDone(
            long correlationId, long epoch, int routes, int neighbours, int interfaces, int routers, int ports) {
        listener.onSwept(epoch, routes + neighbours + interfaces + routers + ports);
    }

    private Dump dump(long correlationId) {
        return dumps.getOrDefault(correlationId, UNWANTED);
    }

    private void onRefusal(long correlationId, CommandResult code, String text) {
        Outstanding command = outstanding.remove(correlationId);
        if (command != null) {
            command.refusals().add(new Refusal(command.key(), text));
        } else if (correlationId == DataplaneSession.REMOVAL && code == CommandResult.NOT_FOUND) {
            return; // what was wanted is so
        } else if (correlationId <= DataplaneSession.FIRST_ROUTE && correlationId > DataplaneSession.FIRST_INTERFACE) {
            listener.onRouteRefused((int) (DataplaneSession.FIRST_ROUTE - correlationId));
        } else {
            listener.onRefused(text);
        }
    }
}
