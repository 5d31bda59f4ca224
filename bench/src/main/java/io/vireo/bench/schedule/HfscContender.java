package io.vireo.bench.schedule;

import io.vireo.dataplane.schedule.ClassChange;
import io.vireo.dataplane.schedule.DequeuedBurst;
import io.vireo.dataplane.schedule.HfscLimits;
import io.vireo.dataplane.schedule.HfscScheduler;
import io.vireo.dataplane.schedule.QueueVerdict;
import io.vireo.dataplane.schedule.policy.ServiceCurve;
import io.vireo.dataplane.wire.value.ClassSpec;
import io.vireo.dpdk.Mbuf;
import io.vireo.dpdk.MbufArray;

/**
 * Vireo's scheduler: a class for each VPN with an equal share of the link, a class with a guarantee of half its part below for
 * each leaf. So one half of the link goes out by the real-time criterion and the other by link share. One thread.
 */
final class HfscContender implements PacketScheduler {
    private static final int NO_ECN = 0;
    private static final int QUEUE_PACKETS = 1 << 20;
    private static final int QUEUE_BYTES = 1 << 30;
    private static final long ANY_BYTES = 1L << 40;

    private final Load load;
    private final LinkClock clock;
    private final HfscScheduler scheduler;
    private final DequeuedBurst burst = new DequeuedBurst(Load.BURST);
    private final int[] classes = new int[Load.BURST];
    private final int firstLeaf;

    private HfscContender(Load load, LinkClock clock) {
        this.load = load;
        this.clock = clock;
        firstLeaf = 1 + load.vpns();
        int roomForPackets = 2 * load.packets(); // a VPN may have more than it began with, see Arrivals
        scheduler = new HfscScheduler(HfscLimits.ethernet(firstLeaf + load.leaves(), roomForPackets, load.vpns()));
        ClassSpec settings = new ClassSpec();
        for (int vpn = 0; vpn < load.vpns(); vpn++) {
            addVpn(vpn, roomForPackets / load.vpns(), settings);
        }
    }

    /** A port on a link that is always busy: it may send whenever it is asked, and time goes on by what it sent. */
    static HfscContender unshaped(Load load) {
        return new HfscContender(load, LinkClock.ofBusyLink(load.linkRate()));
    }

    /** A port held to the link's rate by the real time. */
    static HfscContender shaped(Load load) {
        HfscContender contender = new HfscContender(load, LinkClock.real());
        ClassSpec limit = new ClassSpec().clear().upperLimit(ServiceCurve.linear(load.linkRate()));
        require(contender.scheduler.classes().limitPort(limit, 0));
        return contender;
    }

    private void addVpn(int vpn, int quotaPackets, ClassSpec settings) {
        require(scheduler.quotas().set(vpn, quotaPackets, ANY_BYTES));
        long vpnRate = load.linkRate() / load.vpns();
        settings.clear().quota(vpn).linkShare(ServiceCurve.linear(vpnRate));
        require(scheduler.classes().add(1 + vpn, 0, settings, 0));
        settings.clear().quota(vpn).queue(QUEUE_PACKETS, QUEUE_BYTES);
        settings.guarantee(ServiceCurve.linear(vpnRate / Load.CLASSES_PER_VPN / 2));
        for (int i = 0; i < Load.CLASSES_PER_VPN; i++) {
            int leaf = firstLeaf + vpn * Load.CLASSES_PER_VPN + i;
            require(scheduler.classes().add(leaf, 1 + vpn, settings, 0));
        }
    }

    private static void require(ClassChange change) {
        if (change != ClassChange.DONE) {
            throw new IllegalStateException(change.sentence());
        }
    }

    @Override
    public int enqueue(MbufArray packets, int[] leaves, int count) {
        for (int i = 0; i < count; i++) {
            classes[i] = firstLeaf + leaves[i];
        }
        scheduler.prefetch(classes, 0, count);
        long nowNs = clock.nowNs();
        int taken = 0;
        for (int i = 0; i < count; i++) {
            long mbuf = packets.get(i);
            if (scheduler.enqueue(classes[i], mbuf, Mbuf.packetLength(mbuf), NO_ECN, nowNs) == QueueVerdict.QUEUED) {
                taken++;
            }
        }
        return taken;
    }

    @Override
    public int dequeue(MbufArray into) {
        int count = scheduler.dequeue(clock.nowNs(), burst);
        for (int i = 0; i < count; i++) {
            into.set(i, burst.sent(i));
        }
        clock.onSent(count);
        return count;
    }

    @Override
    public void close() {
        // Its memory goes with it.
    }
}
