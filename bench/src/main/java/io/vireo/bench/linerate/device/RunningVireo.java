package io.vireo.bench.linerate.device;

import io.vireo.bench.forward.LaunchedVireo;
import io.vireo.bench.forward.WorkloadCommands;
import io.vireo.bench.linerate.traffic.Rewrite;
import io.vireo.bench.process.ProcessThreads;
import io.vireo.dataplane.wire.code.AddressFamily;
import io.vireo.dataplane.wire.code.RouteKind;
import io.vireo.dataplane.wire.command.DataplaneProxy;
import io.vireo.dataplane.wire.memory.SharedMemory;
import io.vireo.dataplane.wire.value.InterfaceSpec;
import io.vireo.dataplane.wire.value.NextHops;
import java.io.IOException;
import java.util.concurrent.TimeUnit;

/** A running data plane of Vireo's with its tables. One thread. */
final class RunningVireo implements RunningDevice {
    private static final String WORKER_THREAD = "worker-0";
    private static final int ROUTER = 0;
    private static final int INGRESS = 0;
    private static final int EGRESS = 1;
    private static final int UNTAGGED = 0;
    private static final int QUEUES = 1;
    private static final int DESCRIPTORS = 1024;
    private static final int MTU = 1500;
    private static final int PREFIX_LENGTH = 24;
    private static final int PUNTS_PER_SECOND = 100;

    /** 198.18.0.0, the first flow's prefix. */
    private static final long FIRST_PREFIX = 198L << 24 | 18L << 16;

    /** The neighbour on the egress interface: 10.255.0.2. */
    private static final long GATEWAY = 10L << 24 | 255L << 16 | 2;

    private static final long COMMAND_WAIT_NS = TimeUnit.SECONDS.toNanos(5);

    private final LaunchedVireo launched;
    private final SharedMemory memory;
    private final Rewrite rewrite;
    private final DataplaneProxy proxy;
    private boolean closed;

    RunningVireo(LaunchedVireo launched, SharedMemory memory, Rewrite rewrite) {
        this.launched = launched;
        this.memory = memory;
        this.rewrite = rewrite;
        this.proxy = new DataplaneProxy(memory, COMMAND_WAIT_NS);
    }

    /** Attaches the ports and fills the tables; returns when all of it is in force. */
    void configure(WireEnds wire, int flows) throws IOException {
        memory.attachControl(ProcessHandle.current().pid(), System.nanoTime());
        WorkloadCommands.require(proxy.topology().addRouter(id(), ROUTER, 1, PUNTS_PER_SECOND, PUNTS_PER_SECOND, "r0"));
        addInterface(INGRESS, DeviceUnderTest.ROUTER_MAC, wire);
        addInterface(EGRESS, DeviceUnderTest.EGRESS_MAC, wire);
        WorkloadCommands.require(
                proxy.tables().addNeighbour(id(), EGRESS, AddressFamily.IPV4, 0, GATEWAY, DeviceUnderTest.SINK_MAC));
        for (int flow = 0; flow < flows; flow++) {
            WorkloadCommands.require(proxy.tables()
                    .addRoute(
                            id(),
                            ROUTER,
                            AddressFamily.IPV4,
                            0,
                            FIRST_PREFIX + ((long) flow << 8),
                            PREFIX_LENGTH,
                            RouteKind.UNICAST,
                            new NextHops().add(EGRESS, 0, GATEWAY, 1)));
        }
        launched.awaitBarrier(memory, proxy);
    }

    /** Interface n on port n. */
    private void addInterface(int number, long mac, WireEnds wire) {
        WorkloadCommands.require(
                proxy.topology().addPort(id(), number, QUEUES, DESCRIPTORS, MTU, "p" + number, wire.ofDevice(number)));
        InterfaceSpec spec = new InterfaceSpec()
                .id(number, ROUTER)
                .mac(mac)
                .mtuBytes(MTU)
                .name("i" + number)
                .access(number, UNTAGGED);
        WorkloadCommands.require(proxy.topology().addInterface(id(), spec));
        WorkloadCommands.require(proxy.topology().setInterfaceState(id(), number, true));
    }

    private long id() {
        return proxy.nextCorrelationId();
    }

    @Override
    public Rewrite rewrite() {
        return rewrite;
    }

    @Override
    public int forwardingThread() throws IOException {
        return ProcessThreads.find(launched.process().pid(), WORKER_THREAD);
    }

    @Override
    public void kill() throws InterruptedException {
        launched.process().destroyForcibly().waitFor();
    }

    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        launched.close();
        memory.close();
    }
}
