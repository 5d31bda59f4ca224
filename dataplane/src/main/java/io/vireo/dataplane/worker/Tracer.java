package io.vireo.dataplane.worker;

import io.vireo.dataplane.forwarding.ForwardingTables;
import io.vireo.dataplane.nexthop.AdjacencyTable;
import io.vireo.dataplane.path.Burst;
import io.vireo.dataplane.path.CheckResult;
import io.vireo.dataplane.path.Disposition;
import io.vireo.dataplane.path.Lookups;
import io.vireo.dataplane.path.arrive.Arrive;
import io.vireo.dataplane.path.check.Check;
import io.vireo.dataplane.path.classify.Classify;
import io.vireo.dataplane.path.forward.Forward;
import io.vireo.dataplane.path.modify.Modify;
import io.vireo.dataplane.wire.code.TraceStage;
import io.vireo.dataplane.wire.code.Verdict;
import io.vireo.dataplane.wire.frame.PuntWriter;
import io.vireo.dpdk.Mbuf;
import io.vireo.dpdk.MbufArray;
import io.vireo.dpdk.Memory;
import io.vireo.dpdk.Mempool;

/**
 * Answers "what would happen to this frame": runs it through the very stages of the path in a burst of its own, reports what
 * each decided, and sends and counts nothing. Single user: its worker.
 */
final class Tracer {
    private static final int UNKNOWN = -1;

    private final ForwardingTables tables;
    private final Mempool pool;
    private final PuntWriter writer;
    private final Burst burst = new Burst(1, 0);
    private final MbufArray fresh = MbufArray.allocate(1);
    private final Check check = new Check();
    private final Classify classify;
    private final Forward forward;
    private final Modify modify;
    private long correlationId;
    private int steps;
    private Verdict verdict = Verdict.CONTINUE;
    private int reason;
    private int egress;
    private long nextHopHigh;
    private long nextHopLow;

    Tracer(ForwardingTables tables, Mempool pool, PuntWriter writer) {
        this.tables = tables;
        this.pool = pool;
        this.writer = writer;
        classify = new Classify(tables.portVlans(), tables.interfaces());
        forward = new Forward(tables.ipv4(), tables.ipv6(), tables.groups());
        modify = new Modify(tables.adjacencies());
    }

    /** Traces an untagged frame as if received on an interface. */
    void trace(long correlation, int interfaceId, long frame, int length) {
        correlationId = correlation;
        steps = 0;
        verdict = Verdict.CONTINUE;
        reason = UNKNOWN;
        egress = UNKNOWN;
        nextHopHigh = 0;
        nextHopLow = 0;
        if (take(interfaceId, frame, length)) {
            followThrough();
            Mempool.free(fresh, 0, 1);
        }
        writer.traceEnd(correlationId, steps, verdict, reason, egress);
    }

    private boolean take(int interfaceId, long frame, int length) {
        if (pool.allocate(fresh, 0, 1) == 0) {
            return false;
        }
        long mbuf = fresh.get(0);
        int bytes = Math.min(length, Mbuf.tailroom(mbuf));
        Memory.copy(frame, Mbuf.append(mbuf, bytes), bytes);
        burst.clear();
        burst.size = 1;
        burst.mbufs.set(0, mbuf);
        burst.origin[0] = ~interfaceId;
        burst.ingress[0] = interfaceId;
        burst.router[0] = UNKNOWN;
        Arrive.describe(burst, 0);
        report(TraceStage.ARRIVE);
        return true;
    }

    private void followThrough() {
        check.process(burst);
        setVerdict(CheckResult.disposition(burst.checkResult[0]));
        report(TraceStage.CHECK);
        classify.process(burst);
        setVerdictOfExcepted();
        report(TraceStage.CLASSIFY);
        if (verdict != Verdict.CONTINUE) {
            return;
        }
        forward.process(burst);
        readNextHop(CheckResult.family(burst.checkResult[0]) == CheckResult.FAMILY_IPV4 ? burst.ipv4 : burst.ipv6);
        report(TraceStage.FORWARD);
        modify.process(burst);
        setVerdictOfExcepted();
        report(TraceStage.MODIFY);
        if (verdict == Verdict.CONTINUE) {
            report(TraceStage.SCHEDULE);
            verdict = Verdict.TRANSMIT;
            report(TraceStage.TRANSMIT);
        }
    }

    private void readNextHop(Lookups list) {
        long adjacency = tables.adjacencies().record(list.nextHop[0]);
        nextHopHigh = AdjacencyTable.addressHigh(adjacency);
        nextHopLow = AdjacencyTable.addressLow(adjacency);
        egress = AdjacencyTable.target(adjacency) == 0 && AdjacencyTable.headerBytes(adjacency) == 0
                ? UNKNOWN // a special next hop: it leads nowhere
                : AdjacencyTable.egress(adjacency);
    }

    private void setVerdictOfExcepted() {
        setVerdict(burst.exceptedCount > 0 ? burst.disposition[0] : Disposition.FORWARD);
    }

    private void setVerdict(int disposition) {
        if (disposition == Disposition.FORWARD) {
            verdict = Verdict.CONTINUE;
            reason = UNKNOWN;
        } else {
            verdict = Disposition.isPunt(disposition) ? Verdict.PUNT : Verdict.DROP;
            reason = Disposition.reasonCode(disposition);
        }
    }

    private void report(TraceStage stage) {
        long mbuf = fresh.get(0);
        writer.traceStep(
                correlationId,
                stage,
                verdict,
                reason,
                burst.ingress[0],
                burst.router[0],
                egress,
                nextHopHigh,
                nextHopLow,
                UNKNOWN, // which prefix matched is the conductor's knowledge
                Mbuf.dataAddress(mbuf),
                Mbuf.dataLength(mbuf));
        steps++;
    }
}
