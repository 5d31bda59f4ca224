package io.vireo.bench.schedule;

import io.vireo.dataplane.schedule.ClassChange;
import io.vireo.dataplane.schedule.DequeuedBurst;
import io.vireo.dataplane.schedule.HfscLimits;
import io.vireo.dataplane.schedule.HfscScheduler;
import io.vireo.dataplane.schedule.QueueVerdict;
import io.vireo.dataplane.schedule.policy.ServiceCurve;
import io.vireo.dataplane.wire.value.ClassSpec;

/**
 * A port of a given number of classes, ten to a VPN, with four packets a class to begin with, and a step that takes a burst
 * and puts as many packets back into classes picked at random. So the port is always backlogged, but some of its classes run
 * empty and wake again all the time.
 *
 * <p>The link's time goes on by what each burst takes on the wire, so that the two criteria share the work as on a full
 * link: half of the rate is guaranteed and the rest is shared.
 */
public final class ScheduleLoad {
    /** Packets per burst, as the data plane's. */
    public static final int BURST = 32;

    private static final int CLASSES_PER_VPN = 10;
    private static final int MIN_QUEUED_PER_CLASS = 4;
    private static final int MIN_QUEUED = 4 * BURST;
    private static final int FRAME_BYTES = 60;
    private static final int WIRE_BYTES = 84;
    private static final long LINK_RATE = 100_000_000_000L;

    private final HfscScheduler scheduler;
    private final DequeuedBurst burst = new DequeuedBurst(BURST);
    private final int[] leaves;
    private final int[] next = new int[BURST];
    private long nowNs;
    private final Xorshift numbers = new Xorshift();

    /**
     * Builds the tree and fills the queues.
     *
     * @param classCount leaves: a multiple of ten, or fewer of one VPN
     */
    public ScheduleLoad(int classCount) {
        int vpnCount = Math.max(1, classCount / CLASSES_PER_VPN);
        leaves = new int[classCount];
        scheduler = new HfscScheduler(HfscLimits.ethernet(1 + vpnCount + classCount, 4 << 20, vpnCount));
        ClassSpec settings = new ClassSpec();
        for (int vpn = 0; vpn < vpnCount; vpn++) {
            addVpn(vpn, vpnCount, settings);
        }
        int queuedPerClass = Math.max(MIN_QUEUED_PER_CLASS, MIN_QUEUED / classCount);
        for (int round = 0; round < queuedPerClass; round++) {
            for (int leaf : leaves) {
                offer(leaf);
            }
        }
    }

    private void addVpn(int vpn, int vpnCount, ClassSpec settings) {
        require(scheduler.quotas().set(vpn, (4 << 20) / vpnCount, 1L << 40));
        long vpnRate = LINK_RATE / vpnCount;
        ServiceCurve vpnCurve = ServiceCurve.linear(vpnRate);
        require(scheduler.classes().add(1 + vpn, 0, settings.clear().quota(vpn).linkShare(vpnCurve), 0));
        int classes = Math.min(CLASSES_PER_VPN, leaves.length);
        ServiceCurve leafCurve = ServiceCurve.linear(vpnRate / classes / 2);
        settings.clear().quota(vpn).queue(1 << 20, 1 << 30).guarantee(leafCurve);
        for (int i = 0; i < classes; i++) {
            int leaf = vpn * classes + i;
            leaves[leaf] = 1 + vpnCount + leaf;
            require(scheduler.classes().add(leaves[leaf], 1 + vpn, settings, 0));
        }
    }

    private static void require(ClassChange change) {
        if (change != ClassChange.DONE) {
            throw new IllegalStateException(change.sentence());
        }
    }

    /** Takes a burst off and puts as many packets on; the number of packets taken. */
    public int step() {
        int count = scheduler.dequeue(nowNs, burst);
        nowNs += Math.max(1, (long) count * WIRE_BYTES * 8_000_000_000L / LINK_RATE);
        for (int i = 0; i < count; i++) {
            next[i] = leaves[Xorshift.scale(numbers.next(), leaves.length)];
        }
        scheduler.prefetch(next, 0, count);
        for (int i = 0; i < count; i++) {
            offer(next[i]);
        }
        return count;
    }

    private void offer(int leaf) {
        if (scheduler.enqueue(leaf, leaf, FRAME_BYTES, 0, nowNs) != QueueVerdict.QUEUED) {
            throw new IllegalStateException("dropped");
        }
    }
}
