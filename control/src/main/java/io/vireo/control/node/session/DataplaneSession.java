package io.vireo.control.node.session;

import io.vireo.control.model.IpAddress;
import io.vireo.control.model.IpPrefix;
import io.vireo.control.model.PuntBudget;
import io.vireo.control.model.attachment.Attachments;
import io.vireo.control.model.attachment.feature.Numbers;
import io.vireo.control.model.wire.WireAddresses;
import io.vireo.control.node.forwarding.ForwardingPlane;
import io.vireo.control.node.forwarding.ForwardingRoute;
import io.vireo.control.node.scheduling.ProgrammedScheduling;
import io.vireo.control.node.scheduling.SchedulingCommands;
import io.vireo.control.node.scheduling.SchedulingProgram;
import io.vireo.control.node.topology.DataplaneLimits;
import io.vireo.control.node.topology.InterfacePlan;
import io.vireo.control.node.topology.LabelPlan;
import io.vireo.control.node.topology.PortPlan;
import io.vireo.control.node.topology.RouterPlan;
import io.vireo.dataplane.membership.policy.MemberList;
import io.vireo.dataplane.wire.code.AddressUse;
import io.vireo.dataplane.wire.code.CommandResult;
import io.vireo.dataplane.wire.code.PuntClass;
import io.vireo.dataplane.wire.command.DataplaneProxy;
import io.vireo.dataplane.wire.counters.StatisticsReader;
import io.vireo.dataplane.wire.event.EventAdapter;
import io.vireo.dataplane.wire.memory.SharedMemory;
import io.vireo.dataplane.wire.value.InterfaceSpec;
import io.vireo.dataplane.wire.value.NextHops;
import io.vireo.dataplane.wire.value.SecurityAssociationSpec;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import java.util.function.ToLongFunction;

/**
 * The connection to one life of the data plane, from attaching to its shared memory until it ends. Commands wait for
 * room in the ring; when the data plane dies meanwhile they throw {@link DataplaneLostException}. Only the node agent's
 * thread uses it; futures complete on that thread, in {@link #poll}.
 */
public final class DataplaneSession implements ForwardingPlane, AutoCloseable {
    /** Correlates the refusal of a route with its router: {@code FIRST_ROUTE - routerId}. */
    static final long FIRST_ROUTE = -1_000_000_000L;

    /** Correlates the refusals of neighbours and interface states with the interface. */
    static final long FIRST_INTERFACE = -2_000_000_000L;

    /** Correlates the refusals of removals, which find nothing when the interface or router went before. */
    static final long REMOVAL = -2;

    /** The version of the wire's schema since which routes have labels. */
    private static final int ROUTE_LABELS_VERSION = 19;

    /** The version of the wire's schema since which a data plane tells what it schedules. */
    private static final int SCHEDULING_DUMP_VERSION = 2;

    /** From this version of the schema on a data plane takes a seed, and all next hops that there may be. */
    private static final int ECMP_VERSION = 4;

    private static final int OLD_MAX_NEXT_HOPS = 8;

    /** The version of the wire's schema since which ports may lose their devices, and interfaces have several MAC addresses. */
    private static final int DEVICES_VERSION = 4;

    /** The version of the wire's schema since which MAC address and MTU of an interface are changed by themselves. */
    private static final int INTERFACE_LINK_VERSION = 5;

    /** The version of the wire's schema since which a data plane answers for addresses of interfaces. */
    private static final int ADDRESSES_VERSION = 6;

    /** The version of the wire's schema since which a data plane emulates wires. */
    private static final int EMULATION_VERSION = 11;

    /** The version of the wire's schema since which a data plane knows members of VPNs. */
    private static final int MEMBERS_VERSION = 13;

    private static final long[] NO_MEMBERS = {};

    /** The version of the wire's schema since which a data plane has ESP tunnels. */
    private static final int KEYS_VERSION = 10;

    private static final long MAX_WAIT_NS = 50_000_000;
    private static final int EVENT_BATCH = 1024;
    private static final Path PROCESSES = Path.of("/proc");

    private final SharedMemory memory;
    private final DataplaneProxy proxy;
    private final DataplaneAnswers answers;
    private final EventAdapter events;
    private final StatisticsReader statistics;
    private final ProgrammedScheduling programmed = new ProgrammedScheduling();
    private final SchedulingProgram scheduling;
    private final OpenInterfaces openInterfaces;
    private final LabelProgram labels;
    private final Refusals refusals = new Refusals();
    private final NextHops nextHops = new NextHops();
    private final InterfaceSpec interfaceSpec = new InterfaceSpec();
    private final Path process;
    private final boolean isUnprogrammed;
    private final int maxNextHops;

    private DataplaneSession(SharedMemory memory, DataplaneAnswers answers) {
        this.memory = memory;
        this.answers = answers;
        proxy = new DataplaneProxy(memory, MAX_WAIT_NS);
        events = new EventAdapter(memory, answers);
        statistics = memory.statisticsReader();
        scheduling = new SchedulingProgram(
                new SchedulingCommands(proxy.classes(), programmed, this::send, this::register, subject -> REMOVAL),
                programmed,
                DataplaneLimits.of(memory).queuePackets());
        openInterfaces = new OpenInterfaces(() -> barrier(new Refusals()), answers.listener());
        labels = new LabelProgram(proxy.labels(), memory.schemaVersion(), this::send, this::register);
        process = PROCESSES.resolve(Long.toString(memory.dataplanePid()));
        events.discard();
        isUnprogrammed = memory.controlPid() == 0;
        maxNextHops = memory.schemaVersion() >= ECMP_VERSION ? NextHops.MAX : OLD_MAX_NEXT_HOPS;
        memory.attachControl(ProcessHandle.current().pid(), System.nanoTime());
    }

    /**
     * Attaches to the data plane that made {@code file}.
     *
     * @throws io.vireo.dataplane.wire.memory.SharedMemoryException when there is none, or none that we understand
     * @throws DataplaneLostException when it is dead and has left its file
     */
    public static DataplaneSession attach(Path file, DataplaneAnswers answers) {
        SharedMemory memory = SharedMemory.map(file);
        if (!Files.exists(PROCESSES.resolve(Long.toString(memory.dataplanePid())))) {
            long pid = memory.dataplanePid();
            memory.close();
            throw new DataplaneLostException("the data plane of process " + pid + " is dead");
        }
        return new DataplaneSession(memory, answers);
    }

    public SharedMemory memory() {
        return memory;
    }

    public StatisticsReader statistics() {
        return statistics;
    }

    public DataplaneAnswers answers() {
        return answers;
    }

    /** What tells it how to schedule. */
    public SchedulingProgram scheduling() {
        return scheduling;
    }

    /** What it was programmed of scheduling. */
    public ProgrammedScheduling programmedScheduling() {
        return programmed;
    }

    /** What repairs its scheduling. */
    public SchedulingCommands schedulingRepairs(Refusals refused) {
        ToLongFunction<String> correlation = subject -> register(subject, refused);
        return new SchedulingCommands(proxy.classes(), programmed, this::send, correlation, correlation);
    }

    /** What its routers do with labels. */
    public LabelProgram labels() {
        return labels;
    }

    /** Has a router know a label again, with a refusal known by its key. */
    public void repairLabel(Refusals refused, LabelPlan plan) {
        labels.send(register(plan.key(), refused), plan);
    }

    /** Has the label tables of all routers reported to {@code dump}. */
    public void dumpLabels(DataplaneAnswers.Dump dump) {
        labels.dump(answers.expectDump(proxy.nextCorrelationId(), dump));
    }

    /** Whether a {@link #dumpScheduling} would be answered, and show just what is wanted. */
    public boolean canDumpScheduling() {
        return programmed.isSwept() && memory.schemaVersion() >= SCHEDULING_DUMP_VERSION;
    }

    /** Whether nobody had programmed the data plane anything before. */
    public boolean isUnprogrammed() {
        return isUnprogrammed;
    }

    /** Whether the data plane's process lives and has not been succeeded by another. */
    public boolean isAlive() {
        return !memory.isStale() && Files.exists(process);
    }

    /**
     * Whether the data plane may be ended: nobody had programmed it before, so that it forwards by nothing but what it has from us, and it is
     * a process of its own, as it is but in tests.
     */
    public boolean canEnd() {
        return isUnprogrammed
                && memory.dataplanePid() != ProcessHandle.current().pid();
    }

    /** Has the data plane's process end, if {@link #canEnd}; the answer is that of one that was lost. */
    public <T> CompletableFuture<T> end(String reason) {
        ProcessHandle.of(memory.dataplanePid()).ifPresent(ProcessHandle::destroy);
        return CompletableFuture.failedFuture(new DataplaneLostException(reason));
    }

    /** Shows that control lives, and handles what the data plane tells; returns how much that was. */
    public int poll(long nowNs) {
        memory.controlHeartbeat(nowNs);
        openInterfaces.doWork();
        return events.poll(EVENT_BATCH);
    }

    public long nextCorrelationId() {
        return proxy.nextCorrelationId();
    }

    /** Opens a port; the answer is empty, or why it could not be opened. */
    public CompletableFuture<String> addPort(PortPlan plan) {
        long id = proxy.nextCorrelationId();
        CompletableFuture<DataplaneAnswers.Answer> answer = answers.expectPort(id);
        send(() -> proxy.topology()
                .addPort(
                        id,
                        plan.portId(),
                        plan.port().rxQueues(),
                        plan.port().descriptors(),
                        plan.port().mtu(),
                        plan.name(),
                        plan.devargs()));
        return answer.thenApply(result -> result.code() == CommandResult.OK ? "" : result.text());
    }

    /** Says whether a port of the host's has a carrier; a data plane too old for it goes by its driver. */
    public void setPortLink(int portId, boolean up) {
        if (memory.schemaVersion() >= DEVICES_VERSION) {
            send(() -> proxy.topology().setPortLink(proxy.nextCorrelationId(), portId, up));
        }
    }

    /** Closes the device of a port, which keeps its interfaces; {@link #addPort} opens it again. */
    public void detachPort(int portId) {
        if (memory.schemaVersion() >= DEVICES_VERSION) {
            send(() -> proxy.topology().detachPort(proxy.nextCorrelationId(), portId));
        }
    }

    /** Closes a port, if it is open; the answer is as with {@link #addPort}. */
    public CompletableFuture<String> removePort(int portId) {
        long id = proxy.nextCorrelationId();
        CompletableFuture<DataplaneAnswers.Answer> answer = answers.expectPort(id);
        send(() -> proxy.topology().removePort(id, portId));
        programmed.portRemoved(portId);
        return answer.thenApply(result ->
                result.code() == CommandResult.OK || result.code() == CommandResult.NOT_FOUND ? "" : result.text());
    }

    public void addRouter(RouterPlan plan) {
        long id = register(plan.key());
        send(() -> proxy.topology()
                .addRouter(
                        id,
                        plan.routerId(),
                        plan.vpnId(),
                        plan.punt().packetsPerSecond(),
                        plan.punt().burstPackets(),
                        plan.key()));
        if (plan.punt().interfacePercent() == PuntClass.DEFAULT_INTERFACE_PERCENT) {
            plan.punt().classes().forEach(budget -> setPuntBudget(plan, budget));
        } else {
            for (PuntClass puntClass : PuntClass.values()) {
                setPuntBudget(plan, plan.punt().budgetOf(puntClass));
            }
        }
    }

    private void setPuntBudget(RouterPlan plan, PuntBudget budget) {
        long id = register(plan.key());
        int percent = plan.punt().interfacePercent();
        send(() -> proxy.topology()
                .setPuntBudget(
                        id,
                        plan.routerId(),
                        budget.puntClass().code(),
                        budget.packetsPerSecond(),
                        budget.burstPackets(),
                        PuntClass.percent(budget.packetsPerSecond(), percent, 1),
                        PuntClass.percent(budget.burstPackets(), percent, PuntClass.MIN_INTERFACE_BURST_PACKETS)));
    }

    public void removeRouter(RouterPlan plan) {
        long id = register(plan.key());
        send(() -> proxy.topology().removeRouter(id, plan.routerId()));
        labels.routerRemoved(plan.routerId());
    }

    /**
     * Adds an interface.
     *
     * @param numbers of what it is attached to
     */
    public void addInterface(InterfacePlan plan, Numbers numbers) {
        long id = register(plan.key());
        interfaceSpec
                .id(plan.interfaceId(), plan.routerId())
                .mac(plan.mac().bits())
                .mtuBytes(plan.mtu())
                .name(plan.name());
        Attachments.featureOf(plan.attachment()).program(interfaceSpec, plan.router(), numbers);
        send(() -> proxy.topology().addInterface(id, interfaceSpec));
    }

    /** Has the wire behind an interface emulated as planned, or no longer; an older data plane has wires as they are. */
    public void setEmulation(InterfacePlan plan) {
        if (memory.schemaVersion() >= EMULATION_VERSION) {
            long id = register(plan.key());
            send(() ->
                    proxy.emulations().setEmulation(id, plan.interfaceId(), EmulationProgram.spec(plan.emulation())));
        }
    }

    /** Says which packets that come in by an interface are of which VPN, as planned; for an older data plane all are its own. */
    public void setMembers(InterfacePlan plan) {
        if (memory.schemaVersion() >= MEMBERS_VERSION) {
            long id = register(plan.key());
            MemberList members = plan.members();
            long[] image = members == null ? NO_MEMBERS : members.image();
            send(() -> proxy.members().setMembers(id, plan.interfaceId(), image));
        }
    }

    public void removeInterface(InterfacePlan plan) {
        long id = register(plan.key());
        openInterfaces.closing(plan.interfaceId());
        send(() -> proxy.topology().removeInterface(id, plan.interfaceId()));
        programmed.filterRemoved(plan.interfaceId());
    }

    /** Chooses the hash that shares flows among equal-cost next hops; an older data plane has but one. */
    public void setFlowSeed(long seed) {
        if (memory.schemaVersion() >= ECMP_VERSION) {
            long id = register("ecmp.hashSeed");
            send(() -> proxy.tables().setFlowSeed(id, seed));
        }
    }

    /** Completes with what was refused of the commands before, when the workers see the others. */
    public CompletableFuture<List<DataplaneAnswers.Refusal>> barrier() {
        return barrier(refusals);
    }

    /** As {@link #barrier()}, for what was sent for the sake of {@code own}. */
    public CompletableFuture<List<DataplaneAnswers.Refusal>> barrier(Refusals own) {
        long id = proxy.nextCorrelationId();
        CompletableFuture<List<DataplaneAnswers.Refusal>> answer = answers.expectBarrier(id, own);
        send(() -> proxy.barrier(id));
        return answer;
    }

    public void resyncBegin(long epoch) {
        send(() -> proxy.resyncBegin(proxy.nextCorrelationId(), epoch));
    }

    public void resyncEnd(long epoch) {
        send(() -> proxy.resyncEnd(proxy.nextCorrelationId(), epoch));
    }

    /** Has the routes of a router programmed to {@code dump}. */
    public void dumpRoutes(int routerId, DataplaneAnswers.Dump dump) {
        long id = answers.expectDump(proxy.nextCorrelationId(), dump);
        send(() -> proxy.tables().dumpRoutes(id, routerId));
    }

    /** Has the neighbours of a router programmed to {@code dump}. */
    public void dumpNeighbours(int routerId, DataplaneAnswers.Dump dump) {
        long id = answers.expectDump(proxy.nextCorrelationId(), dump);
        send(() -> proxy.tables().dumpNeighbours(id, routerId));
    }

    /** Has all rates, quotas, classes and filters programmed to {@code dump}. */
    public void dumpScheduling(DataplaneAnswers.Dump dump) {
        long id = answers.expectDump(proxy.nextCorrelationId(), dump);
        send(() -> proxy.classes().dumpScheduling(id));
    }

    /** Has frames copied until {@link #stopCapture}; whoever reads them counts. */
    public void startCapture(int captureId, int interfaceId, int dropReason, int snapLength) {
        long id = proxy.nextCorrelationId();
        send(() -> proxy.startCapture(id, captureId, interfaceId, dropReason, snapLength, Long.MAX_VALUE));
    }

    public void stopCapture(int captureId) {
        send(() -> proxy.stopCapture(proxy.nextCorrelationId(), captureId));
    }

    @Override
    public void addRoute(int routerId, IpPrefix prefix, ForwardingRoute route) {
        addRoute(FIRST_ROUTE - routerId, routerId, prefix, route);
    }

    /** As {@link #addRoute}, with a refusal known by {@code key}. */
    public void repairRoute(Refusals refused, String key, int routerId, IpPrefix prefix, ForwardingRoute route) {
        addRoute(register(key, refused), routerId, prefix, route);
    }

    private void addRoute(long id, int routerId, IpPrefix prefix, ForwardingRoute route) {
        IpAddress network = prefix.network();
        if (memory.schemaVersion() < ROUTE_LABELS_VERSION && route.hasLabels()) {
            addRoute(id, routerId, prefix, ForwardingRoute.PUNT); // it would send them without
            return;
        }
        NextHops hops = route.nextHops().isEmpty() ? NextHops.NONE : route.into(nextHops, maxNextHops);
        send(() -> proxy.tables()
                .addRoute(
                        id,
                        routerId,
                        WireAddresses.family(network.family()),
                        WireAddresses.high(network),
                        WireAddresses.low(network),
                        prefix.prefixLength(),
                        route.kind(),
                        hops));
    }

    @Override
    public void removeRoute(int routerId, IpPrefix prefix) {
        IpAddress network = prefix.network();
        send(() -> proxy.tables()
                .removeRoute(
                        REMOVAL,
                        routerId,
                        WireAddresses.family(network.family()),
                        WireAddresses.high(network),
                        WireAddresses.low(network),
                        prefix.prefixLength()));
    }

    @Override
    public void addNeighbour(int interfaceId, IpAddress address, long macBits) {
        addNeighbour(FIRST_INTERFACE - interfaceId, interfaceId, address, macBits);
    }

    /** As {@link #addNeighbour}, with a refusal known by {@code key}. */
    public void repairNeighbour(Refusals refused, String key, int interfaceId, IpAddress address, long macBits) {
        addNeighbour(register(key, refused), interfaceId, address, macBits);
    }

    private void addNeighbour(long id, int interfaceId, IpAddress address, long macBits) {
        send(() -> proxy.tables()
                .addNeighbour(
                        id,
                        interfaceId,
                        WireAddresses.family(address.family()),
                        WireAddresses.high(address),
                        WireAddresses.low(address),
                        macBits));
    }

    @Override
    public void removeNeighbour(int interfaceId, IpAddress address) {
        send(() -> proxy.tables()
                .removeNeighbour(
                        REMOVAL,
                        interfaceId,
                        WireAddresses.family(address.family()),
                        WireAddresses.high(address),
                        WireAddresses.low(address)));
    }

    @Override
    public void addAddress(int interfaceId, IpAddress address, AddressUse use) {
        if (memory.schemaVersion() >= ADDRESSES_VERSION) {
            send(() -> proxy.tables()
                    .addInterfaceAddress(
                            FIRST_INTERFACE - interfaceId,
                            interfaceId,
                            WireAddresses.family(address.family()),
                            WireAddresses.high(address),
                            WireAddresses.low(address),
                            use));
        }
    }

    @Override
    public void removeAddress(int interfaceId, IpAddress address) {
        if (memory.schemaVersion() >= ADDRESSES_VERSION) {
            send(() -> proxy.tables()
                    .removeInterfaceAddress(
                            REMOVAL,
                            interfaceId,
                            WireAddresses.family(address.family()),
                            WireAddresses.high(address),
                            WireAddresses.low(address)));
        }
    }

    @Override
    public void openInterface(int interfaceId) {
        send(() -> proxy.topology().setInterfaceState(FIRST_INTERFACE - interfaceId, interfaceId, true));
        openInterfaces.opened(interfaceId);
    }

    @Override
    public void closeInterface(int interfaceId) {
        openInterfaces.closing(interfaceId);
        send(() -> proxy.topology().setInterfaceState(FIRST_INTERFACE - interfaceId, interfaceId, false));
    }

    @Override
    public void setInterfaceLink(int interfaceId, long macBits, int mtu) {
        if (memory.schemaVersion() >= INTERFACE_LINK_VERSION) {
            send(() -> proxy.topology().setInterfaceLink(FIRST_INTERFACE - interfaceId, interfaceId, macBits, mtu));
        }
    }

    @Override
    public void addInterfaceMac(int interfaceId, long macBits) {
        if (memory.schemaVersion() >= DEVICES_VERSION) {
            send(() -> proxy.topology().addInterfaceMac(FIRST_INTERFACE - interfaceId, interfaceId, macBits));
        }
    }

    @Override
    public void removeInterfaceMac(int interfaceId, long macBits) {
        if (memory.schemaVersion() >= DEVICES_VERSION) {
            send(() -> proxy.topology().removeInterfaceMac(REMOVAL, interfaceId, macBits));
        }
    }

    /** Of the data plane, see {@link SharedMemory#incarnation}. */
    public long incarnation() {
        return memory.incarnation();
    }

    /** Whether the data plane knows keys. */
    public boolean takesKeys() {
        return memory.schemaVersion() >= KEYS_VERSION;
    }

    /** Gives an ESP tunnel a key; a refusal is known by {@code key}. */
    public void addAssociation(Refusals refused, String key, SecurityAssociationSpec spec) {
        long id = register(key, refused);
        send(() -> proxy.keys().addSecurityAssociation(id, spec));
    }

    /** Has an ESP tunnel forget a key that it receives by. */
    public void removeInbound(Refusals refused, String key, int interfaceId, int spi) {
        long id = register(key, refused);
        send(() -> proxy.keys().removeSecurityAssociation(id, interfaceId, spi, false));
    }

    /** Has an ESP tunnel forget the key that it sends by. */
    public void removeOutbound(Refusals refused, String key, int interfaceId, int spi) {
        long id = register(key, refused);
        send(() -> proxy.keys().removeSecurityAssociation(id, interfaceId, spi, true));
    }

    /** Asks for the state of all keys. */
    public void dumpAssociations(DataplaneAnswers.Dump dump) {
        long id = answers.expectDump(proxy.nextCorrelationId(), dump);
        send(() -> proxy.keys().dumpSecurityAssociations(id));
    }

    /** Gives the memory back; nobody may use it any more, the pump in particular. */
    @Override
    public void close() {
        answers.abandon();
        memory.close();
    }

    private long register(String key) {
        return register(key, refusals);
    }

    private long register(String key, Refusals refused) {
        return answers.register(proxy.nextCorrelationId(), key, refused);
    }

    private void send(BooleanSupplier command) {
        while (!command.getAsBoolean()) {
            if (Thread.currentThread().isInterrupted() || !isAlive()) {
                throw new DataplaneLostException("the data plane ended while it was told something");
            }
        }
    }
}
