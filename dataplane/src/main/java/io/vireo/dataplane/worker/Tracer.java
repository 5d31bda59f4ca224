package io.vireo.dataplane.worker;

import io.vireo.dataplane.encapsulation.mpls.LabelCounts;
import io.vireo.dataplane.encapsulation.mpls.LabelTable;
import io.vireo.dataplane.forwarding.ForwardingTables;
import io.vireo.dataplane.nexthop.AdjacencyTable;
import io.vireo.dataplane.path.Burst;
import io.vireo.dataplane.path.CheckResult;
import io.vireo.dataplane.path.Disposition;
import io.vireo.dataplane.path.LinkQueue;
import io.vireo.dataplane.path.Lookups;
import io.vireo.dataplane.path.TxFrames;
import io.vireo.dataplane.path.arrive.Arrive;
import io.vireo.dataplane.wire.code.TraceStage;
import io.vireo.dataplane.wire.code.Verdict;
import io.vireo.dataplane.wire.frame.PuntWriter;
import io.vireo.dpdk.Mbuf;
import io.vireo.dpdk.MbufArray;
import io.vireo.dpdk.Memory;
import io.vireo.dpdk.Mempool;

/**
 * Answers "what would happen to this frame": takes it through a pipeline as the worker's own, in a burst of its own, reports what
 * each stage decided, and sends and counts nothing. Single user: its worker.
 */
final class Tracer implements StageObserver {
    private static final int UNKNOWN = -1;

    /** Tunnels out of which one traced packet comes. */
    private static final int MAX_TUNNELS = 4;

    private final ForwardingTables tables;
    private final Mempool pool;
    private final PuntWriter writer;
    private final Burst burst = new Burst(1, 0);
    private final MbufArray fresh = MbufArray.allocate(1);
    private final LinkQueue links = new LinkQueue(1);
    private final Pipeline pipeline;
    private final CrossingFrame crossings;
    private long correlationId;
    private int steps;
    private boolean isDecided;
    private Verdict verdict = Verdict.CONTINUE;
    private int reason;
    private int egress;
    private long nextHopHigh;
    private long nextHopLow;

    Tracer(ForwardingTables tables, Mempool pool, PuntWriter writer) {
        this.tables = tables;
        this.pool = pool;
        this.writer = writer;
        crossings = new CrossingFrame(tables.interfaces());
        pipeline = new Pipeline(
                tables,
                tables.encapsulator(null),
                tables.decapsulator(false),
                tables.reassembler(null, 1),
                links,
                LabelCounts.none(),
                this);
    }

    /** Traces an untagged frame as if received on an interface. */
    void trace(long correlation, int interfaceId, long frame, int length) {
        correlationId = correlation;
        steps = 0;
        isDecided = false;
        verdict = Verdict.CONTINUE;
        reason = UNKNOWN;
        egress = UNKNOWN;
        nextHopHigh = 0;
        nextHopLow = 0;
        if (take(interfaceId, frame, length)) {
            pipeline.decide(burst);
            for (int round = 0; links.size() > 0; round++) {
                goRound(round);
            }
            schedule();
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
        burst.origin[0] = crossings.isOne(interfaceId) ? crossings.wrap(mbuf, interfaceId) : ~interfaceId;
        burst.ingress[0] = interfaceId;
        burst.router[0] = UNKNOWN;
        Arrive.describe(burst, 0);
        report(TraceStage.ARRIVE);
        return true;
    }

    /** A packet that came out of a tunnel arrives once more; a worker would have it do so as often as it takes. */
    private void goRound(int round) {
        burst.clear();
        links.drainTo(burst);
        burst.ingress[0] = ~burst.origin[0];
        burst.router[0] = UNKNOWN;
        isDecided = round == MAX_TUNNELS;
        if (isDecided) {
            return;
        }
        Arrive.describe(burst, 0);
        egress = UNKNOWN;
        report(TraceStage.ARRIVE);
        pipeline.decide(burst);
    }

    /** One step per stage, until one decides that the packet goes no further. */
    @Override
    public void after(TraceStage stage, Burst traced) {
        if (isDecided) {
            return;
        }
        switch (stage) {
            case CHECK -> setVerdict(checked(traced));
            case CLASSIFY -> {
                nextHopHigh = 0;
                nextHopLow = Math.max(0, pipeline.classify().membership().takeTuple() + 1);
                setVerdictOfExcepted();
            }
            case FORWARD -> {
                readNextHop(traced);
                setVerdictOfExcepted();
            }
            default -> setVerdictOfExcepted();
        }
        if (traced.txFrames.count > 0) {
            egress = traced.txFrames.egress[0]; // of a tunnel it is the underlay's
        }
        report(stage);
        // What check found out is decided by classify, which knows whose packet it is.
        isDecided = verdict != Verdict.CONTINUE && stage != TraceStage.CHECK;
    }

    /** Check does not know virtual links' ethertype: it is classify that does. */
    private int checked(Burst traced) {
        return crossings.isOne(traced.ingress[0])
                ? Disposition.FORWARD
                : CheckResult.disposition(traced.checkResult[0]);
    }

    private boolean isIpv4() {
        return CheckResult.family(burst.checkResult[0]) == CheckResult.FAMILY_IPV4;
    }

    private void schedule() {
        if (!isDecided) {
            if (burst.txFrames.count > 0 && TxFrames.goesByWire(burst.txFrames.target[0])) {
                report(TraceStage.EMULATE); // what chance will decide is nobody's to say
            }
            report(TraceStage.SCHEDULE);
            verdict = Verdict.TRANSMIT;
            report(TraceStage.TRANSMIT);
        }
    }

    private void readNextHop(Burst traced) {
        Lookups list = isIpv4() ? traced.ipv4 : traced.ipv6;
        boolean isSwitched = traced.labelled.count > 0 && traced.labelled.entry[0] != LabelTable.NONE;
        if (list.count == 0 && !isSwitched) {
            return;
        }
        long adjacency = tables.adjacencies().record(isSwitched ? traced.labelled.nextHop[0] : list.nextHop[0]);
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
