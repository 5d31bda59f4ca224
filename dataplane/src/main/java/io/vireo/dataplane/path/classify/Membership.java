package io.vireo.dataplane.path.classify;

import io.vireo.dataplane.interfaces.InterfaceAddresses;
import io.vireo.dataplane.interfaces.InterfaceTable;
import io.vireo.dataplane.interfaces.MemberMark;
import io.vireo.dataplane.interfaces.PortVlanTable;
import io.vireo.dataplane.interfaces.VpnIdTable;
import io.vireo.dataplane.membership.MemberTable;
import io.vireo.dataplane.membership.policy.CompiledMembers;
import io.vireo.dataplane.membership.policy.MemberList.Otherwise;
import io.vireo.dataplane.membership.policy.MemberTuple;
import io.vireo.dataplane.path.Burst;
import io.vireo.dataplane.path.CheckResult;
import io.vireo.dataplane.path.Disposition;
import io.vireo.dataplane.path.Ethernet;
import io.vireo.dataplane.path.Icmp;
import io.vireo.dataplane.path.Ipv4;
import io.vireo.dataplane.path.Ipv6;
import io.vireo.dataplane.path.VpnIdOption;
import io.vireo.dataplane.wire.code.DropReason;
import io.vireo.dataplane.wire.code.PuntReason;
import io.vireo.dpdk.Memory;

/**
 * Says of which VPN a packet is that came to an interface with a list of members, and so by which of the interfaces that share its
 * port and VLAN it comes in (VNS §2.4). Single user: a worker.
 *
 * <ul>
 *   <li>ARP and neighbour discovery say no VPN, and find the Ethernet addresses of all: what came to one station goes to who has that
 *       MAC address, a question to who has the address asked for, first to the interface itself. Such a packet
 *       reaches that router, and nobody through it.
 *   <li>A packet that says a VPN-ID is that VPN's if the list allows it, else dropped.
 *   <li>All other IP packets are of the VPN of the first tuple that matches, multicast too; else the list says of what.
 *   <li>What is not IP is the interface's own, and what is malformed is charged to it.
 * </ul>
 */
public final class Membership {
    private static final int VPN_ID_NOT_ALLOWED = ~Disposition.drop(DropReason.VPN_ID_NOT_ALLOWED);
    private static final int NOT_A_MEMBER = Disposition.drop(DropReason.NOT_A_MEMBER);
    private static final int PORTS_UNKNOWN = ~Disposition.drop(DropReason.MEMBER_PORTS_UNKNOWN);
    private static final int ARP = Disposition.punt(PuntReason.ARP);

    private static final int OWN = Otherwise.OWN.code();
    private static final int DROP = Otherwise.DROP.code();

    /** Of an ARP message, and where in it the address is that is asked for (RFC 826). */
    private static final int ARP_BYTES = 28;

    private static final int ARP_TARGET = 24;

    /** RFC 4861 §4.3, §7.1.1: the address asked for, and the hop limit that no router lets pass. */
    private static final int SOLICITATION_TARGET = Ipv6.HEADER_BYTES + 8;

    private static final int SOLICITATION_BYTES = SOLICITATION_TARGET + 16;
    private static final int OF_THE_LINK = 255;

    private static final long GROUP_BIT = InterfaceTable.destinationMatch(Ethernet.GROUP_BIT);

    private final MemberTable members;
    private final PortVlanTable portVlans;
    private final VpnIdTable vpnIds;
    private final InterfaceTable interfaces;
    private final MemberKey packet = new MemberKey();
    private int tuple = CompiledMembers.NONE;

    Membership(MemberTable members, PortVlanTable portVlans, VpnIdTable vpnIds, InterfaceTable interfaces) {
        this.members = members;
        this.portVlans = portVlans;
        this.vpnIds = vpnIds;
        this.interfaces = interfaces;
    }

    /** The tuple, from 0, that the packet asked about last matched, once; negative: none. */
    public int takeTuple() {
        int taken = tuple;
        tuple = CompiledMembers.NONE;
        return taken;
    }

    /**
     * The interface by which packet {@code i} comes in, or the complement of its disposition.
     *
     * @param record of the interface that has the list, which is its ingress so far.
     */
    int ingress(Burst burst, int i, long record) {
        tuple = CompiledMembers.NONE;
        int own = burst.ingress[i];
        int checkResult = burst.checkResult[i];
        int disposition = CheckResult.disposition(checkResult);
        if (isArp(burst, i)) {
            return or(own, ofArp(burst, i, InterfaceTable.port(record), InterfaceTable.vlan(record), own));
        }
        if (Disposition.isDrop(disposition)) {
            return own;
        }
        long header = burst.network[i];
        int type = Memory.getShort(header - Short.BYTES);
        if (type == Ethernet.WIRE_IPV6) {
            return isNeighbourDiscovery(header, burst.networkLength[i])
                    ? ofNeighbourDiscovery(burst, i, own, record)
                    : ofPacket(burst, i, own, record, false);
        }
        return type == Ethernet.WIRE_IPV4 ? ofPacket(burst, i, own, record, true) : own;
    }

    private int ofPacket(Burst burst, int i, int own, long record, boolean isIpv4) {
        int place = members.placeOf(own);
        if (place == MemberTable.NONE) {
            return own; // the list is just going
        }
        long[] words = members.words();
        long header = burst.network[i];
        if (CheckResult.hasVpnId(burst.checkResult[i])) {
            int found = VpnIdOption.find(header, Ipv4.headerBytes(header));
            int vpnId = VpnIdOption.vpnId(VpnIdOption.at(header, found));
            return CompiledMembers.allows(words, place, vpnId) ? ofVpn(own, record, vpnId) : VPN_ID_NOT_ALLOWED;
        }
        if (!packet.read(header, burst.networkLength[i], isIpv4)) {
            return PORTS_UNKNOWN;
        }
        tuple = CompiledMembers.find(words, place, packet.key);
        if (tuple >= 0) {
            return ofVpn(own, record, CompiledMembers.vpnId(words, place, tuple));
        }
        return tuple == CompiledMembers.UNDECIDED ? PORTS_UNKNOWN : otherwise(words, place, own, record);
    }

    private int otherwise(long[] words, int place, int own, long record) {
        int otherwise = CompiledMembers.otherwise(words, place);
        if (otherwise == OWN) {
            return own;
        }
        return otherwise == DROP ? ~NOT_A_MEMBER : ofVpn(own, record, CompiledMembers.otherwiseVpnId(words, place));
    }

    /** The interface of a VPN that shares port and VLAN with an interface. */
    private int ofVpn(int own, long record, int vpnId) {
        if (vpnId == MemberTuple.OWN_VPN) {
            return own;
        }
        int found = vpnIds.find(InterfaceTable.port(record), InterfaceTable.vlan(record), vpnId);
        return found == VpnIdTable.NONE ? ~NOT_A_MEMBER : found;
    }

    /** Whether check found an ARP message that is all there. */
    static boolean isArp(Burst burst, int i) {
        return CheckResult.disposition(burst.checkResult[i]) == ARP && burst.networkLength[i] >= ARP_BYTES;
    }

    /**
     * The interface that shares a port and VLAN to which {@linkplain #isArp an ARP message} is, or {@link VpnIdTable#NONE}: it is to the
     * interface that shares it with none, or to nobody known.
     *
     * @param own that interface, or {@link VpnIdTable#NONE}.
     */
    int ofArp(Burst burst, int i, int port, int vlan, int own) {
        long destination = InterfaceTable.destinationMatch(Memory.getLong(burst.frame[i]));
        if ((destination & GROUP_BIT) == 0) {
            return vpnIds.ofMac(port, vlan, destination);
        }
        int target = Memory.getIntBigEndian(burst.network[i] + ARP_TARGET);
        boolean isOwn =
                own != VpnIdTable.NONE && interfaces.addresses().findIpv4(own, target) != InterfaceAddresses.NONE;
        return isOwn ? VpnIdTable.NONE : vpnIds.ofAddress(port, vlan, target);
    }

    /** Right behind the header, as everybody sends it: what is behind extension headers is a packet like others. */
    private static boolean isNeighbourDiscovery(long header, int bytes) {
        if (bytes < SOLICITATION_BYTES
                || Memory.getUnsignedByte(header + Ipv6.NEXT_HEADER) != Icmp.PROTOCOL_V6
                || Memory.getUnsignedByte(header + Ipv6.HOP_LIMIT) != OF_THE_LINK) {
            return false;
        }
        int type = Memory.getUnsignedByte(header + Ipv6.HEADER_BYTES);
        return type == Icmp.NEIGHBOUR_SOLICITATION || type == Icmp.NEIGHBOUR_ADVERTISEMENT;
    }

    private int ofNeighbourDiscovery(Burst burst, int i, int own, long record) {
        // Else its sender could have it forwarded in a VPN of which he is not.
        burst.checkResult[i] = CheckResult.withLocalOnlyReason(burst.checkResult[i], NOT_A_MEMBER);
        int port = InterfaceTable.port(record);
        int vlan = InterfaceTable.vlan(record);
        long destination = InterfaceTable.destinationMatch(Memory.getLong(burst.frame[i]));
        if ((destination & GROUP_BIT) == 0) {
            return or(own, vpnIds.ofMac(port, vlan, destination));
        }
        long target = burst.network[i] + SOLICITATION_TARGET;
        long high = Memory.getLongBigEndian(target);
        long low = Memory.getLongBigEndian(target + Long.BYTES);
        boolean isOwn = interfaces.addresses().findIpv6(own, high, low) != InterfaceAddresses.NONE;
        return isOwn ? own : or(own, vpnIds.ofIpv6Address(port, vlan, high, low));
    }

    /** Whether a MAC address is that of any interface on a port and VLAN. */
    boolean isMacOfAny(int port, int vlan, long destination) {
        int other = portVlans.interfaceOf(port, vlan);
        return (other >= 0 && isMacOf(other, destination)) || vpnIds.ofMac(port, vlan, destination) != VpnIdTable.NONE;
    }

    private boolean isMacOf(int interfaceId, long destination) {
        return MemberMark.isFor(interfaces.record(interfaceId), destination)
                || interfaces.secondaryMacs().contains(interfaceId, destination);
    }

    /** Addresses a frame to an interface, whose kernel would not take it otherwise; returns its destination match. */
    static long redirect(long frame, long record) {
        long destination = InterfaceTable.destinationOf(record);
        Memory.putInt(frame, (int) destination);
        Memory.putShort(frame + Integer.BYTES, (short) (destination >>> Integer.SIZE));
        return InterfaceTable.destinationMatch(destination);
    }

    /** By an interface that shares its wire only a list of members lets packets in. */
    int unlessShared(int interfaceId) {
        boolean isShared = interfaceId != VpnIdTable.NONE
                && InterfaceTable.marking(interfaces.record(interfaceId)) == InterfaceTable.SHARED;
        return isShared ? VpnIdTable.NONE : interfaceId;
    }

    private static int or(int own, int other) {
        return other == VpnIdTable.NONE ? own : other;
    }
}
