package io.vireo.bench.micro.path;

import io.vireo.bench.forward.Workload;
import io.vireo.bench.forward.WorkloadCommands;
import io.vireo.bench.micro.Expect;
import io.vireo.dataplane.encapsulation.Decapsulator;
import io.vireo.dataplane.encapsulation.Encapsulator;
import io.vireo.dataplane.interfaces.InterfaceTable;
import io.vireo.dataplane.path.Burst;
import io.vireo.dataplane.path.Ethernet;
import io.vireo.dataplane.path.Ipv4;
import io.vireo.dataplane.wire.code.AddressFamily;
import io.vireo.dataplane.wire.code.Encapsulation;
import io.vireo.dataplane.wire.code.GreOptions;
import io.vireo.dataplane.wire.code.VnsOption;
import io.vireo.dataplane.wire.value.InterfaceSpec;
import io.vireo.dpdk.Mbuf;
import io.vireo.dpdk.Memory;
import java.io.IOException;
import java.util.List;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * Packets of 46 bytes into a tunnel over IPv4 and out of it, everything in the first cache: what modify does with them beyond a plain
 * packet. Out of it goes what the far end would send, which is what is sent here with the addresses exchanged.
 */
@State(Scope.Thread)
public class TunnelBenchmark {
    private static final String IPIP = "IP in IP";
    private static final String GRE = "GRE";
    private static final String KEYED = "GRE, key";
    private static final String CHECKED = "GRE, key and checksum";
    private static final String VNS = "VNS, stream identifier";
    private static final String VNS_WITH_FLOW = "VNS, VPN-ID and flow";

    private static final int ROUTER = 0;
    private static final int TUNNEL = 2;
    private static final long MAC = 0x020000000201L;
    private static final int MTU = 1400;
    private static final int HOP_LIMIT = 64;
    private static final int KEY = 7;
    private static final int LOCAL = 192 << 24 | 2 << 8 | 1;

    /** The first flow's destination: the way to it is known. */
    private static final int REMOTE = 10 << 24 | 1;

    /** More than any of the kinds writes. */
    private static final int SAVED_BYTES = 40;

    /** Of the tunnel. */
    @Param({IPIP, GRE, KEYED, CHECKED, VNS, VNS_WITH_FLOW})
    public String kind = GRE;

    private PathRig rig;
    private Burst burst;
    private Encapsulator encapsulator;
    private Decapsulator decapsulator;
    private int encapsulation;
    private final long[] inner = new long[Stages.BURST];
    private final int[] innerBytes = new int[Stages.BURST];
    private final long[] saved = new long[Stages.BURST * SAVED_BYTES / Long.BYTES];

    /** Each packet must get into the tunnel and out of it. */
    @Setup
    public void prepare() throws IOException {
        rig = new PathRig();
        Workload workload = MicroWorkloads.named(MicroWorkloads.ONE);
        rig.configure(workload, PathRig::nullDevice);
        WorkloadCommands.require(rig.proxy.topology().addInterface(rig.proxy.nextCorrelationId(), tunnel()));
        rig.settle();
        encapsulation = InterfaceTable.encapsulation(rig.tables.interfaces().record(TUNNEL));
        encapsulator = rig.tables.encapsulator(null);
        decapsulator = rig.tables.decapsulator(true);
        List<byte[]> frames = PathRig.frames(workload, 0).subList(0, Stages.BURST);
        burst = new PreparedBurst(rig.pool, 0, frames).burst;
        new Stages(rig).lookUp(burst);
        System.arraycopy(burst.network, 0, inner, 0, Stages.BURST);
        System.arraycopy(burst.networkLength, 0, innerBytes, 0, Stages.BURST);
        Expect.count("packets sent", Stages.BURST, encapsulate());
        for (int i = 0; i < Stages.BURST; i++) {
            makeReceived(i);
        }
        Expect.count("interfaces that receive", (long) Stages.BURST * TUNNEL, decapsulate());
    }

    private InterfaceSpec tunnel() {
        InterfaceSpec spec = new InterfaceSpec()
                .id(TUNNEL, ROUTER)
                .mac(MAC)
                .mtuBytes(MTU)
                .name("tunnel")
                .tunnel(
                        encapsulationOfKind(),
                        ROUTER,
                        AddressFamily.IPV4,
                        0,
                        Integer.toUnsignedLong(LOCAL),
                        0,
                        Integer.toUnsignedLong(REMOTE),
                        HOP_LIMIT);
        return switch (kind) {
            case KEYED -> spec.gre(GreOptions.KEY, KEY);
            case CHECKED -> spec.gre(GreOptions.KEY | GreOptions.CHECKSUM, KEY);
            case VNS -> spec.vns(VnsOption.STREAM_ID, KEY);
            case VNS_WITH_FLOW -> spec.vns(VnsOption.EXPERIMENTAL_WITH_FLOW, KEY);
            default -> spec;
        };
    }

    private Encapsulation encapsulationOfKind() {
        return switch (kind) {
            case IPIP -> Encapsulation.IPIP;
            case VNS, VNS_WITH_FLOW -> Encapsulation.VNS;
            default -> Encapsulation.GRE;
        };
    }

    /** Makes of a packet that was sent one that the far end would send, and keeps what is before the packet inside. */
    private void makeReceived(int i) {
        long outer = Mbuf.dataAddress(burst.mbufs.get(i)) + Ethernet.TAGGED_HEADER_BYTES;
        Memory.putIntBigEndian(outer + Ipv4.SOURCE, REMOTE);
        Memory.putIntBigEndian(outer + Ipv4.DESTINATION, LOCAL);
        burst.network[i] = outer;
        burst.networkLength[i] = innerBytes[i] + (int) (inner[i] - outer);
        for (int n = 0; n < SAVED_BYTES / Long.BYTES; n++) {
            saved[i * SAVED_BYTES / Long.BYTES + n] = Memory.getLong(inner[i] - SAVED_BYTES + (long) n * Long.BYTES);
        }
    }

    @Benchmark
    @OperationsPerInvocation(Stages.BURST)
    public long encapsulate() {
        burst.txFrames.count = 0;
        for (int i = 0; i < Stages.BURST; i++) {
            encapsulator.send(burst.txFrames, burst.mbufs.get(i), inner[i], innerBytes[i], ROUTER, encapsulation);
        }
        return burst.txFrames.count;
    }

    /** With five stores per packet that give it the header back over which its Ethernet header was written. */
    @Benchmark
    @OperationsPerInvocation(Stages.BURST)
    public long decapsulate() {
        long interfaces = 0;
        for (int i = 0; i < Stages.BURST; i++) {
            for (int n = 0; n < SAVED_BYTES / Long.BYTES; n++) {
                Memory.putLong(inner[i] - SAVED_BYTES + (long) n * Long.BYTES, saved[i * SAVED_BYTES / Long.BYTES + n]);
            }
            interfaces += decapsulator.unwrap(burst, i);
        }
        return interfaces;
    }

    @TearDown
    public void close() throws IOException {
        rig.close();
    }
}
