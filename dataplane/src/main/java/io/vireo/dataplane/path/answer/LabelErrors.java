package io.vireo.dataplane.path.answer;

import io.vireo.dataplane.encapsulation.mpls.LabelEntry;
import io.vireo.dataplane.encapsulation.mpls.LabelStack;
import io.vireo.dataplane.interfaces.InterfaceAddresses;
import io.vireo.dataplane.interfaces.InterfaceTable;
import io.vireo.dataplane.path.Burst;
import io.vireo.dataplane.path.CheckResult;
import io.vireo.dataplane.path.Disposition;
import io.vireo.dataplane.path.Ethernet;
import io.vireo.dataplane.path.Icmp;
import io.vireo.dataplane.path.Ipv4;
import io.vireo.dataplane.path.Ipv6;
import io.vireo.dataplane.path.LinkQueue;
import io.vireo.dataplane.path.check.Check;
import io.vireo.dataplane.wire.code.AnswerKind;
import io.vireo.dataplane.wire.counters.StatisticsWriter;
import io.vireo.dpdk.Mbuf;
import io.vireo.dpdk.Memory;

/**
 * Answers IP packets behind labels that go no further with ICMP errors, with the stack that came in an extension (RFC 4950). A router in
 * the core of a VPN knows no way back to the sender, so the error goes on behind the same labels, as if it had come in the packet's place
 * (RFC 3032 §2.3.2): at the end of the path somebody knows the sender. It goes round as received by the same interface, with new TTLs.
 *
 * <pre>
 *   Ethernet, to the interface itself │ the labels that came, TTL 255 │ IP │ ICMP │ 128 bytes of it │ extension (RFC 4884)
 * </pre>
 *
 * "Too big" of ICMPv6 has no place for an extension (RFC 4884 §4), and quotes as much as fits into the minimum MTU (RFC 4443 §2.4 c).
 * Single user: its worker.
 */
final class LabelErrors {
    private static final int ERROR_KIND = AnswerKind.ERROR.code();
    private static final int TTL = 255;

    /** RFC 4884 §3: the least that is quoted where something follows; what is shorter is filled up with zeros. */
    private static final int QUOTED_BYTES = 128;

    private static final int V4_UNIT_SHIFT = 2;
    private static final int V6_UNIT_SHIFT = 3;
    private static final int V4_LENGTH = 5;
    private static final int V6_LENGTH = 4;

    /** RFC 4884 §7: version 2 and reserved bits, checksum; then an object's length, class and type (RFC 4950 §3). */
    private static final int EXTENSION_BYTES = 8;

    private static final int EXTENSION_VERSION = 0x2000_0000;
    private static final int OBJECT_HEADER_BYTES = 4;
    private static final int LABEL_STACK_OBJECT = 0x0101;
    private static final int OBJECT = 4;
    private static final int MAX_STACK_BYTES = LabelStack.MAX_ENTRIES * LabelEntry.BYTES;

    private final InterfaceTable interfaces;
    private final InterfaceAddresses addresses;
    private final LinkSender sender;
    private final LinkQueue links;
    private final ErrorBudgets budgets;
    private final StatisticsWriter statistics;
    private final LabelMtus mtus;
    private int identification;

    // Of the packet in hand.
    private long stack;
    private int stackBytes;
    private long packet;
    private boolean isIpv4;

    LabelErrors(
            InterfaceTable interfaces,
            LinkSender sender,
            LinkQueue links,
            ErrorBudgets budgets,
            LabelMtus mtus,
            StatisticsWriter statistics) {
        this.mtus = mtus;
        this.interfaces = interfaces;
        addresses = interfaces.addresses();
        this.sender = sender;
        this.links = links;
        this.budgets = budgets;
        this.statistics = statistics;
    }

    /**
     * Answers a packet that is dropped, if it came with labels and may be answered; then and else it is as it was, but for its place in the
     * burst.
     *
     * @param error {@link ErrorKinds} index.
     */
    void answer(Burst burst, int i, int error, long nowNs) {
        if (!find(burst, i)) {
            return;
        }
        int mtuBytes = error == ErrorKinds.TOO_BIG ? mtus.maxBytes(burst, i) : 0;
        if (!isReportable(burst, i, error) || (error == ErrorKinds.TOO_BIG && mtuBytes == 0)) {
            return;
        }
        int ingress = burst.ingress[i];
        boolean hasSource = isIpv4 ? addresses.ipv4Source(ingress) != 0 : addresses.hasIpv6Source(ingress);
        if (!hasSource || !mayLeave(burst, i, error, nowNs)) {
            return;
        }
        int headerBytes = (isIpv4 ? Ipv4.MIN_HEADER_BYTES : Ipv6.HEADER_BYTES) + Icmp.HEADER_BYTES;
        boolean isExtended = isIpv4 || error != ErrorKinds.TOO_BIG;
        int room = isExtended ? QUOTED_BYTES : IcmpErrors.MIN_MTU_V6 - headerBytes;
        int quoted = Math.min(burst.networkLength[i], room);
        int bytes = headerBytes + (isExtended ? QUOTED_BYTES + EXTENSION_BYTES + stackBytes : quoted);
        long mbuf = sender.allocate(stackBytes + bytes);
        if (mbuf == 0) {
            return;
        }
        long answer = LinkSender.network(mbuf) + stackBytes;
        long message = answer + headerBytes - Icmp.HEADER_BYTES;
        int typeAndCode = isIpv4 ? ErrorKinds.typeAndCode(error) : ErrorKinds.typeAndCodeV6(error);
        IcmpHeaders.writeMessage(message, typeAndCode, mtuBytes);
        Memory.copy(packet, message + Icmp.HEADER_BYTES, quoted);
        if (isExtended) {
            extend(message, quoted);
        }
        if (writeHeader(answer, bytes, ingress) && goRound(mbuf, ingress, answer, bytes)) {
            statistics.routerAnswered(burst.router[i], ERROR_KIND, 1);
        } else {
            sender.free(mbuf);
        }
    }

    /** Finds the stack that came, and the packet behind it; false: it came without, or what is behind is no IP. */
    private boolean find(Burst burst, int i) {
        long frame = burst.frame[i];
        long type = frame + Ethernet.TYPE;
        stack = type + Short.BYTES;
        if (Memory.getShort(type) == Ethernet.WIRE_VLAN) {
            stack += Ethernet.TAG_BYTES;
        }
        int available = burst.frameLength[i] - (int) (stack - frame);
        if (Memory.getShort(stack - Short.BYTES) != Ethernet.WIRE_MPLS || available <= 0) {
            return false;
        }
        stackBytes = LabelStack.bytes(stack, available);
        packet = stack + stackBytes;
        int packetBytes = available - stackBytes;
        if (stackBytes == LabelStack.NO_END || stackBytes > MAX_STACK_BYTES || !LabelStack.isIp(packet, packetBytes)) {
            return false;
        }
        isIpv4 = Ipv4.isVersion4(packet);
        return true;
    }

    /** Plain packets between hosts only, and none that says "may be fragmented" when it is too long. */
    private boolean isReportable(Burst burst, int i, int error) {
        int available = burst.frameLength[i] - (int) (packet - burst.frame[i]);
        burst.network[i] = packet;
        Check.packet(burst, i, isIpv4, available);
        int result = burst.checkResult[i];
        if (CheckResult.disposition(result) != Disposition.FORWARD
                || CheckResult.localOnlyReason(result) != Disposition.FORWARD) {
            return false;
        }
        int bytes = burst.networkLength[i];
        if (!isIpv4) {
            return Reportable.isIpv6(packet, bytes);
        }
        boolean isFragmentable = error == ErrorKinds.TOO_BIG && Fragmenter.mayFragment(packet);
        return Ipv4.headerBytes(packet) == Ipv4.MIN_HEADER_BYTES && !isFragmentable && Reportable.isIpv4(packet, bytes);
    }

    private boolean mayLeave(Burst burst, int i, int error, long nowNs) {
        long source = isIpv4
                ? Memory.getIntBigEndian(packet + Ipv4.SOURCE)
                : ErrorBudgets.sourceOf(
                        Memory.getLongBigEndian(packet + Ipv6.SOURCE),
                        Memory.getLongBigEndian(packet + Ipv6.SOURCE + Long.BYTES));
        return budgets.take(burst, i, error, source, nowNs);
    }

    /** Writes the IP header; false: the interface has no source any more. */
    private boolean writeHeader(long answer, int bytes, int ingress) {
        if (!isIpv4) {
            return IcmpHeaders.writeIpv6(answer, bytes - Ipv6.HEADER_BYTES, packet, addresses, ingress);
        }
        int source = addresses.ipv4Source(ingress);
        IcmpHeaders.writeIpv4(answer, bytes, packet, source, identification++);
        return source != 0;
    }

    /** Fills the quotation up, says how long it is, and puts the stack behind it. */
    private void extend(long message, int quoted) {
        long end = message + Icmp.HEADER_BYTES + QUOTED_BYTES;
        for (long at = message + Icmp.HEADER_BYTES + quoted; at < end; at++) {
            Memory.putByte(at, (byte) 0);
        }
        int lengthAt = isIpv4 ? V4_LENGTH : V6_LENGTH;
        int units = QUOTED_BYTES >> (isIpv4 ? V4_UNIT_SHIFT : V6_UNIT_SHIFT);
        Memory.putByte(message + lengthAt, (byte) units);
        Memory.putIntBigEndian(end, EXTENSION_VERSION);
        Memory.putIntBigEndian(end + OBJECT, (OBJECT_HEADER_BYTES + stackBytes) << Short.SIZE | LABEL_STACK_OBJECT);
        Memory.copy(stack, end + EXTENSION_BYTES, stackBytes);
        Icmp.setChecksum(end, EXTENSION_BYTES + stackBytes); // at the same place as in a message
    }

    /** Puts the error behind the labels that came, as a frame for the interface. */
    private boolean goRound(long mbuf, int ingress, long answer, int bytes) {
        long labels = answer - stackBytes;
        Memory.copy(stack, labels, stackBytes);
        for (int offset = 0; offset < stackBytes; offset += LabelEntry.BYTES) {
            LabelEntry.setTtl(labels + offset, TTL);
        }
        long frame = labels - Ethernet.HEADER_BYTES;
        Memory.putLong(frame, InterfaceTable.destinationOf(interfaces.record(ingress)));
        Memory.putInt(frame + Long.BYTES, 0);
        Memory.putShort(frame + Ethernet.TYPE, (short) Ethernet.WIRE_MPLS);
        Mbuf.setDataOffset(mbuf, (int) (frame - Mbuf.bufferAddress(mbuf)));
        Mbuf.setLength(mbuf, Ethernet.HEADER_BYTES + stackBytes + bytes);
        return links.offer(mbuf, ingress);
    }
}
