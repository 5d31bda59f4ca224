package io.vireo.dataplane.encapsulation;

import io.vireo.dataplane.encapsulation.esp.EspHeader;
import io.vireo.dataplane.encapsulation.esp.EspReceiver;
import io.vireo.dataplane.encapsulation.gre.GreHeader;
import io.vireo.dataplane.encapsulation.ipip.IpIpHeader;
import io.vireo.dataplane.encapsulation.mpls.LabelEntry;
import io.vireo.dataplane.encapsulation.outer.OuterHeader;
import io.vireo.dataplane.encapsulation.outer.OuterUdp;
import io.vireo.dataplane.interfaces.InterfaceTable;
import io.vireo.dataplane.path.Burst;
import io.vireo.dataplane.path.CheckResult;
import io.vireo.dataplane.path.Disposition;
import io.vireo.dataplane.path.Ipv4;
import io.vireo.dataplane.path.Ipv6;
import io.vireo.dataplane.path.VpnIdOption;
import io.vireo.dataplane.wire.code.DropReason;
import io.vireo.dataplane.wire.code.Encapsulation;
import io.vireo.dataplane.wire.code.GreOptions;
import io.vireo.dataplane.wire.code.PuntReason;
import io.vireo.dpdk.Memory;

/**
 * Takes packets out of tunnels: what is for the router itself and for an end of a tunnel becomes a frame that the tunnel's interface
 * receives. It is checked then, as any other frame, so nothing here trusts what is inside. Single user: its worker.
 *
 * <p>A packet is changed only once it is certain that it is received, so it is punted, or captured where it is dropped, as it came.
 */
public final class Decapsulator {
    /** No interface, as {@link #unwrap} says it: the packet is for no tunnel. */
    static final int NOT_OURS = ~Disposition.punt(PuntReason.LOCAL);

    private static final int OPTIONS = Disposition.punt(PuntReason.OPTIONS);
    static final int MALFORMED = ~Disposition.drop(DropReason.TUNNEL_MALFORMED);
    static final int WRONG_KEY = ~Disposition.drop(DropReason.TUNNEL_KEY);
    private static final int NO_ASSOCIATION = ~Disposition.drop(DropReason.ESP_NO_ASSOCIATION);

    private static final int IPIP = Encapsulation.IPIP.code();
    private static final int GRE = Encapsulation.GRE.code();
    private static final int ESP = Encapsulation.ESP.code();
    private static final int VNS = Encapsulation.VNS.code();
    private static final int MPLS_GRE = Encapsulation.MPLS_GRE.code();
    private static final int KEYLESS = 0;

    private final TunnelEnds ends;
    private final TunnelEnds pairs;
    private final TunnelEnds associations;
    private final EspReceiver esp;
    private final InnerPackets inside;
    /** Takes labels off that packets have on a link. */
    public final LabelledPackets labelled;

    private final GreChecks greChecks;
    private final UdpTunnels udp;

    // Of the packet in hand, what its outer header says.
    private int router;
    private final OuterAddresses addresses = new OuterAddresses();
    private long outerHeader;

    /**
     * @param pairs between which addresses there are tunnels of kinds that have keys, whatever these are.
     * @param udpPorts to which there are packets of tunnels.
     * @param associations inbound security associations, whose keys are their SPIs.
     * @param isLive whether the packets are received; false: they are only traced.
     */
    public Decapsulator(
            TunnelEnds ends,
            TunnelEnds pairs,
            UdpPorts udpPorts,
            TunnelEnds associations,
            EspReceiver esp,
            InterfaceTable interfaces,
            boolean isLive) {
        this.ends = ends;
        this.pairs = pairs;
        this.associations = associations;
        this.esp = esp;
        inside = new InnerPackets(interfaces);
        labelled = new LabelledPackets(ends, inside);
        greChecks = new GreChecks(isLive);
        udp = new UdpTunnels(this, udpPorts, inside);
    }

    /**
     * Unwraps packet {@code i}, which check has found sound and which is for the router itself.
     *
     * @return the interface that receives what was inside, now the content of the packet's buffer; else, negative, the complement
     *     of the packet's disposition, and it is as it was: punted, for no tunnel expects it, or it is a fragment, which the
     *     kernel may put together; or dropped.
     */
    public int unwrap(Burst burst, int i) {
        long header = burst.network[i];
        outerHeader = header;
        router = burst.router[i];
        inside.cameBy(burst.ingress[i]);
        return CheckResult.family(burst.checkResult[i]) == CheckResult.FAMILY_IPV4
                ? unwrapIpv4(burst, i, header)
                : unwrapIpv6(burst, i, header);
    }

    private int unwrapIpv4(Burst burst, int i, long header) {
        int protocol = Memory.getUnsignedByte(header + Ipv4.PROTOCOL);
        if (!isTunnel(protocol) || Ipv4.isFragment(header)) {
            return notOurs(burst, i);
        }
        addresses.ofIpv4(header);
        inside.outer(header, Memory.getUnsignedByte(header + Ipv4.TOS));
        int headerBytes = Ipv4.headerBytes(header);
        return headerBytes == Ipv4.MIN_HEADER_BYTES
                ? unwrap(burst, i, protocol, headerBytes)
                : unwrapWithOptions(burst, i, protocol, headerBytes);
    }

    /** Options of which the kernel must know are a reason of their own, as on the way to somebody else. */
    private static int notOurs(Burst burst, int i) {
        return CheckResult.localOnlyReason(burst.checkResult[i]) == OPTIONS ? ~OPTIONS : NOT_OURS;
    }

    private int unwrapIpv6(Burst burst, int i, long header) {
        boolean hasLimit = OuterHeader.hasEncapsulationLimit(header, burst.networkLength[i]);
        int protocol = Memory.getUnsignedByte(header + (hasLimit ? Ipv6.HEADER_BYTES : Ipv6.NEXT_HEADER));
        if (!isTunnel(protocol)) {
            return NOT_OURS;
        }
        addresses.ofIpv6(header);
        inside.outer(header, Ipv6.trafficClass(header));
        return unwrap(burst, i, protocol, hasLimit ? Ipv6.HEADER_BYTES + OuterHeader.LIMIT_BYTES : Ipv6.HEADER_BYTES);
    }

    private static boolean isTunnel(int protocol) {
        return protocol == GreHeader.PROTOCOL
                || protocol == EspHeader.PROTOCOL
                || protocol == OuterUdp.PROTOCOL
                || IpIpHeader.isProtocol(protocol);
    }

    private int unwrap(Burst burst, int i, int protocol, int outerBytes) {
        long mbuf = burst.mbufs.get(i);
        long payload = burst.network[i] + outerBytes;
        int bytes = burst.networkLength[i] - outerBytes;
        if (protocol == EspHeader.PROTOCOL) {
            return esp(ESP, mbuf, payload, bytes);
        }
        if (protocol == OuterUdp.PROTOCOL) {
            return udp.unwrap(mbuf, payload, bytes, outerHeader);
        }
        return protocol == GreHeader.PROTOCOL ? gre(mbuf, payload, bytes) : ipIp(mbuf, payload, bytes, protocol);
    }

    private int ipIp(long mbuf, long inner, int bytes, int protocol) {
        long end = lookup(IPIP, KEYLESS);
        return end == TunnelEnds.NO_RECORD
                ? refuse(VNS, WRONG_KEY)
                : inside.receive(mbuf, inner, bytes, IpIpHeader.isIpv4(protocol), end);
    }

    /**
     * A packet with options. One alone that says the VPN-ID is a VNS tunnel's, or was put in where the packet left the far end's node by an
     * interface that marks: then it is a packet of its tunnel as any other.
     */
    private int unwrapWithOptions(Burst burst, int i, int protocol, int headerBytes) {
        long header = burst.network[i];
        int found = VpnIdOption.find(header, headerBytes);
        boolean hasId = VpnIdOption.isAlone(found);
        if (!IpIpHeader.isProtocol(protocol)) {
            return hasId ? unwrap(burst, i, protocol, headerBytes) : notOurs(burst, i);
        }
        long end = hasId
                ? lookup(VNS | TunnelEnds.KEYED, VpnIdOption.vpnId(VpnIdOption.at(header, found)))
                : TunnelEnds.NO_RECORD;
        if (end != TunnelEnds.NO_RECORD) {
            int bytes = burst.networkLength[i] - headerBytes;
            return inside.receive(burst.mbufs.get(i), header + headerBytes, bytes, IpIpHeader.isIpv4(protocol), end);
        }
        int refusal = refuse(VNS, hasId ? WRONG_KEY : MALFORMED);
        if (refusal != NOT_OURS) {
            return refusal;
        }
        return hasId ? unwrap(burst, i, protocol, headerBytes) : notOurs(burst, i);
    }

    int esp(int kind, long mbuf, long payload, int bytes) {
        long end = lookup(kind, KEYLESS);
        if (end == TunnelEnds.NO_RECORD) {
            return NOT_OURS;
        }
        long association = bytes < Integer.BYTES
                ? TunnelEnds.NO_RECORD
                : addresses.lookup(associations, router, kind, EspHeader.spi(payload));
        if (association == TunnelEnds.NO_RECORD) {
            return NO_ASSOCIATION;
        }
        int disposition = esp.open(associations.indexOf(association), payload, bytes);
        return disposition == Disposition.FORWARD
                ? inside.receive(mbuf, payload + EspHeader.BYTES, esp.innerBytes(), esp.isInnerIpv4(), end)
                : ~disposition;
    }

    private int gre(long mbuf, long gre, int bytes) {
        if (bytes < GreHeader.MIN_BYTES) {
            return refuse(GRE, MALFORMED);
        }
        int flags = GreHeader.flags(gre);
        if (!GreHeader.isVersion0(flags)) {
            return NOT_OURS;
        }
        if (GreHeader.isMpls(gre)) {
            int received = GreHeader.isPlain(flags) // no key, checksum or number is ever configured (RFC 4023 §3.2)
                    ? labelled(MPLS_GRE, mbuf, gre + GreHeader.MIN_BYTES, bytes - GreHeader.MIN_BYTES)
                    : refuse(MPLS_GRE, MALFORMED);
            if (received != NOT_OURS) {
                return received;
            }
        }
        int headerBytes = GreHeader.bytes(flags);
        if (!GreHeader.isAllowed(flags) || bytes < headerBytes) {
            return refuse(GRE, MALFORMED);
        }
        long end = lookup(GreHeader.hasKey(flags) ? GRE | TunnelEnds.KEYED : GRE, GreHeader.key(gre, flags));
        if (end == TunnelEnds.NO_RECORD) {
            return refuse(GRE, WRONG_KEY);
        }
        int refusal = greChecks.check(gre, bytes, flags, end);
        if (refusal < 0) {
            return refusal;
        }
        return (TunnelEnds.options(end) & GreOptions.ETHERNET) != 0
                ? inside.receiveFrame(mbuf, gre + headerBytes, bytes - headerBytes, end)
                : inside.receive(mbuf, gre + headerBytes, bytes - headerBytes, GreHeader.isIpv4(gre), end);
    }

    int labelled(int kind, long mbuf, long stack, int bytes) {
        int entry = bytes < LabelEntry.BYTES ? 0 : LabelEntry.at(stack);
        long end = lookup(kind | TunnelEnds.KEYED, LabelEntry.label(entry)); // no tunnel has the label 0
        if (end == TunnelEnds.NO_RECORD) {
            return refuse(kind, bytes < LabelEntry.BYTES ? MALFORMED : WRONG_KEY);
        }
        return labelled.receive(mbuf, stack, bytes, end);
    }

    /** A packet between the addresses of a kind's tunnel is dropped for a reason; a stranger's is the kernel's. */
    int refuse(int kind, int reason) {
        boolean isPair = addresses.lookup(pairs, router, kind, KEYLESS) != TunnelEnds.NO_RECORD;
        return isPair ? reason : NOT_OURS;
    }

    long lookup(int kind, int key) {
        return addresses.lookup(ends, router, kind, key);
    }
}
