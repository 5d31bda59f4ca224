# Makes random IP packets and, with scapy's own idea of IP, what a tunnel must make of them, both ways.
# Usage: tunnel.py DIRECTORY SEED COUNT OUTER INNER (4 or 6) KIND (1 = IP in IP, 2 = GRE, 4 = VNS, 5 = VXLAN, 6 = MPLS in GRE, 7 = MPLS on the link) OPTIONS (of GRE, which of VNS, VXLAN's port, or the label sent) KEY (or the label received) MODES DSCP (of the tunnel); writes out-in, out-expected, in-in and in-expected (.pcap).
import random
import sys

from scapy.all import GRE, IP, TCP, UDP, VXLAN, Dot1Q, Ether, IPOption, IPOption_Stream_Id, IPv6, PcapWriter, Raw
from scapy.contrib.mpls import MPLS

directory, seed, count, outer_version, inner_version = sys.argv[1], *map(int, sys.argv[2:6])
kind, options, key, modes, fixed_dscp = map(int, sys.argv[6:11])
rng = random.Random(seed)
MAC_A, MAC_U = "02:00:00:00:01:01", "02:00:00:00:01:02"
HOST, GATEWAY = "02:00:00:00:aa:01", "02:00:00:00:aa:02"
PROTOCOL = {4: 4, 6: 41}
ETHER_TYPE = {4: 0x0800, 6: 0x86DD}
MAC_TUNNEL, MAC_FAR = "02:00:00:00:bb:01", "02:00:00:00:bb:02"
GRE_KIND, VNS, VXLAN_KIND, MPLS_GRE, MPLS_LINK = 2, 4, 5, 6, 7
IS_ETHERNET = kind == VXLAN_KIND or (kind == GRE_KIND and options & 8)
UNIFORM_TTL, UNIFORM_DSCP, FIXED_DSCP, PLAIN_ECN, CLAMP_MSS = 1, 2, 4, 8, 16
MTU = 1400
NOT_ECT, ECT_1, ECT_0, CE = range(4)


def transport():
    """A segment or datagram, and what becomes of it in the tunnel."""
    ports = dict(sport=rng.randrange(65536), dport=rng.randrange(65536))
    payload = Raw(rng.randbytes(rng.randrange(0, 600)))
    if rng.randrange(2):
        return (UDP(**ports) / payload,) * 2
    if not modes & CLAMP_MSS:
        return (TCP(flags="PA", **ports) / payload,) * 2
    size, nops = rng.randrange(65536), [("NOP", None)] * rng.randrange(4)
    room = MTU - (40 if inner_version == 4 else 60)
    before, after = (TCP(flags=rng.choice(["S", "SA"]), options=nops + [("MSS", s), ("WScale", 7)], **ports) for s in (size, min(size, room)))
    after.flags = before.flags
    return before / payload, after / payload


def decapsulated(inner_ecn, outer_ecn):
    """RFC 6040, figure 4; None: dropped."""
    if outer_ecn == CE:
        return None if inner_ecn == NOT_ECT else CE
    return ECT_1 if (inner_ecn, outer_ecn) == (ECT_0, ECT_1) else inner_ecn


def inner(away):
    """How to make a packet, its fields, what its version calls TTL and TOS, and what it carries before the tunnel and behind it."""
    near, far = rng.randrange(2, 250), rng.randrange(1, 250)
    tos = rng.randrange(256)
    if inner_version == 4:
        ends = ["10.0.1.2" if not away else "10.0.1.%d" % near, "10.99.7.%d" % far]
        flags = rng.choice(["", "DF", "MF"])
        fields = dict(id=rng.randrange(65536), tos=tos, flags=flags, frag=rng.choice([0, 0, 185]), ttl=rng.randrange(3, 256))
        kind, names = IP, ("ttl", "tos")
    else:
        ends = ["2001:db8:1::%x" % near, "2001:db8:2::%x" % far]
        fields = dict(tc=tos, fl=rng.randrange(1 << 20), hlim=rng.randrange(3, 256))
        kind, names = IPv6, ("hlim", "tc")
    fields["src"], fields["dst"] = ends if away else ends[::-1]
    before, after = transport()
    if fields.get("frag"):
        after = before
    return kind, fields, names, before, after


def vpn_id(flow):
    """The options of VNS: scapy's stream identifier, or what it makes of any option's type and value; it pads them."""
    if kind != VNS:
        return []
    if options == 1:
        return [IPOption_Stream_Id(security=key)]
    value = key.to_bytes(4, "big") + (flow.to_bytes(2, "big") if options == 3 else b"")
    return [IPOption(copy_flag=1, optclass=0, option=30, value=value)]


def outer(tos, dont_fragment, number, away, hops, flow=0):
    protocol = {GRE_KIND: 47, MPLS_GRE: 47, VXLAN_KIND: 17}.get(kind, PROTOCOL[inner_version])
    if outer_version == 4:
        ends = ["192.0.2.1", "192.0.2.2"]
        source, destination = ends if away else ends[::-1]
        return IP(src=source, dst=destination, tos=tos, flags="DF" if dont_fragment else "", id=number, ttl=hops, proto=protocol,
                  options=vpn_id(flow))
    ends = ["2001:db8:ff::1", "2001:db8:ff::2"]
    source, destination = ends if away else ends[::-1]
    return IPv6(src=source, dst=destination, tc=tos, hlim=hops, nh=protocol)


def gre(sequence, has_checksum):
    """The header that scapy completes, once the packet stands behind it."""
    header = GRE(proto=0x6558 if IS_ETHERNET else ETHER_TYPE[inner_version], chksum_present=int(bool(has_checksum)),
                 key_present=options & 1, seqnum_present=options >> 2 & 1)
    if has_checksum:
        header.offset = 0
    if header.key_present:
        header.key = key
    if header.seqnum_present:
        header.sequence_number = sequence
    return header


def vxlan(away):
    """From any port, and with or without checksum, if it is not sent here; what is reserved may be anything then."""
    if away:
        return UDP(sport=49152, dport=options, chksum=0) / VXLAN(flags=8, vni=key)
    checksum = {} if rng.randrange(2) else {"chksum": 0}
    reserved = dict(reserved1=rng.randrange(1 << 16), reserved2=rng.randrange(256))
    return UDP(sport=rng.randrange(65536), dport=options, **checksum) / VXLAN(flags=8 | rng.randrange(256) & 0x77, vni=key, **reserved)


def within(delivery, packet, sequence, has_checksum, away, label):
    frame = Ether(dst=MAC_FAR if away else MAC_TUNNEL, src=MAC_TUNNEL if away else MAC_FAR, type=ETHER_TYPE[inner_version])
    payload = Raw(bytes(frame / packet)) if IS_ETHERNET else Raw(bytes(packet))
    if kind == VXLAN_KIND:
        return delivery / vxlan(away) / payload
    if kind == MPLS_GRE:
        return delivery / GRE(proto=0x8847) / label / payload
    if kind == MPLS_LINK:
        return label / payload
    return delivery / payload if kind != GRE_KIND else delivery / gre(sequence, has_checksum) / payload


first = rng.randrange(1 << 32)
wire_type = dict(type=0x8847) if kind == MPLS_LINK else {}
writers = {name: PcapWriter("%s/%s.pcap" % (directory, name), linktype=1) for name in ("out-in", "out-expected", "in-in", "in-expected")}
for n in range(count):
    make, fields, (ttl, tos), before, after = inner(True)
    writers["out-in"].write(bytes(Ether(dst=MAC_A, src=HOST) / make(**fields) / before))
    hops = fields[ttl] - 1
    dscp = fixed_dscp << 2 if modes & FIXED_DSCP else fields[tos] & 0xFC
    ecn = NOT_ECT if modes & PLAIN_ECN else fields[tos] & 3
    delivery = outer(dscp | ecn, fields.get("flags") == "DF", n, True, hops if modes & UNIFORM_TTL else 64)
    label = MPLS(label=options, cos=(dscp | ecn) >> 5, s=1, ttl=hops if modes & UNIFORM_TTL else 64)
    encapsulated = within(delivery, make(**{**fields, ttl: hops}) / after, n, options & 2, True, label)
    writers["out-expected"].write(bytes(Ether(dst=GATEWAY, src=MAC_U) / Dot1Q(vlan=20, **wire_type) / encapsulated))
    make, fields, (ttl, tos), before, after = inner(False)
    outer_tos, hops = rng.randrange(256), rng.randrange(2, 256)
    delivery = outer(outer_tos, rng.randrange(2), rng.randrange(65536), False, hops, rng.randrange(65536))
    label = MPLS(label=key, cos=n % 8, s=1, ttl=255 - n % 254)
    encapsulated = within(delivery, make(**fields) / before, (first + n) % (1 << 32), options & 2 or rng.randrange(2), False, label)
    writers["in-in"].write(bytes(Ether(dst=MAC_U, src=GATEWAY) / Dot1Q(vlan=20, **wire_type) / encapsulated))
    if kind == MPLS_LINK:
        outer_tos = fields[tos] if fields[tos] >> 5 == label.cos else label.cos << 5
    ecn = decapsulated(fields[tos] & 3, outer_tos & 3)
    if ecn is not None:
        dscp = (outer_tos if modes & UNIFORM_DSCP else fields[tos]) & 0xFC
        hops = {MPLS_GRE: min(hops, label.ttl), MPLS_LINK: label.ttl}.get(kind, hops)
        left = min(hops, fields[ttl]) if modes & UNIFORM_TTL else fields[ttl]
        received = make(**{**fields, ttl: left - 1, tos: dscp | ecn}) / after
        writers["in-expected"].write(bytes(Ether(dst=HOST, src=MAC_A) / received))
for writer in writers.values():
    writer.close()
