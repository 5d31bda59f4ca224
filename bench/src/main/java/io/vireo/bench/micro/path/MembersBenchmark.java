package io.vireo.bench.micro.path;

import io.vireo.bench.forward.Workload;
import io.vireo.bench.forward.WorkloadCommands;
import io.vireo.bench.micro.Expect;
import io.vireo.dataplane.interfaces.InterfaceTable;
import io.vireo.dataplane.membership.policy.MemberList;
import io.vireo.dataplane.membership.policy.MemberList.Otherwise;
import io.vireo.dataplane.membership.policy.MemberTuple;
import io.vireo.dataplane.path.Burst;
import io.vireo.dataplane.schedule.policy.FilterPrefix;
import io.vireo.dataplane.wire.code.VnsOption;
import io.vireo.dataplane.wire.value.InterfaceSpec;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * Classify where a list of members says which VPN each packet is of, beside an interface without one: a host for each tuple, as an operator
 * lists them, and packets of all of them in no order.
 */
@State(Scope.Thread)
public class MembersBenchmark {
    private static final long SEED = 20_261_130;
    private static final int BURSTS = 64;
    private static final int VPN_ID = 7;
    private static final int SHARED = 32_000;
    private static final int FIRST_HOST = 0x0b00_0000;
    private static final int TYPE = 12;
    private static final short VLAN = (short) 0x8100;
    private static final int TAG_BYTES = 4;
    private static final int ETHERNET_BYTES = 14;
    private static final int CHECKSUM = 10;
    private static final int SOURCE = 12;
    private static final int HEADER_BYTES = 20;

    /** Of the list; 0: there is none. */
    @Param({"0", "10", "1000", "10000"})
    public int tuples;

    private final Random random = new Random(SEED);
    private PathRig rig;
    private Stages stages;
    private Burst[] bursts;
    private int nextBurst;

    /** Every packet must come in by the interface that shares the wire, if there is a list. */
    @Setup
    public void prepare() throws IOException {
        rig = new PathRig();
        Workload workload = MicroWorkloads.named(MicroWorkloads.ONE);
        rig.configure(workload, PathRig::nullDevice);
        stages = new Stages(rig);
        List<byte[]> frames = PathRig.frames(workload, 0);
        bursts = IntStream.range(0, BURSTS)
                .mapToObj(n -> new PreparedBurst(rig.pool, 0, ofHosts(frames)).burst)
                .toArray(Burst[]::new);
        stages.lookUp(bursts[0]);
        int ingress = bursts[0].ingress[0];
        if (tuples > 0) {
            share(ingress);
        }
        for (Burst burst : bursts) {
            stages.lookUp(burst);
            int expected = tuples > 0 ? SHARED : ingress;
            long found = IntStream.range(0, burst.size)
                    .filter(i -> burst.ingress[i] == expected)
                    .count();
            Expect.count("packets of members", burst.size, found);
        }
    }

    private void share(int ingress) throws IOException {
        long record = rig.tables.interfaces().record(ingress);
        InterfaceSpec shared = new InterfaceSpec()
                .id(SHARED, InterfaceTable.router(record))
                .mac(InterfaceTable.mac(record) + SHARED)
                .mtuBytes(1_500)
                .name("shared")
                .access(InterfaceTable.port(record), InterfaceTable.vlan(record))
                .vns(VnsOption.SHARED, VPN_ID);
        WorkloadCommands.require(rig.proxy.topology().addInterface(rig.proxy.nextCorrelationId(), shared));
        rig.settle();
        List<MemberTuple> list = IntStream.range(0, tuples)
                .mapToObj(n -> new MemberTuple(
                        VPN_ID, MemberTuple.ANY, null, null, new FilterPrefix(true, 0, FIRST_HOST + n, 32), null))
                .toList();
        long[] image = new MemberList(list, List.of(), Otherwise.DROP, 0).image();
        WorkloadCommands.require(rig.proxy.members().setMembers(rig.proxy.nextCorrelationId(), ingress, image));
        rig.settle();
    }

    /** A burst from hosts drawn at random. */
    private List<byte[]> ofHosts(List<byte[]> frames) {
        List<byte[]> burst = new ArrayList<>();
        for (int n = 0; n < Stages.BURST; n++) {
            ByteBuffer frame = ByteBuffer.wrap(frames.get(n).clone());
            int header = ETHERNET_BYTES + (frame.getShort(TYPE) == VLAN ? TAG_BYTES : 0);
            frame.putInt(header + SOURCE, FIRST_HOST + random.nextInt(Math.max(1, tuples)));
            frame.putShort(header + CHECKSUM, (short) 0);
            int sum = 0;
            for (int offset = 0; offset < HEADER_BYTES; offset += Short.BYTES) {
                sum += frame.getShort(header + offset) & 0xffff;
            }
            sum = (sum & 0xffff) + (sum >>> Short.SIZE);
            frame.putShort(header + CHECKSUM, (short) ~(sum + (sum >>> Short.SIZE)));
            burst.add(frame.array());
        }
        return burst;
    }

    @TearDown
    public void close() {
        rig.close();
    }

    @Benchmark
    @OperationsPerInvocation(Stages.BURST)
    public Burst classify() {
        nextBurst = (nextBurst + 1) % BURSTS;
        Burst burst = bursts[nextBurst];
        Stages.forget(burst);
        stages.classify.process(burst);
        return burst;
    }
}
