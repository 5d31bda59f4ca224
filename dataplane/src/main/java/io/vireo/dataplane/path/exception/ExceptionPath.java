package io.vireo.dataplane.path.exception;

import io.vireo.dataplane.path.Burst;
import io.vireo.dataplane.path.Disposition;
import io.vireo.dataplane.path.EpochClock;
import io.vireo.dataplane.path.Ethernet;
import io.vireo.dataplane.path.answer.Answers;
import io.vireo.dataplane.wire.code.DropReason;
import io.vireo.dataplane.wire.code.PuntClass;
import io.vireo.dataplane.wire.counters.StatisticsWriter;
import io.vireo.dataplane.wire.frame.PuntWriter;
import io.vireo.dpdk.Mbuf;
import io.vireo.dpdk.Memory;

/**
 * Where packets end that left the common loops: dropped, answered, or punted into the control plane as they arrived, without VLAN tag.
 *
 * <p>Counters: punted per interface and virtual router; punted per router and class; not punted because of a budget;
 * drops. Single user: its worker.
 */
public final class ExceptionPath {
    private static final int PUNT_LIMIT = DropReason.PUNT_LIMIT.code();
    private static final int ENCAPSULATED_TOO_BIG = Disposition.drop(DropReason.ENCAPSULATED_TOO_BIG);
    private static final int TTL_EXPIRED = Disposition.drop(DropReason.TTL_EXPIRED);
    private static final int TOO_BIG = Disposition.drop(DropReason.TOO_BIG);
    private static final int[] CLASS_LIMITS = classLimits();
    private static final int PUNT_RING_FULL = DropReason.PUNT_RING_FULL.code();

    private final Answers answers;
    private final PuntBudgets budgets;
    private final PuntWriter punts;
    private final StatisticsWriter statistics;
    private final Discards discards;
    private final EpochClock clock;

    public ExceptionPath(
            Answers answers,
            PuntBudgets budgets,
            PuntWriter punts,
            StatisticsWriter statistics,
            Discards discards,
            EpochClock clock) {
        this.answers = answers;
        this.budgets = budgets;
        this.punts = punts;
        this.statistics = statistics;
        this.discards = discards;
        this.clock = clock;
    }

    private static int[] classLimits() {
        PuntClass[] classes = PuntClass.values();
        int[] reasons = new int[classes.length];
        for (PuntClass puntClass : classes) {
            reasons[puntClass.code()] = puntClass.dropReason().code();
        }
        return reasons;
    }

    /** Ends every excepted packet of the burst. */
    public void process(Burst burst, long nowNs) {
        for (int n = 0; n < burst.exceptedCount; n++) {
            int i = burst.excepted[n];
            int why = burst.disposition[i];
            if (Disposition.isPunt(why)) {
                answerOrPunt(burst, i, Disposition.reasonCode(why), nowNs);
            } else if (why == ENCAPSULATED_TOO_BIG) {
                answerOrDrop(burst, i, nowNs);
            } else {
                if (why == TTL_EXPIRED || why == TOO_BIG) { // behind labels, or on a virtual link; others are punted
                    answers.answerLabelled(burst, i, why == TOO_BIG, nowNs);
                }
                drop(burst, i, Disposition.reasonCode(why));
            }
        }
    }

    /** What is too long underneath a tunnel is of no use to the kernel, who would send it into the same tunnel. */
    private void answerOrDrop(Burst burst, int i, long nowNs) {
        int outcome = answers.answerTooBig(burst, i, nowNs);
        if (outcome != Answers.TURNED_ROUND) {
            drop(burst, i, Disposition.reasonCode(outcome == Answers.NONE ? ENCAPSULATED_TOO_BIG : outcome));
        }
    }

    private void answerOrPunt(Burst burst, int i, int reason, long nowNs) {
        int outcome = answers.answer(burst, i, reason, nowNs);
        switch (outcome) {
            case Answers.NONE -> punt(burst, i, reason, nowNs);
            case Answers.INFORM -> inform(burst, i, reason, nowNs);
            case Answers.ANSWERED -> discards.free(burst.mbufs.get(i));
            case Answers.TURNED_ROUND -> {}
            default -> drop(burst, i, Disposition.reasonCode(outcome));
        }
    }

    /** Punts a packet that has been answered, for the kernel to learn who asked. If that cannot be, nothing is lost. */
    private void inform(Burst burst, int i, int reason, long nowNs) {
        int interfaceId = burst.ingress[i];
        int router = burst.router[i];
        int puntClass = PuntClassifier.classOf(reason, burst.network[i], burst.networkLength[i]);
        int outcome = budgets.police(interfaceId, router, puntClass, nowNs);
        boolean hasRoom = outcome == PuntBudgets.COMMITTED
                || (outcome == PuntBudgets.EXCESS && punts.hasRoomForExcess(puntClass));
        if (!hasRoom || !copyToControl(burst, i, reason, puntClass, nowNs)) {
            discards.free(burst.mbufs.get(i));
        }
    }

    private void punt(Burst burst, int i, int reason, long nowNs) {
        int interfaceId = burst.ingress[i];
        int router = burst.router[i];
        int puntClass = PuntClassifier.classOf(reason, burst.network[i], burst.networkLength[i]);
        int outcome = budgets.police(interfaceId, router, puntClass, nowNs);
        if (outcome > PuntBudgets.EXCESS) {
            statistics.interfacePuntLimited(interfaceId, 1);
            statistics.routerPuntLimited(router, 1);
            drop(burst, i, outcome == PuntBudgets.OVER_ROUTER ? PUNT_LIMIT : CLASS_LIMITS[puntClass]);
            return;
        }
        if (outcome == PuntBudgets.EXCESS && !punts.hasRoomForExcess(puntClass)) {
            drop(burst, i, PUNT_RING_FULL);
            return;
        }
        if (!copyToControl(burst, i, reason, puntClass, nowNs)) {
            drop(burst, i, PUNT_RING_FULL);
        }
    }

    /** Copies a packet to control, counts and frees it; false: there is no room, and it is still there. */
    private boolean copyToControl(Burst burst, int i, int reason, int puntClass, long nowNs) {
        int interfaceId = burst.ingress[i];
        int router = burst.router[i];
        int tagBytes = removeTag(burst, i);
        long frame = burst.frame[i] + tagBytes;
        int length = Mbuf.dataLength(burst.mbufs.get(i)) - tagBytes; // of a virtual link's frame less came than is left
        if (!punts.punt(interfaceId, router, reason, puntClass, clock.epochNs(nowNs), frame, length)) {
            return false;
        }
        statistics.interfacePunted(interfaceId, 1);
        statistics.routerPunted(router, puntClass, 1);
        discards.free(burst.mbufs.get(i));
        return true;
    }

    /** Moves the addresses over the tag, if there is one; returns by how many bytes the frame's start has moved. */
    private static int removeTag(Burst burst, int i) {
        long frame = burst.frame[i];
        if (Memory.getShort(frame + Ethernet.TYPE) != Ethernet.WIRE_VLAN) {
            return 0;
        }
        long first = Memory.getLong(frame);
        int rest = Memory.getInt(frame + Long.BYTES);
        Memory.putLong(frame + Ethernet.TAG_BYTES, first);
        Memory.putInt(frame + Ethernet.TAG_BYTES + Long.BYTES, rest);
        return Ethernet.TAG_BYTES;
    }

    private void drop(Burst burst, int i, int reason) {
        discards.drop(burst.mbufs.get(i), burst.ingress[i], burst.router[i], reason);
    }
}
