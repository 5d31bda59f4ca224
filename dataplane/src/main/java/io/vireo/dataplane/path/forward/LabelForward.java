package io.vireo.dataplane.path.forward;

import io.vireo.dataplane.encapsulation.InnerFrame;
import io.vireo.dataplane.encapsulation.mpls.LabelCounts;
import io.vireo.dataplane.encapsulation.mpls.LabelEntry;
import io.vireo.dataplane.encapsulation.mpls.LabelStack;
import io.vireo.dataplane.encapsulation.mpls.LabelTable;
import io.vireo.dataplane.encapsulation.outer.OuterModes;
import io.vireo.dataplane.interfaces.InterfaceTable;
import io.vireo.dataplane.nexthop.NextHopGroups;
import io.vireo.dataplane.path.Burst;
import io.vireo.dataplane.path.Disposition;
import io.vireo.dataplane.path.Ethernet;
import io.vireo.dataplane.path.FlowHash;
import io.vireo.dataplane.path.Ipv4;
import io.vireo.dataplane.path.LabelLookups;
import io.vireo.dataplane.path.check.Check;
import io.vireo.dataplane.path.classify.Listing;
import io.vireo.dataplane.wire.code.DropReason;
import io.vireo.dataplane.wire.code.PuntReason;
import io.vireo.dataplane.wire.value.LabelSpec;

/**
 * Looks labels up that came in (RFC 3031 §3.10). A label that the router takes off for itself is taken off here, and what is underneath
 * looked up in turn: another label, or a packet, which is checked and listed as any that came in. Single user: the burst's worker.
 */
public final class LabelForward {
    /** Labels of a packet that are looked at; deeper stacks for one router have no use. */
    private static final int MAX_POPPED = 8;

    private static final int MAX_TTL = 255;

    private static final int UNKNOWN = Disposition.drop(DropReason.LABEL_UNKNOWN);
    private static final int STACK = Disposition.drop(DropReason.LABEL_STACK);
    private static final int OTHER_PAYLOAD = Disposition.drop(DropReason.TUNNEL_PAYLOAD);
    private static final int TTL_EXPIRED = Disposition.drop(DropReason.TTL_EXPIRED);
    private static final int ROUTER_ALERT = Disposition.punt(PuntReason.OTHER);

    private final LabelTable table;
    private final NextHopGroups groups;
    private final InterfaceTable interfaces;
    private final LabelCounts.Writer counts;

    // Of the packet in hand: the TTL that it counts as having come with, and who receives what is underneath the labels
    // taken so far.
    private int ttl;
    private int receiver;

    /** @param counts are the worker's. */
    public LabelForward(LabelTable table, NextHopGroups groups, InterfaceTable interfaces, LabelCounts.Writer counts) {
        this.table = table;
        this.groups = groups;
        this.interfaces = interfaces;
        this.counts = counts;
    }

    /** Fills in what modify is to rewrite; the rest of the list is listed elsewhere, or excepted. */
    void lookUp(Burst burst) {
        LabelLookups list = burst.labelled;
        int kept = 0;
        for (int n = 0; n < list.count; n++) {
            int i = list.packet[n];
            if (isToBeRewritten(burst, i, kept)) {
                list.packet[kept++] = i;
            }
        }
        list.count = kept;
    }

    /** Looks the labels of one packet up until one leads on; at place {@code k} of the list, which may be its own. */
    private boolean isToBeRewritten(Burst burst, int i, int k) {
        ttl = MAX_TTL;
        receiver = LabelSpec.NO_INTERFACE;
        for (int popped = 0; popped < MAX_POPPED; popped++) {
            long stack = burst.network[i];
            int bytes = burst.networkLength[i];
            if (bytes < LabelEntry.BYTES) {
                burst.except(i, UNKNOWN);
                return false;
            }
            int entry = LabelEntry.at(stack);
            int label = LabelEntry.label(entry);
            if (receiver != LabelSpec.NO_INTERFACE && label != LabelEntry.ENTROPY_INDICATOR) {
                burst.except(i, OTHER_PAYLOAD); // whose label this is only that router's own neighbours could say
                return false;
            }
            long record = label > LabelEntry.MAX_RESERVED ? table.lookup(burst.router[i], label) : LabelTable.NONE;
            if (label > LabelEntry.MAX_RESERVED && (record == LabelTable.NONE || !LabelTable.isLocal(record))) {
                ttl = Math.min(ttl, LabelEntry.ttl(entry));
                answer(burst, k, record, stack, bytes, burst.router[i]);
                return true;
            }
            int disposition =
                    record == LabelTable.NONE ? takeReserved(entry, label, bytes) : take(record, entry, bytes);
            if (disposition != Disposition.FORWARD) {
                burst.except(i, disposition);
                return false;
            }
            if (!goDown(burst, i, stack, bytes, label)) {
                return false;
            }
        }
        burst.except(i, STACK);
        return false;
    }

    /** Takes a label off that the table knows; returns what becomes of the packet. */
    private int take(long record, int entry, int bytes) {
        counts.count(LabelTable.counters(record), bytes);
        ttl = Math.min(ttl, LabelEntry.ttl(entry));
        if (!LabelTable.isUniform(record)) {
            if (ttl <= 1) {
                return TTL_EXPIRED;
            }
            ttl = MAX_TTL; // what is underneath has its own (RFC 3443 §3.2)
        }
        receiver = LabelTable.receiver(record);
        return Disposition.FORWARD;
    }

    /** As {@link #take}, of a reserved label. */
    private int takeReserved(int entry, int label, int bytes) {
        if (label == LabelEntry.ENTROPY_INDICATOR) { // the entropy label goes with it (RFC 6790 §4.2)
            return LabelEntry.isBottom(entry) || bytes < 2 * LabelEntry.BYTES ? STACK : Disposition.FORWARD;
        }
        if (!LabelSpec.isExplicitNull(label)) {
            return label == LabelEntry.ROUTER_ALERT ? ROUTER_ALERT : UNKNOWN;
        }
        ttl = Math.min(ttl, LabelEntry.ttl(entry)); // RFC 3032 §2.1: the IP packet goes on as if it had come so
        return Disposition.FORWARD;
    }

    /** Goes on with what is underneath a label that has been taken; whether that is a label. */
    private boolean goDown(Burst burst, int i, long stack, int bytes, int label) {
        int taken = label == LabelEntry.ENTROPY_INDICATOR ? 2 * LabelEntry.BYTES : LabelEntry.BYTES;
        if (LabelEntry.isBottom(LabelEntry.at(stack + taken - LabelEntry.BYTES))) {
            receive(burst, i, stack + taken, bytes - taken);
            return false;
        }
        burst.network[i] = stack + taken;
        burst.networkLength[i] = bytes - taken;
        return true;
    }

    /** The label leads on, or is nobody's here: it may be a tunnel's still. */
    private void answer(Burst burst, int k, long record, long stack, int bytes, int router) {
        LabelLookups list = burst.labelled;
        list.entry[k] = record;
        list.ttl[k] = ttl;
        if (record == LabelTable.NONE) {
            LabelEntry.setTtl(stack, ttl);
            return;
        }
        counts.count(LabelTable.counters(record), bytes);
        int nextHop = LabelTable.nextHop(record);
        list.nextHop[k] = NextHopGroups.isGroup(nextHop)
                ? groups.member(nextHop, LabelStack.flowHash(stack, bytes, FlowHash.seed(groups.seed(), router)))
                : nextHop;
    }

    /** Goes on with the packet beneath the last label, as the interface would that it came in by, or the receiver. */
    private void receive(Burst burst, int i, long packet, int bytes) {
        if (!LabelStack.isIp(packet, bytes)) {
            burst.except(i, OTHER_PAYLOAD);
            return;
        }
        boolean isIpv4 = Ipv4.isVersion4(packet);
        int ingress = receiver == LabelSpec.NO_INTERFACE ? burst.ingress[i] : receiver;
        long record = interfaces.record(ingress);
        OuterModes.lowerHopLimit(packet, ttl, isIpv4);
        InnerFrame.wrap(burst.mbufs.get(i), packet, bytes, isIpv4, record);
        burst.ingress[i] = ingress;
        burst.router[i] = InterfaceTable.router(record);
        burst.frame[i] = packet - Ethernet.HEADER_BYTES;
        burst.network[i] = packet;
        burst.vlan[i] = 0;
        Check.packet(burst, i, isIpv4, bytes);
        Listing.list(burst, i, record, burst.checkResult[i]);
    }
}
