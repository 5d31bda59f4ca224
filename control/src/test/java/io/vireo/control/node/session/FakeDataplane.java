package io.vireo.control.node.session;

import io.vireo.control.model.IpAddress;
import io.vireo.control.model.IpPrefix;
import io.vireo.control.model.wire.WireAddresses;
import io.vireo.control.node.forwarding.ForwardingRoute;
import io.vireo.dataplane.wire.code.AddressFamily;
import io.vireo.dataplane.wire.code.AddressUse;
import io.vireo.dataplane.wire.code.CommandResult;
import io.vireo.dataplane.wire.code.DropReason;
import io.vireo.dataplane.wire.code.InterfaceKind;
import io.vireo.dataplane.wire.code.KeepaliveState;
import io.vireo.dataplane.wire.code.PortState;
import io.vireo.dataplane.wire.code.PuntClass;
import io.vireo.dataplane.wire.code.RouteKind;
import io.vireo.dataplane.wire.code.TraceStage;
import io.vireo.dataplane.wire.code.Verdict;
import io.vireo.dataplane.wire.command.AddressCommandHandler;
import io.vireo.dataplane.wire.command.BarrierCommandHandler;
import io.vireo.dataplane.wire.command.CaptureCommandHandler;
import io.vireo.dataplane.wire.command.ClassCommandHandler;
import io.vireo.dataplane.wire.command.CommandAdapter;
import io.vireo.dataplane.wire.command.CommandHandlers;
import io.vireo.dataplane.wire.command.DumpCommandHandler;
import io.vireo.dataplane.wire.command.EmulationCommandHandler;
import io.vireo.dataplane.wire.command.InterfaceCommandHandler;
import io.vireo.dataplane.wire.command.InvalidCommandHandler;
import io.vireo.dataplane.wire.command.KeyCommandHandler;
import io.vireo.dataplane.wire.command.LabelCommandHandler;
import io.vireo.dataplane.wire.command.MemberCommandHandler;
import io.vireo.dataplane.wire.command.NeighbourCommandHandler;
import io.vireo.dataplane.wire.command.PortCommandHandler;
import io.vireo.dataplane.wire.command.ResyncCommandHandler;
import io.vireo.dataplane.wire.command.RouteCommandHandler;
import io.vireo.dataplane.wire.command.RouterCommandHandler;
import io.vireo.dataplane.wire.counters.ClassStatisticsWriter;
import io.vireo.dataplane.wire.counters.SystemCounter;
import io.vireo.dataplane.wire.event.EventProxy;
import io.vireo.dataplane.wire.frame.InjectHandler;
import io.vireo.dataplane.wire.frame.InjectReader;
import io.vireo.dataplane.wire.frame.PuntWriter;
import io.vireo.dataplane.wire.layout.SharedLimits;
import io.vireo.dataplane.wire.memory.SharedMemory;
import io.vireo.dataplane.wire.memory.SharedMemoryContext;
import io.vireo.dataplane.wire.value.ClassSpec;
import io.vireo.dataplane.wire.value.EmulationSpec;
import io.vireo.dataplane.wire.value.FilterChunk;
import io.vireo.dataplane.wire.value.InterfaceSpec;
import io.vireo.dataplane.wire.value.LabelSpec;
import io.vireo.dataplane.wire.value.NextHops;
import io.vireo.dataplane.wire.value.SecurityAssociationSpec;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;

/**
 * A data plane without packets: the real shared memory and rings, and tables that tests read. It forgets nothing that is
 * not removed or swept, and refuses what the test tells it to.
 */
public final class FakeDataplane implements AutoCloseable {
    private static final SharedLimits LIMITS =
            SharedLimits.of(1).withMaxRouters(64).withMaxInterfaces(256);

    public final Map<String, ForwardingRoute> routes = new ConcurrentHashMap<>();
    public final Map<String, AddressUse> addresses = new ConcurrentHashMap<>();
    public final Map<String, Long> neighbours = new ConcurrentHashMap<>();
    public final Map<Integer, String> ports = new ConcurrentHashMap<>();
    public final Map<Integer, String> routers = new ConcurrentHashMap<>();
    public final Map<Integer, String> interfaces = new ConcurrentHashMap<>();
    public final Map<String, LabelSpec> labels = new ConcurrentHashMap<>();
    public final Map<String, NextHops> labelHops = new ConcurrentHashMap<>();
    public final Map<Integer, long[]> members = new ConcurrentHashMap<>();
    public final Map<Integer, EmulationSpec> emulations = new ConcurrentHashMap<>();
    final Map<Integer, Integer> routerOfInterface = new ConcurrentHashMap<>();
    public final Map<Integer, Boolean> links = new ConcurrentHashMap<>();
    public final Map<String, Integer> associations = new ConcurrentHashMap<>();
    public final Set<Integer> detached = new ConcurrentSkipListSet<>();
    public final Set<String> macs = new ConcurrentSkipListSet<>();
    public final Set<Integer> up = new ConcurrentSkipListSet<>();
    public final Set<String> refusedPorts = new ConcurrentSkipListSet<>();

    /** Why {@link #refusedPorts} are. */
    public volatile String portRefusal = "no such device";

    public final List<String> removals = new CopyOnWriteArrayList<>();
    public final BlockingQueue<Injected> injected = new LinkedBlockingQueue<>();

    /** Those of the injected frames whose interface was not up: a real data plane would have dropped them. */
    public final List<Injected> early = new CopyOnWriteArrayList<>();

    /** While it is set, opening an interface takes as long; frames are taken meanwhile. */
    public volatile boolean opensSlowly;

    /** While it is set it lives, but does nothing of what it is told. */
    public volatile boolean silent;

    /** The last one programmed. */
    public volatile long flowSeed;

    public final FakeScheduler scheduler = new FakeScheduler();

    private final Set<String> old = new ConcurrentSkipListSet<>();
    private final SharedMemory memory;
    private final EventProxy events;
    private final PuntWriter punts;
    private final InjectReader injects;
    private final Thread thread;
    private final AtomicBoolean closed = new AtomicBoolean();
    private volatile boolean running = true;
    private volatile boolean diesAtNextRouter;

    /** A frame that control wants sent. */
    @SuppressWarnings("ArrayRecordComponent")
    public // looked at, never compared
    record Injected(int interfaceId, byte[] frame) {}

    public FakeDataplane(Path directory) {
        this(directory, LIMITS);
    }

    /** One that says it is another process than this. */
    public static FakeDataplane ofProcess(Path directory, long pid) {
        return new FakeDataplane(context(directory, LIMITS).pid(pid), false);
    }

    /** One that opens no interface before {@link #opensSlowly} is cleared. */
    public static FakeDataplane opensSlowly(Path directory) {
        return new FakeDataplane(context(directory, LIMITS), true);
    }

    public FakeDataplane(Path directory, SharedLimits limits) {
        this(context(directory, limits), false);
    }

    private static SharedMemoryContext context(Path directory, SharedLimits limits) {
        return new SharedMemoryContext()
                .path(directory.resolve("dataplane.shm"))
                .limits(limits);
    }

    private FakeDataplane(SharedMemoryContext context, boolean opensSlowly) {
        this.opensSlowly = opensSlowly;
        memory = SharedMemory.create(context);
        events = new EventProxy(memory);
        punts = new PuntWriter(memory, 0);
        injects = new InjectReader(memory, 0, new Injects());
        memory.systemCounters().get(SystemCounter.QUEUE_PACKETS).setRelease(FakeScheduler.QUEUE_PACKETS);
        memory.ready();
        thread = Thread.ofPlatform().name("fake-dataplane").start(this::run);
    }

    /** Punts a frame that arrived on an interface. */
    public void punt(int interfaceId, byte[] frame) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment bytes = arena.allocateFrom(ValueLayout.JAVA_BYTE, frame);
            punts.punt(
                    interfaceId,
                    routerOfInterface.getOrDefault(interfaceId, 0),
                    0,
                    PuntClass.LOCAL.code(),
                    0,
                    bytes.address(),
                    frame.length);
        }
    }

    /** Dies in good order: its shared memory is marked closed. */
    @Override
    public void close() {
        running = false;
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        closeMemory();
    }

    /** Dies when it is told of a router again. */
    public void dieAtNextRouter() {
        diesAtNextRouter = true;
    }

    /** One of its threads meets an error, and goes on. */
    public void fail(RuntimeException error) {
        memory.systemCounters().get(SystemCounter.ERRORS).increment();
        memory.errorLog().record(error);
    }

    public ClassStatisticsWriter classStatistics() {
        return memory.classStatisticsWriter();
    }

    /** What the keepalives of an interface find. */
    public void keepalive(int interfaceId, KeepaliveState state) {
        memory.keepaliveWriter().show(interfaceId, 1, state.code(), 10, 1, 1_500_000);
    }

    private void closeMemory() {
        if (closed.compareAndSet(false, true)) {
            memory.close();
        }
    }

    private void run() {
        CommandAdapter commands = new CommandAdapter(memory, new Handler().all());
        while (running) {
            long nowNs = System.nanoTime();
            memory.heartbeats().conductor(nowNs);
            takeFrames(silent ? 0 : commands.poll(nowNs, 256));
        }
        if (diesAtNextRouter) {
            closeMemory();
        }
    }

    private void takeFrames(int otherWork) {
        if (otherWork + injects.poll(System.nanoTime(), 256) == 0) {
            LockSupport.parkNanos(100_000);
        }
    }

    private static String route(int routerId, AddressFamily family, long high, long low, int length) {
        return routerId + " " + WireAddresses.prefix(family, high, low, length);
    }

    private static String neighbour(int interfaceId, AddressFamily family, long high, long low) {
        return interfaceId + " " + WireAddresses.address(family, high, low);
    }

    private final class Handler
            implements PortCommandHandler,
                    RouterCommandHandler,
                    InterfaceCommandHandler,
                    EmulationCommandHandler,
                    AddressCommandHandler,
                    NeighbourCommandHandler,
                    RouteCommandHandler,
                    LabelCommandHandler,
                    MemberCommandHandler,
                    ClassCommandHandler,
                    KeyCommandHandler,
                    ResyncCommandHandler,
                    DumpCommandHandler,
                    CaptureCommandHandler,
                    BarrierCommandHandler,
                    InvalidCommandHandler {
        CommandHandlers all() {
            return new CommandHandlers(
                    this, this, this, this, this, this, this, this, this, this, this, this, this, this, this, this);
        }

        @Override
        public void onAddPort(
                long correlationId,
                int portId,
                int rxQueues,
                int descriptors,
                int mtu,
                CharSequence name,
                CharSequence devargs) {
            if (refusedPorts.contains(name.toString())) {
                events.commandResult(correlationId, CommandResult.DEVICE, portRefusal);
                return;
            }
            keep("port " + portId);
            ports.put(portId, devargs.toString());
            detached.remove(portId);
            PortState state = links.getOrDefault(portId, true) ? PortState.UP : PortState.DOWN;
            events.portState(correlationId, portId, state, 0x020000000000L, 10_000, name);
        }

        @Override
        public void onRemovePort(long correlationId, int portId) {
            if (scheduler.isInUse(portId + "/")) {
                events.commandResult(correlationId, CommandResult.IN_USE, "portId: still has classes");
                return;
            }
            scheduler.rates.remove(portId);
            if (ports.remove(portId) == null) {
                events.commandResult(correlationId, CommandResult.NOT_FOUND, "portId");
                return;
            }
            removals.add("port " + portId);
            events.portState(correlationId, portId, PortState.REMOVED, 0, 0, "p");
        }

        @Override
        public void onSetPortLink(long correlationId, int portId, boolean up) {
            links.put(portId, up);
            if (ports.containsKey(portId)) {
                events.portState(
                        correlationId, portId, up ? PortState.UP : PortState.DOWN, 0x020000000000L, 10_000, "p");
            }
        }

        @Override
        public void onDetachPort(long correlationId, int portId) {
            detached.add(portId);
            events.portState(correlationId, portId, PortState.DOWN, 0x020000000000L, 0, "p");
        }

        @Override
        public void onSetEmulation(long correlationId, int interfaceId, EmulationSpec spec) {
            emulations.put(interfaceId, new EmulationSpec().copyFrom(spec));
        }

        @Override
        public void onSetMembers(long correlationId, int interfaceId, int totalLongs, int firstLong, FilterChunk part) {
            long[] before = members.get(interfaceId);
            long[] image = before != null && before.length == totalLongs ? before.clone() : new long[totalLongs];
            part.copyTo(image, firstLong);
            members.put(interfaceId, image); // complete: tests look at it meanwhile
        }

        @Override
        public void onAddRouter(
                long correlationId,
                int routerId,
                long vpnId,
                int puntPacketsPerSecond,
                int puntBurstPackets,
                CharSequence name) {
            running &= !diesAtNextRouter;
            keep("router " + routerId);
            routers.put(routerId, name + " vpn " + vpnId + " punt " + puntPacketsPerSecond);
        }

        @Override
        public void onSetPuntBudget(
                long correlationId,
                int routerId,
                int puntClass,
                int packetsPerSecond,
                int burstPackets,
                int interfacePacketsPerSecond,
                int interfaceBurstPackets) {
            routers.computeIfPresent(
                    routerId,
                    (id, text) -> text + " class " + puntClass + " " + packetsPerSecond + "/" + burstPackets + " "
                            + interfacePacketsPerSecond + "/" + interfaceBurstPackets);
        }

        @Override
        public void onRemoveRouter(long correlationId, int routerId) {
            if (routers.remove(routerId) != null) {
                removals.add("router " + routerId);
            }
            routes.keySet().removeIf(key -> key.startsWith(routerId + " "));
            labels.keySet().removeIf(key -> key.startsWith(routerId + " "));
        }

        @Override
        public void onAddInterface(long correlationId, InterfaceSpec spec) {
            int routerId = spec.routerId();
            int portId = spec.portId();
            boolean isOnPort = spec.kind() == InterfaceKind.ACCESS || spec.kind() == InterfaceKind.SUBSTRATE;
            boolean hasPort = !isOnPort || ports.containsKey(portId);
            if (!routers.containsKey(routerId) || !hasPort) {
                events.commandResult(correlationId, CommandResult.NOT_FOUND, "router " + routerId + " port " + portId);
                return;
            }
            keep("interface " + spec.interfaceId());
            routerOfInterface.put(spec.interfaceId(), routerId);
            interfaces.put(
                    spec.interfaceId(),
                    spec.name() + " of " + routerId + " " + attachment(spec) + " mtu " + spec.mtuBytes());
        }

        private String attachment(InterfaceSpec spec) {
            return switch (spec.kind()) {
                case ACCESS ->
                    "on " + spec.portId() + "." + spec.vlan()
                            + (spec.vnsOption() == 0 ? "" : " id " + spec.vpnId() + " by " + spec.vnsOption());
                case SUBSTRATE -> "on " + spec.portId() + "." + spec.vlan() + " " + spec.substrate();
                case LINK -> "to " + spec.peerInterfaceId();
                case TUNNEL ->
                    spec.tunnel().encapsulation() + " in " + spec.tunnel().underlayRouterId() + " "
                            + WireAddresses.address(
                                    spec.tunnel().outerFamily(),
                                    spec.tunnel().localHigh(),
                                    spec.tunnel().localLow())
                            + " to "
                            + WireAddresses.address(
                                    spec.tunnel().outerFamily(),
                                    spec.tunnel().remoteHigh(),
                                    spec.tunnel().remoteLow())
                            + " hop limit " + spec.tunnel().hopLimit() + " key "
                            + Integer.toUnsignedString(spec.tunnel().key())
                            + " options "
                            + (spec.tunnel().greOptions() | spec.tunnel().vnsOption())
                            + " modes " + spec.tunnel().modes();
            };
        }

        @Override
        public void onRemoveInterface(long correlationId, int interfaceId) {
            if (scheduler.isInUse("/" + interfaceId)) {
                events.commandResult(correlationId, CommandResult.IN_USE, "interfaceId: still has classes");
                return;
            }
            scheduler.filters.remove(interfaceId);
            if (interfaces.remove(interfaceId) != null) {
                removals.add("interface " + interfaceId);
            }
            up.remove(interfaceId);
        }

        @Override
        public void onSetInterfaceState(long correlationId, int interfaceId, boolean isUp) {
            if (!interfaces.containsKey(interfaceId)) {
                events.commandResult(correlationId, CommandResult.NOT_FOUND, "interfaceId " + interfaceId);
            } else if (isUp) {
                while (opensSlowly && running) {
                    takeFrames(0);
                }
                up.add(interfaceId);
            } else {
                up.remove(interfaceId);
            }
        }

        @Override
        public void onSetInterfaceLink(long correlationId, int interfaceId, long mac, int mtu) {
            interfaces.computeIfPresent(interfaceId, (id, text) -> text.replaceFirst("mtu \\d+", "mtu " + mtu));
        }

        @Override
        public void onAddInterfaceMac(long correlationId, int interfaceId, long mac) {
            macs.add(interfaceId + " " + Long.toHexString(mac));
        }

        @Override
        public void onRemoveInterfaceMac(long correlationId, int interfaceId, long mac) {
            macs.remove(interfaceId + " " + Long.toHexString(mac));
        }

        @Override
        public void onAddInterfaceAddress(
                long correlationId, int interfaceId, AddressFamily family, long high, long low, AddressUse use) {
            addresses.put(neighbour(interfaceId, family, high, low), use);
        }

        @Override
        public void onRemoveInterfaceAddress(
                long correlationId, int interfaceId, AddressFamily family, long high, long low) {
            addresses.remove(neighbour(interfaceId, family, high, low));
        }

        @Override
        public void onAddNeighbour(
                long correlationId, int interfaceId, AddressFamily family, long high, long low, long mac) {
            keep("neighbour " + neighbour(interfaceId, family, high, low));
            neighbours.put(neighbour(interfaceId, family, high, low), mac);
        }

        @Override
        public void onRemoveNeighbour(long correlationId, int interfaceId, AddressFamily family, long high, long low) {
            neighbours.remove(neighbour(interfaceId, family, high, low));
        }

        @Override
        public void onAddRoute(
                long correlationId,
                int routerId,
                AddressFamily family,
                long high,
                long low,
                int length,
                RouteKind kind,
                NextHops nextHops) {
            if (!routers.containsKey(routerId)) {
                events.commandResult(correlationId, CommandResult.NOT_FOUND, "routerId " + routerId);
                return;
            }
            keep("route " + route(routerId, family, high, low, length));
            routes.put(route(routerId, family, high, low, length), ForwardingRoute.of(kind, nextHops));
        }

        @Override
        public void onSetFlowSeed(long correlationId, long seed) {
            flowSeed = seed;
        }

        @Override
        public void onRemoveRoute(
                long correlationId, int routerId, AddressFamily family, long high, long low, int length) {
            String key = route(routerId, family, high, low, length);
            removals.add("route " + key);
            if (routes.remove(key) == null) {
                events.commandResult(correlationId, CommandResult.NOT_FOUND, "prefix");
            }
        }

        @Override
        public void onResyncBegin(long correlationId, long epoch) {
            old.clear();
            routes.keySet().forEach(key -> old.add("route " + key));
            neighbours.keySet().forEach(key -> old.add("neighbour " + key));
            ports.keySet().forEach(key -> old.add("port " + key));
            labels.keySet().forEach(key -> old.add("label " + key));
            routers.keySet().forEach(key -> old.add("router " + key));
            interfaces.keySet().forEach(key -> old.add("interface " + key));
            old.addAll(scheduler.elements());
        }

        @Override
        public void onResyncEnd(long correlationId, long epoch) {
            removals.addAll(old);
            routes.keySet().removeIf(key -> old.contains("route " + key));
            neighbours.keySet().removeIf(key -> old.contains("neighbour " + key));
            ports.keySet().removeIf(key -> old.contains("port " + key));
            labels.keySet().removeIf(key -> old.contains("label " + key));
            routers.keySet().removeIf(key -> old.contains("router " + key));
            interfaces.keySet().removeIf(key -> old.contains("interface " + key));
            scheduler.sweep(old);
            events.sweepDone(correlationId, epoch, old.size(), 0, 0, 0, 0);
            old.clear();
        }

        @Override
        public void onDumpRoutes(long correlationId, int routerId) {
            long entries = 0;
            for (Map.Entry<String, ForwardingRoute> entry : routes.entrySet()) {
                String[] words = entry.getKey().split(" ", 2);
                if (Integer.parseInt(words[0]) == routerId) {
                    IpPrefix prefix = IpPrefix.parse(words[1]);
                    events.routeEntry(
                            correlationId,
                            routerId,
                            WireAddresses.family(prefix.family()),
                            WireAddresses.high(prefix.network()),
                            WireAddresses.low(prefix.network()),
                            prefix.prefixLength(),
                            entry.getValue().kind(),
                            entry.getValue().into(new NextHops(), NextHops.MAX));
                    entries++;
                }
            }
            events.dumpEnd(correlationId, entries);
        }

        @Override
        public void onDumpNeighbours(long correlationId, int routerId) {
            long entries = 0;
            for (Map.Entry<String, Long> entry : neighbours.entrySet()) {
                String[] words = entry.getKey().split(" ", 2);
                int interfaceId = Integer.parseInt(words[0]);
                if (routerOfInterface.getOrDefault(interfaceId, -1) == routerId) {
                    IpAddress address = IpAddress.parse(words[1]);
                    events.neighbourEntry(
                            correlationId,
                            interfaceId,
                            WireAddresses.family(address.family()),
                            WireAddresses.high(address),
                            WireAddresses.low(address),
                            entry.getValue());
                    entries++;
                }
            }
            events.dumpEnd(correlationId, entries);
        }

        @Override
        public void onStartCapture(
                long correlationId, int captureId, int interfaceId, int dropReason, int snapLength, long packetLimit) {
            removals.add("no capture here");
        }

        @Override
        public void onStopCapture(long correlationId, int captureId) {
            removals.add("no capture here");
        }

        @Override
        public void onSetPortRate(long correlationId, int portId, long rateBitsPerSecond, int overheadBytes) {
            keep("rate " + portId);
            answer(
                    correlationId,
                    scheduler.setRate(portId, rateBitsPerSecond, overheadBytes, ports.containsKey(portId)));
        }

        @Override
        public void onAddClass(
                long correlationId,
                int classId,
                int parentClassId,
                int portId,
                int interfaceId,
                ClassSpec spec,
                CharSequence name) {
            keep("class " + classId);
            answer(
                    correlationId,
                    scheduler.addClass(classId, parentClassId, portId, interfaceId, spec, name.toString()));
        }

        @Override
        public void onRemoveClass(long correlationId, int classId) {
            String refusal = scheduler.removeClass(classId);
            if (refusal.contains("there is no")) {
                events.commandResult(correlationId, CommandResult.NOT_FOUND, refusal);
            } else {
                answer(correlationId, refusal);
            }
        }

        @Override
        public void onSetClassFilter(
                long correlationId,
                int interfaceId,
                int defaultClassId,
                int totalLongs,
                int firstLong,
                FilterChunk chunk) {
            keep("filter " + interfaceId);
            answer(correlationId, scheduler.setFilter(interfaceId, defaultClassId, totalLongs, firstLong, chunk));
        }

        @Override
        public void onSetQuota(long correlationId, int quotaId, int packets, long bytes) {
            keep("quota " + quotaId);
            answer(correlationId, scheduler.setQuota(quotaId, packets, bytes));
        }

        @Override
        public void onDumpScheduling(long correlationId) {
            events.dumpEnd(correlationId, scheduler.dump(correlationId, events));
        }

        @Override
        public void onAddSecurityAssociation(long correlationId, SecurityAssociationSpec spec) {
            associations.put((spec.isOutbound() ? "out " : "in ") + spec.interfaceId(), spec.spi());
        }

        @Override
        public void onRemoveSecurityAssociation(long correlationId, int interfaceId, int spi, boolean isOutbound) {
            associations.remove((isOutbound ? "out " : "in ") + interfaceId);
        }

        @Override
        public void onAddLabel(long correlationId, LabelSpec spec, NextHops nextHops) {
            if (!routers.containsKey(spec.routerId())) {
                events.commandResult(correlationId, CommandResult.NOT_FOUND, "routerId " + spec.routerId());
                return;
            }
            String key = spec.routerId() + " " + spec.label();
            keep("label " + key);
            labels.put(key, copy(spec));
            labelHops.put(key, new NextHops().copyFrom(nextHops));
        }

        private static LabelSpec copy(LabelSpec spec) {
            LabelSpec copy = new LabelSpec().of(spec.routerId(), spec.label()).uniform(spec.isUniform());
            if (spec.isLocal()) {
                copy.local(spec.receiverInterfaceId());
            }
            for (int n = 0; n < spec.outCount(); n++) {
                copy.push(spec.out(n));
            }
            return copy;
        }

        @Override
        public void onRemoveLabel(long correlationId, int routerId, int label) {
            removals.add("label " + routerId + " " + label);
            labelHops.remove(routerId + " " + label);
            if (labels.remove(routerId + " " + label) == null) {
                events.commandResult(correlationId, CommandResult.NOT_FOUND, "label");
            }
        }

        @Override
        public void onDumpLabels(long correlationId) {
            labels.forEach((key, spec) ->
                    events.labelState(correlationId, spec, labelHops.getOrDefault(key, NextHops.NONE), 1, 100));
            events.dumpEnd(correlationId, labels.size());
        }

        @Override
        public void onDumpSecurityAssociations(long correlationId) {
            events.dumpEnd(correlationId, 0);
        }

        @Override
        public void onBarrier(long correlationId) {
            events.commandResult(correlationId, CommandResult.OK, "");
        }

        @Override
        public void onInvalid(long correlationId, String reason) {
            events.commandResult(correlationId, CommandResult.INVALID, reason);
        }

        private void answer(long correlationId, String refusal) {
            if (!refusal.isEmpty()) {
                events.commandResult(correlationId, CommandResult.INVALID, refusal);
            }
        }

        private void keep(String element) {
            old.remove(element);
        }
    }

    private final class Injects implements InjectHandler {
        @Override
        public void onInject(int interfaceId, long frameAddress, int frameLength) {
            byte[] frame = MemorySegment.ofAddress(frameAddress)
                    .reinterpret(frameLength)
                    .toArray(ValueLayout.JAVA_BYTE);
            injected.add(new Injected(interfaceId, frame));
            if (!up.contains(interfaceId)) {
                early.add(new Injected(interfaceId, frame));
            }
        }

        @Override
        public void onTrace(long correlationId, int interfaceId, long frameAddress, int frameLength) {
            punts.traceStep(
                    correlationId,
                    TraceStage.FORWARD,
                    Verdict.DROP,
                    DropReason.NO_ROUTE.code(),
                    interfaceId,
                    routerOfInterface.getOrDefault(interfaceId, 0),
                    -1,
                    0,
                    0,
                    0,
                    frameAddress,
                    frameLength);
            punts.traceEnd(correlationId, 1, Verdict.DROP, DropReason.NO_ROUTE.code(), -1);
        }
    }
}
