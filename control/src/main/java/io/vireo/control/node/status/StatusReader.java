package io.vireo.control.node.status;

import io.vireo.control.model.MacAddress;
import io.vireo.control.model.attachment.Attachments;
import io.vireo.control.model.document.EmulationWriter;
import io.vireo.control.node.agent.NodeAgent;
import io.vireo.control.node.mirror.VirtualRouter;
import io.vireo.control.node.plan.NodePlan;
import io.vireo.control.node.pump.PumpCounts;
import io.vireo.control.node.session.DataplaneAnswers;
import io.vireo.control.node.session.DataplaneSession;
import io.vireo.control.node.topology.InterfacePlan;
import io.vireo.control.node.topology.PortPlan;
import io.vireo.control.node.topology.RouterPlan;
import io.vireo.control.view.AlarmStatus;
import io.vireo.control.view.DataplaneStatus;
import io.vireo.control.view.DropCount;
import io.vireo.control.view.InterfaceStatus;
import io.vireo.control.view.NodeStatus;
import io.vireo.control.view.PortStatus;
import io.vireo.control.view.PuntCount;
import io.vireo.control.view.RouterStatus;
import io.vireo.control.view.SystemCount;
import io.vireo.control.view.WorkerStatus;
import io.vireo.dataplane.wire.code.AnswerKind;
import io.vireo.dataplane.wire.code.DropReason;
import io.vireo.dataplane.wire.code.PuntClass;
import io.vireo.dataplane.wire.counters.PortCounts;
import io.vireo.dataplane.wire.counters.SystemCounter;
import io.vireo.dataplane.wire.counters.SystemCounters;
import io.vireo.dataplane.wire.counters.TrafficCounts;
import io.vireo.dataplane.wire.memory.Heartbeats;
import io.vireo.dataplane.wire.memory.SharedMemory;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Draws a picture of the node. Only the node agent's thread uses it. */
public final class StatusReader {
    private static final int NOT_CLASSIFIED = -1;
    private static final PortCounts NO_PORT_TRAFFIC = new PortCounts(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);

    private final String nodeName;
    private final NodeAgent agent;
    private final NodePlan plan;
    private final @Nullable DataplaneSession session;
    private final PumpCounts carried;

    public StatusReader(String nodeName, NodeAgent agent, PumpCounts carried) {
        this.nodeName = nodeName;
        this.agent = agent;
        plan = agent.plan();
        session = agent.session();
        this.carried = carried;
    }

    public NodeStatus read() {
        return new NodeStatus(
                nodeName,
                dataplane(),
                plan.ports().values().stream()
                        .sorted(Comparator.comparing(PortPlan::name))
                        .map(this::port)
                        .toList(),
                plan.routers().values().stream()
                        .sorted(Comparator.comparing(RouterPlan::key))
                        .map(this::router)
                        .toList(),
                drops(),
                agent.audit().status(System.nanoTime()),
                alarms(),
                List.of(),
                counters());
    }

    /** What the data plane refuses, and what it leaves to Linux because it cannot do it. */
    private List<AlarmStatus> alarms() {
        List<AlarmStatus> alarms = new ArrayList<>(agent.refusals());
        for (VirtualRouter router : agent.routers().all()) {
            router.limitations()
                    .forEach(text -> alarms.add(new AlarmStatus(router.sync().name(), text)));
        }
        return alarms;
    }

    private List<SystemCount> counters() {
        List<SystemCount> counts = carried.asCounters();
        if (session == null) {
            return counts;
        }
        SystemCounters values = session.memory().systemCounters();
        return Stream.concat(
                        Arrays.stream(SystemCounter.values())
                                .map(counter -> new SystemCount(
                                        counter.name(),
                                        counter.description(),
                                        values.get(counter).get())),
                        counts.stream())
                .toList();
    }

    private DataplaneStatus dataplane() {
        if (session == null) {
            return new DataplaneStatus(DataplaneStatus.State.ABSENT, agent.absence(), 0, 0, null, List.of());
        }
        SharedMemory memory = session.memory();
        Heartbeats heartbeats = memory.heartbeats();
        long nowNs = System.nanoTime();
        List<WorkerStatus> workers = new ArrayList<>();
        for (int worker = 0; worker < memory.limits().workers(); worker++) {
            workers.add(new WorkerStatus(
                    worker,
                    Math.max(0, nowNs - heartbeats.workerNs(worker)) / 1_000_000,
                    heartbeats.workerDutyCycles(worker),
                    heartbeats.workerBusyCycles(worker)));
        }
        return new DataplaneStatus(
                agent.state(),
                "",
                memory.dataplanePid(),
                memory.incarnation(),
                Instant.ofEpochMilli(memory.startTimeMs()),
                workers);
    }

    private PortStatus port(PortPlan port) {
        DataplaneAnswers.PortInfo info =
                session == null ? null : session.answers().port(port.portId());
        return new PortStatus(
                port.name(),
                port.portId(),
                port.port().device().toString(),
                info == null ? "pending" : info.state().name().toLowerCase(Locale.ROOT),
                agent.ports().reason(port),
                info == null ? null : new MacAddress(info.macBits()).toString(),
                info == null ? 0 : info.speedMbps(),
                port.rateBitsPerSecond(),
                session == null ? NO_PORT_TRAFFIC : session.statistics().portCounts(port.portId()));
    }

    private RouterStatus router(RouterPlan router) {
        VirtualRouter followed = agent.routers().get(router.key());
        return new RouterStatus(
                router.vpn(),
                router.vpnId(),
                router.name(),
                router.routerId(),
                router.namespace(),
                session == null ? TrafficCounts.NONE : session.statistics().routerCounts(router.routerId()),
                session == null ? List.of() : punts(session.statistics().punts(router.routerId())),
                session == null ? List.of() : answers(session.statistics().answers(router.routerId())),
                router.interfaces().stream()
                        .map(interfacePlan -> interfaceStatus(interfacePlan, followed))
                        .toList());
    }

    private InterfaceStatus interfaceStatus(InterfacePlan interfacePlan, @Nullable VirtualRouter followed) {
        return new InterfaceStatus(
                interfacePlan.name(),
                interfacePlan.interfaceId(),
                Attachments.featureOf(interfacePlan.attachment()).describe(),
                interfacePlan.mac().toString(),
                followed == null
                        ? interfacePlan.mtu()
                        : followed.sync().mtu(interfacePlan.interfaceId(), interfacePlan.mtu()),
                interfacePlan.addresses().stream().map(Object::toString).toList(),
                interfacePlan.adminUp(),
                interfacePlan.attachment().hasDevice()
                        ? followed != null && followed.sync().isOperational(interfacePlan.interfaceId())
                        : LinkReader.isPortUp(interfacePlan, plan, session),
                EmulationWriter.describe(interfacePlan.emulation()),
                session == null
                        ? TrafficCounts.NONE
                        : session.statistics().interfaceCounts(interfacePlan.interfaceId()));
    }

    private static List<PuntCount> punts(long[] packets) {
        return Arrays.stream(PuntClass.values())
                .map(puntClass -> new PuntCount(puntClass.label(), packets[puntClass.code()]))
                .toList();
    }

    private static List<PuntCount> answers(long[] packets) {
        return Arrays.stream(AnswerKind.values())
                .map(kind -> new PuntCount(kind.label(), packets[kind.code()]))
                .toList();
    }

    private List<DropCount> drops() {
        if (session == null) {
            return List.of();
        }
        List<DropCount> drops = new ArrayList<>();
        addDrops(drops, null, session.statistics().drops(NOT_CLASSIFIED));
        for (RouterPlan router : plan.routers().values()) {
            addDrops(drops, router, session.statistics().drops(router.routerId()));
        }
        return drops;
    }

    private static void addDrops(List<DropCount> drops, @Nullable RouterPlan router, long[] packets) {
        for (int code = 0; code < packets.length; code++) {
            DropReason reason = DropReason.ofCode(code);
            if (packets[code] > 0 && reason != null) {
                drops.add(new DropCount(
                        router == null ? null : router.vpn(),
                        router == null ? null : router.name(),
                        reason.name(),
                        reason.description(),
                        packets[code]));
            }
        }
    }
}
