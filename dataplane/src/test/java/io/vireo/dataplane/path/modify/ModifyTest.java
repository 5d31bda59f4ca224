package io.vireo.dataplane.path.modify;

import static org.assertj.core.api.Assertions.assertThat;

import io.vireo.dataplane.TestEal;
import io.vireo.dataplane.TestFrames;
import io.vireo.dataplane.forwarding.ForwardingLimits;
import io.vireo.dataplane.forwarding.ForwardingTables;
import io.vireo.dataplane.path.Burst;
import io.vireo.dataplane.path.CheckResult;
import io.vireo.dataplane.path.Disposition;
import io.vireo.dataplane.path.LinkQueue;
import io.vireo.dataplane.path.Lookups;
import io.vireo.dataplane.path.arrive.Arrive;
import io.vireo.dataplane.path.check.Check;
import io.vireo.dataplane.wire.code.DropReason;
import io.vireo.dataplane.wire.code.PuntReason;
import io.vireo.dpdk.Mbuf;
import io.vireo.dpdk.MbufArray;
import io.vireo.dpdk.Memory;
import io.vireo.dpdk.Mempool;
import io.vireo.dpdk.MempoolConfig;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ModifyTest {
    private static final long MAC = 0x020000000101L;
    private static final long GATEWAY = 0x02000000aa02L;
    private static final int ADJACENCY = 9;
    private static final int ROUTER = 7;
    private static final int EGRESS = 11;
    private static final int PORT = 3;
    private static final int MTU = 100;
    private static final int ETHERNET_BYTES = 14;

    private final ForwardingTables tables = ForwardingTables.create(new ForwardingLimits(1, 4, 16, 1024, 1024, 64, 4));
    private final LinkQueue links = new LinkQueue(4);
    private final Modify modify = new Modify(
            tables.adjacencies(),
            tables.interfaces(),
            tables.encapsulator(null),
            tables.decapsulator(true),
            tables.reassembler(null, 1),
            links,
            new Crossings(tables.interfaces(), tables.encapsulations(), tables.adjacencies()));
    private final Burst burst = new Burst(8, 0);
    private final MbufArray fresh = MbufArray.allocate(1);
    private Mempool pool;

    @BeforeEach
    void open() {
        TestEal.get();
        pool = Mempool.create("modify", new MempoolConfig().mbufs(63).cacheMbufs(0));
        define(0);
    }

    @AfterEach
    void close() {
        Mempool.free(burst.mbufs, 0, burst.size);
        assertThat(pool.inUseCount()).isZero();
        pool.close();
    }

    private void define(int vlan) {
        tables.adjacencies().define(ADJACENCY, EGRESS, PORT, vlan == 0 ? ETHERNET_BYTES : ETHERNET_BYTES + 4);
        tables.adjacencies().setHeader(ADJACENCY, GATEWAY, MAC, vlan);
        tables.adjacencies().setMtu(ADJACENCY, MTU);
        tables.adjacencies().setDisposition(ADJACENCY, Disposition.FORWARD);
    }

    /** Lists a packet as forward would leave it, in a frame with padding behind it. */
    private void forwarded(byte[] packet, int nextHop) {
        boolean isIpv4 = packet[0] >> 4 == 4;
        byte[] frame = TestFrames.ethernet(MAC, 0x02000000aa01L, isIpv4 ? 0x0800 : 0x86dd, packet);
        byte[] padded = Arrays.copyOf(frame, frame.length + 6);
        assertThat(pool.allocate(fresh, 0, 1)).isEqualTo(1);
        Memory.copy(padded, 0, Mbuf.append(fresh.get(0), padded.length), padded.length);
        int i = burst.size++;
        burst.mbufs.set(i, fresh.get(0));
        burst.router[i] = ROUTER;
        Arrive.describe(burst, 0);
        new Check().process(burst);
        Lookups list = isIpv4 ? burst.ipv4 : burst.ipv6;
        list.packet[list.count] = i;
        list.nextHop[list.count++] = nextHop;
    }

    private static byte[] packet4(int ttl) {
        return TestFrames.ipv4(0x0a000102, 0x0a000202, ttl, 30);
    }

    private static byte[] packet6(int hopLimit) {
        return TestFrames.ipv6(0x20010db8L << 32, 1, 0x20010db9L << 32, 2, 17, hopLimit, 30);
    }

    private byte[] content(int i) {
        long mbuf = burst.mbufs.get(i);
        byte[] frame = new byte[Mbuf.dataLength(mbuf)];
        Memory.copy(Mbuf.dataAddress(mbuf), frame, 0, frame.length);
        return frame;
    }

    private void assertExcepted(int disposition) {
        assertThat(burst.exceptedCount).isEqualTo(1);
        assertThat(burst.disposition[burst.excepted[0]]).isEqualTo(disposition);
        assertThat(burst.txFrames.count).isZero();
    }

    @Test
    void shouldRewriteForTheNeighbourAndCutPaddingOff() {
        forwarded(packet4(64), ADJACENCY);
        forwarded(packet6(64), ADJACENCY);
        modify.process(burst);

        assertThat(burst.exceptedCount).isZero();
        assertThat(content(0)).isEqualTo(TestFrames.ethernet(GATEWAY, MAC, 0x0800, packet4(63)));
        assertThat(content(1)).isEqualTo(TestFrames.ethernet(GATEWAY, MAC, 0x86dd, packet6(63)));
        assertThat(burst.txFrames.count).isEqualTo(2);
        assertThat(burst.txFrames.mbuf).startsWith(burst.mbufs.get(0), burst.mbufs.get(1));
        assertThat(burst.txFrames.egress).startsWith(EGRESS, EGRESS);
        assertThat(burst.txFrames.router).startsWith(ROUTER, ROUTER);
        assertThat(burst.txFrames.target).startsWith(PORT, PORT);
        assertThat(burst.txFrames.bytes).startsWith(64, 84);
    }

    @Test
    void shouldWriteTheTagOfTheEgressInterface() {
        define(20);
        forwarded(packet4(64), ADJACENCY);
        modify.process(burst);

        assertThat(content(0)).isEqualTo(TestFrames.tagged(GATEWAY, MAC, 20, 0x0800, packet4(63)));
    }

    @Test
    void shouldKeepTheChecksumRightForEveryTtl() {
        for (int ttl = 2; ttl < 256; ttl++) {
            burst.clear();
            forwarded(packet4(ttl), ADJACENCY);
            modify.process(burst);
            assertThat(content(0)).isEqualTo(TestFrames.ethernet(GATEWAY, MAC, 0x0800, packet4(ttl - 1)));
            Mempool.free(burst.mbufs, 0, 1);
        }
        burst.clear();
    }

    @Test
    void shouldPuntUntouchedWhatHasNoHopLeft() {
        forwarded(packet4(1), ADJACENCY);
        byte[] before = content(0);
        modify.process(burst);

        assertExcepted(Disposition.punt(PuntReason.TTL_EXPIRED));
        assertThat(content(0)).isEqualTo(before);
    }

    @Test
    void shouldPuntWhatExceedsTheMtuByAByte() {
        forwarded(TestFrames.ipv4(1 << 24, 2 << 24, 64, MTU - 20), ADJACENCY);
        forwarded(TestFrames.ipv4(1 << 24, 2 << 24, 64, MTU - 20 + 1), ADJACENCY);
        modify.process(burst);

        assertThat(burst.txFrames.count).isEqualTo(1);
        assertThat(burst.excepted[0]).isEqualTo(1);
        assertThat(burst.disposition[1]).isEqualTo(Disposition.punt(PuntReason.TOO_BIG));
    }

    @Test
    void shouldDoWhatTheAdjacencySaysBeforeItLooksAtTheHopLimit() {
        tables.adjacencies().setDisposition(ADJACENCY, Disposition.drop(DropReason.EGRESS_DOWN));
        forwarded(packet4(1), ADJACENCY);
        modify.process(burst);

        assertExcepted(Disposition.drop(DropReason.EGRESS_DOWN));
    }

    @Test
    void shouldForwardNothingThatOnlyTheRouterMayTake() {
        int why = Disposition.drop(DropReason.LINK_BROADCAST_UNICAST);
        forwarded(packet4(64), ADJACENCY);
        burst.checkResult[0] = CheckResult.withLocalOnlyReason(burst.checkResult[0], why);
        modify.process(burst);

        assertExcepted(why);
    }

    @Test
    void shouldPuntToTheRouterWhatOnlyItMayTake() {
        tables.adjacencies().setDisposition(ADJACENCY, Disposition.punt(PuntReason.LOCAL));
        forwarded(packet4(64), ADJACENCY);
        burst.checkResult[0] = CheckResult.withLocalOnlyReason(
                burst.checkResult[0], Disposition.drop(DropReason.LINK_BROADCAST_UNICAST));
        modify.process(burst);

        assertExcepted(Disposition.punt(PuntReason.LOCAL));
        assertThat(links.size()).isZero();
    }
}
