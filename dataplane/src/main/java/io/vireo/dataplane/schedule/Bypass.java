package io.vireo.dataplane.schedule;

import static io.vireo.dataplane.schedule.ClassTable.LINK_SHARE;
import static io.vireo.dataplane.schedule.ClassTable.REAL_TIME;
import static io.vireo.dataplane.schedule.ClassTable.RT_WORK;

/**
 * The bypass of an idle scheduler, for packets that come when nothing that is queued at the port may leave, and leave in the same
 * moment. No other competes with such a packet, so it needs no place in a queue, among the eligible, or among its siblings; what
 * is left of enqueuing and dequeuing it is the arithmetic of the curves, which is done as if it had had them.
 *
 * <p>A packet may not bypass that would be dropped, wait for a limit, or leave by a guarantee that its share's limit does not
 * allow; nor one beside which something waits below the port, for then classes above it are in places that it would change. To
 * ask for it changes no more than to enqueue it would. Single writer.
 */
final class Bypass {
    private final ClassTable table;
    private final PacketQueues queues;
    private final RealTime realTime;
    private final LinkShare linkShare;
    private final ClassStatistics statistics;
    private final WireLength wire;

    Bypass(
            ClassTable table,
            PacketQueues queues,
            RealTime realTime,
            LinkShare linkShare,
            ClassStatistics statistics,
            WireLength wire) {
        this.table = table;
        this.queues = queues;
        this.realTime = realTime;
        this.linkShare = linkShare;
        this.statistics = statistics;
        this.wire = wire;
    }

    /** See {@link HfscScheduler#bypass}. */
    int send(int[] leaves, int[] frameBytes, int from, int end, long nowNs) {
        if (!isFree(nowNs) || !linkShare.fitsPortLimit(wireBytes(frameBytes, from, end), nowNs)) {
            return from;
        }
        int next = from;
        while (next < end && trySend(leaves[next], frameBytes[next], nowNs)) {
            next++;
        }
        return next;
    }

    /** Whether nothing that is queued may leave now; so it stays while packets bypass. */
    private boolean isFree(long nowNs) {
        return queues.areEmpty() || (realTime.nextNs() > nowNs && linkShare.nextNs() > nowNs);
    }

    private long wireBytes(int[] frameBytes, int from, int end) {
        long sum = 0;
        for (int k = from; k < end; k++) {
            sum += wire.of(frameBytes[k]);
        }
        return sum;
    }

    private boolean trySend(int leaf, int frameBytes, long nowNs) {
        if (!table.isOpenLeaf(leaf)) {
            return false;
        }
        long at = table.at(leaf);
        if (queues.packets(leaf) > 0 || queues.verdict(at, frameBytes) != QueueVerdict.QUEUED) {
            return false;
        }
        boolean isShared = LINK_SHARE.isPresent(at);
        boolean isGuaranteed = REAL_TIME.isPresent(at) && RealTime.isEligible(at, nowNs);
        boolean mayBypass =
                isShared ? linkShare.mayBypass(leaf, nowNs) : isGuaranteed && linkShare.mayBypassUnshared(leaf);
        if (!mayBypass) {
            return false;
        }
        int bytes = wire.of(frameBytes);
        if (isGuaranteed) {
            Words.add(at + RT_WORK, bytes);
        }
        if (isShared) {
            linkShare.account(leaf, bytes, nowNs);
        } else {
            linkShare.accountUnshared(leaf, bytes, nowNs);
        }
        statistics.onBypassed(leaf, frameBytes);
        return true;
    }
}
