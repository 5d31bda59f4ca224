package io.vireo.dataplane.path.classify;

import io.vireo.dataplane.interfaces.InterfaceTable;
import io.vireo.dataplane.interfaces.MemberMark;
import io.vireo.dataplane.interfaces.PortVlanTable;
import io.vireo.dataplane.interfaces.VpnIdTable;
import io.vireo.dataplane.membership.MemberTable;
import io.vireo.dataplane.path.Burst;
import io.vireo.dataplane.path.CheckResult;
import io.vireo.dataplane.path.Disposition;
import io.vireo.dataplane.path.Ethernet;
import io.vireo.dataplane.path.Ipv4;
import io.vireo.dataplane.path.VpnIdOption;
import io.vireo.dataplane.tables.IntArrays;
import io.vireo.dataplane.wire.code.DropReason;
import io.vireo.dataplane.wire.counters.StatisticsWriter;
import io.vireo.dpdk.Memory;

/** Finds interface and virtual router of each packet of a burst. Single user: the burst's worker. */
public final class Classify {
    private static final int NO_INTERFACE = Disposition.drop(DropReason.NO_INTERFACE);
    private static final int INTERFACE_DOWN = Disposition.drop(DropReason.INTERFACE_DOWN);
    private static final int PEER_MISSING = Disposition.drop(DropReason.LINK_PEER_MISSING);
    private static final int WRONG_MAC = Disposition.drop(DropReason.WRONG_MAC);
    private static final int SERVICE_TAGGED = Disposition.drop(DropReason.SERVICE_TAGGED);
    private static final int DOUBLE_TAGGED = Disposition.drop(DropReason.DOUBLE_TAGGED);
    private static final int LINK_BROADCAST_UNICAST = Disposition.drop(DropReason.LINK_BROADCAST_UNICAST);

    private static final int VPN_ID_UNKNOWN = Disposition.drop(DropReason.VPN_ID_UNKNOWN);

    private static final long GROUP_BIT = InterfaceTable.destinationMatch(Ethernet.GROUP_BIT);

    private final PortVlanTable portVlans;
    private final VpnIdTable vpnIds;
    private final InterfaceTable interfaces;
    private final VirtualLinks virtualLinks;
    private final Membership membership;

    public Classify(PortVlanTable portVlans, VpnIdTable vpnIds, InterfaceTable interfaces, MemberTable members) {
        membership = new Membership(members, portVlans, vpnIds, interfaces);
        this.portVlans = portVlans;
        this.vpnIds = vpnIds;
        this.interfaces = interfaces;
        virtualLinks = new VirtualLinks(interfaces.virtualLinks());
    }

    /** Fills the classify arrays and lists of the burst. */
    public void process(Burst burst) {
        int size = burst.size;
        for (int i = 0; i < size; i++) {
            int origin = burst.origin[i];
            int vlan = burst.vlan[i];
            int interfaceId = origin >= 0 ? portVlans.interfaceOf(origin, vlan) : linkEnd(~origin, vlan);
            if (interfaceId < 0) {
                withoutInterface(burst, i, origin, vlan);
                continue;
            }
            long record = interfaces.record(interfaceId);
            burst.ingress[i] = interfaceId;
            burst.router[i] = InterfaceTable.router(record);
            long destinationMac = InterfaceTable.destinationMatch(Memory.getLong(burst.frame[i]));
            int checkResult = burst.checkResult[i];
            if (checkResult == CheckResult.PLAIN_IPV4 && destinationMac == InterfaceTable.macMatch(record)) {
                Listing.listIpv4(burst.ipv4, i, burst.network[i], InterfaceTable.table4(record));
            } else if (checkResult == CheckResult.PLAIN_IPV6 && destinationMac == InterfaceTable.macMatch(record)) {
                Listing.listIpv6(burst.ipv6, i, burst.network[i], InterfaceTable.table6(record));
            } else if (checkResult == VirtualLinks.CANDIDATE && virtualLinks.isOne(burst, i)) {
                ofVirtualLink(burst, i); // whatever else shares port and VLAN
            } else {
                classifySlowPath(burst, i, record, destinationMac, checkResult);
            }
        }
    }

    /** Counts every packet of a processed burst as received. Apart from {@link #process}, because a traced packet is not. */
    public static void count(Burst burst, StatisticsWriter statistics) {
        int first = 0;
        for (int s = 0; s < burst.rxRuns; s++) {
            int end = burst.rxRunEnd[s];
            count(burst, first, end, statistics);
            first = end;
        }
    }

    /** Counts packets that came in together: at once, if they came in by one interface. */
    private static void count(Burst burst, int first, int end, StatisticsWriter statistics) {
        if (IntArrays.isUniform(burst.ingress, first, end)) {
            countAs(burst, first, end - first, IntArrays.sum(burst.frameLength, first, end), statistics);
        } else {
            for (int i = first; i < end; i++) {
                countAs(burst, i, 1, burst.frameLength[i], statistics);
            }
        }
    }

    /** Counts packets that came in where packet {@code i} did. */
    private static void countAs(Burst burst, int i, int packets, int bytes, StatisticsWriter statistics) {
        int interfaceId = burst.ingress[i];
        if (interfaceId >= 0) {
            statistics.interfaceReceived(interfaceId, packets, bytes);
            statistics.routerReceived(burst.router[i], packets, bytes);
        }
    }

    /** No interface takes what comes by a port and VLAN whatever it says; one may take what says its VPN-ID. */
    private void withoutInterface(Burst burst, int i, int origin, int vlan) {
        if (burst.checkResult[i] == VirtualLinks.CANDIDATE && virtualLinks.isOne(burst, i)) {
            ofVirtualLink(burst, i);
            return;
        }
        int disposition = noInterface(burst.checkResult[i]);
        if (origin >= 0 && disposition == NO_INTERFACE && vpnIds.first(origin, vlan) >= 0) {
            int interfaceId = ofVpn(burst, i, true);
            if (interfaceId >= 0) {
                classifyOfVpn(burst, i, interfaceId);
                return;
            }
            disposition = VPN_ID_UNKNOWN;
        }
        belongToNobody(burst, i, disposition);
    }

    private static void belongToNobody(Burst burst, int i, int disposition) {
        burst.ingress[i] = Burst.UNKNOWN;
        burst.router[i] = Burst.UNKNOWN;
        burst.except(i, disposition);
    }

    /** A frame of a virtual link: whose it is its sender and its identifier say. */
    private void ofVirtualLink(Burst burst, int i) {
        int interfaceId = virtualLinks.find(burst, i);
        if (interfaceId < 0) {
            belongToNobody(burst, i, ~interfaceId);
            return;
        }
        long record = interfaces.record(interfaceId);
        burst.ingress[i] = interfaceId;
        burst.router[i] = InterfaceTable.router(record);
        int disposition = InterfaceTable.state(record) == InterfaceTable.UP
                ? virtualLinks.unwrap(burst, i, interfaceId, record)
                : INTERFACE_DOWN;
        if (disposition == VirtualLinks.CROSSING) {
            burst.crossing[burst.crossingCount++] = i;
        } else if (disposition == Disposition.FORWARD) {
            Listing.list(burst, i, record, burst.checkResult[i]);
        } else {
            burst.except(i, disposition);
        }
    }

    /**
     * The interface on a packet's port and VLAN that is found by the VPN-ID that it says, or {@link VpnIdTable#NONE}. ARP says none: what
     * came to one station belongs to who has that MAC address, what came to all to who has the address asked for: the interface
     * that is found by no VPN-ID, else any.
     *
     * @param isSole whether there is no such interface. Else it is the packet's ingress so far.
     */
    private int ofVpn(Burst burst, int i, boolean isSole) {
        int port = burst.origin[i];
        int vlan = burst.vlan[i];
        long network = burst.network[i];
        if (CheckResult.hasVpnId(burst.checkResult[i])) {
            int found = VpnIdOption.find(network, Ipv4.headerBytes(network));
            return membership.unlessShared(vpnIds.find(port, vlan, VpnIdOption.vpnId(VpnIdOption.at(network, found))));
        }
        if (!Membership.isArp(burst, i)) {
            return VpnIdTable.NONE;
        }
        int found = membership.ofArp(burst, i, port, vlan, isSole ? VpnIdTable.NONE : burst.ingress[i]);
        long destination = InterfaceTable.destinationMatch(Memory.getLong(burst.frame[i]));
        boolean isToAny = found == VpnIdTable.NONE && isSole && (destination & GROUP_BIT) != 0;
        return isToAny ? vpnIds.first(port, vlan) : found;
    }

    /** The list of members says by which interface a packet comes in. */
    private void classifyMember(Burst burst, int i, long record, long destinationMac, int checkResult) {
        if (InterfaceTable.state(record) != InterfaceTable.UP) {
            burst.except(i, INTERFACE_DOWN);
            return;
        }
        int ingress = membership.ingress(burst, i, record);
        if (ingress < 0) {
            burst.except(i, ~ingress);
        } else if (ingress != burst.ingress[i]) {
            classifyOfVpn(burst, i, ingress);
        } else if (vpnIds.ofMac(InterfaceTable.port(record), InterfaceTable.vlan(record), destinationMac)
                != VpnIdTable.NONE) {
            Membership.redirect(burst.frame[i], record);
            Listing.list(burst, i, record, checkResult);
        } else {
            classifyUnshared(burst, i, record, destinationMac, checkResult);
        }
    }

    /** Who is asked where there is a list of members. */
    public Membership membership() {
        return membership;
    }

    /** Any interface on the same port and VLAN may have been addressed: ARP may have answered with its MAC. */
    private void classifyOfVpn(Burst burst, int i, int interfaceId) {
        long record = interfaces.record(interfaceId);
        burst.ingress[i] = interfaceId;
        burst.router[i] = InterfaceTable.router(record);
        long destination = InterfaceTable.destinationMatch(Memory.getLong(burst.frame[i]));
        boolean isForAnother = destination != InterfaceTable.macMatch(record)
                && (destination & GROUP_BIT) == 0
                && InterfaceTable.state(record) == InterfaceTable.UP
                && membership.isMacOfAny(InterfaceTable.port(record), InterfaceTable.vlan(record), destination);
        classifySlowPath(
                burst,
                i,
                record,
                isForAnother ? Membership.redirect(burst.frame[i], record) : destination,
                burst.checkResult[i]);
    }

    /** Tags of a kind that no interface has are a better reason than that there is no interface. */
    private static int noInterface(int checkResult) {
        int disposition = CheckResult.disposition(checkResult);
        return disposition == SERVICE_TAGGED || disposition == DOUBLE_TAGGED ? disposition : NO_INTERFACE;
    }

    /** A link carries untagged frames only. */
    private static int linkEnd(int interfaceId, int vlan) {
        return vlan == 0 ? interfaceId : Burst.UNKNOWN;
    }

    private void classifySlowPath(Burst burst, int i, long record, long destinationMac, int checkResult) {
        if (MemberMark.isSet(record)) {
            classifyMember(burst, i, record, destinationMac, checkResult);
            return;
        }
        if (InterfaceTable.marking(record) == InterfaceTable.GUARDED && burst.origin[i] >= 0) {
            int interfaceId = ofVpn(burst, i, false);
            if (interfaceId >= 0) {
                classifyOfVpn(burst, i, interfaceId);
                return;
            }
            if (InterfaceTable.state(record) == InterfaceTable.UP
                    && vpnIds.ofMac(burst.origin[i], burst.vlan[i], destinationMac) != VpnIdTable.NONE) {
                Membership.redirect(burst.frame[i], record);
                Listing.list(burst, i, record, checkResult);
                return;
            }
        }
        classifyUnshared(burst, i, record, destinationMac, checkResult);
    }

    private void classifyUnshared(Burst burst, int i, long record, long destinationMac, int checkResult) {
        if (MemberMark.isFor(record, destinationMac)) {
            Listing.list(burst, i, record, checkResult);
            return;
        }
        int state = InterfaceTable.state(record);
        if (state == InterfaceTable.ABSENT) {
            burst.ingress[i] = Burst.UNKNOWN;
            burst.router[i] = Burst.UNKNOWN;
            burst.except(i, PEER_MISSING); // a link's far end only: the port/VLAN table leads to present interfaces
        } else if (state != InterfaceTable.UP) {
            burst.except(i, INTERFACE_DOWN);
        } else if (burst.frameLength[i] < Ethernet.HEADER_BYTES) {
            burst.except(i, CheckResult.disposition(checkResult)); // a runt has no address to speak of
        } else if ((destinationMac & GROUP_BIT) != 0) {
            // RFC 1812 §5.3.4: what came to everybody is not forwarded; the router itself may take it.
            burst.checkResult[i] = CheckResult.withLocalOnlyReason(checkResult, LINK_BROADCAST_UNICAST);
            Listing.list(burst, i, record, burst.checkResult[i]);
        } else if (interfaces.secondaryMacs().contains(burst.ingress[i], destinationMac)) {
            Listing.list(burst, i, record, checkResult);
        } else {
            burst.except(i, WRONG_MAC);
        }
    }
}
