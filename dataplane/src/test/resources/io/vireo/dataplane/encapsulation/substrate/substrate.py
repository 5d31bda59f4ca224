# Makes random IP packets and, with a header of scapy's making, what a virtual link must make of them, both ways.
# And frames of a virtual link that crosses a node, as they come and as they must leave.
# Usage: substrate.py DIRECTORY SEED COUNT; writes out-in, out-expected, in-in, in-expected, cross-in and cross-expected (.pcap).
import random
import sys

from scapy.all import ICMP, IP, TCP, UDP, BitField, Dot1Q, Ether, IPv6, LenField, Packet, PcapWriter, Raw, ThreeBytesField, XShortEnumField, bind_layers

directory, seed, count = sys.argv[1], *map(int, sys.argv[2:4])
rng = random.Random(seed)
ETHER_TYPE, ID, VLAN = 0x88B5, 0x5A0001, 30
HOST, OWN, PEER = "02:00:00:00:aa:01", "02:00:00:00:bb:00", "02:00:00:00:bb:01"
ROUTER = "02:00:00:00:01:0a"


class VirtualLink(Packet):
    """What stands between Ethernet and what a virtual link carries."""

    name = "virtual link"
    fields_desc = [
        BitField("version", 0, 4),
        BitField("reserved", 0, 4),
        ThreeBytesField("id", 0),
        LenField("length", None),
        XShortEnumField("protocol", None, {0x0800: "IPv4", 0x86DD: "IPv6"}),
    ]

    def extract_padding(self, rest):
        return rest[: self.length], rest[self.length :]


bind_layers(Ether, VirtualLink, type=ETHER_TYPE)
bind_layers(Dot1Q, VirtualLink, type=ETHER_TYPE)
bind_layers(VirtualLink, IP, protocol=0x0800)
bind_layers(VirtualLink, IPv6, protocol=0x86DD)


def inner(away):
    """A packet, and the same a hop later."""
    near, far = rng.randrange(2, 250), rng.randrange(1, 250)
    hops = rng.randrange(3, 256)
    ports = dict(sport=rng.randrange(65536), dport=rng.randrange(65536))
    payload = Raw(bytes(rng.randrange(256) for _ in range(rng.choice([0, 1, 3, 9, 300, 900]))))
    if rng.randrange(2):
        ends = ["10.0.0.%d" % (near if away else 2), "10.99.7.%d" % far]
        fields = dict(id=rng.randrange(65536), tos=rng.randrange(256), flags=rng.choice(["", "DF"]))
        kind, name = IP, "ttl"
    else:
        ends = ["2001:db8:1::2", "2001:db8:2::%x" % far]
        fields = dict(tc=rng.randrange(256), fl=rng.randrange(1 << 20))
        kind, name = IPv6, "hlim"
    fields["src"], fields["dst"] = ends if away else ends[::-1]
    carried = rng.choice([UDP(**ports), TCP(**ports), ICMP() if kind is IP else UDP(**ports)]) / payload
    return kind(**{name: hops}, **fields) / carried, kind(**{name: hops - 1}, **fields) / carried


def on_link(source, destination, packet):
    return Ether(src=source, dst=destination) / Dot1Q(vlan=VLAN, prio=5) / VirtualLink(id=ID) / packet


out_in, out_expected, in_in, in_expected = (PcapWriter("%s/%s.pcap" % (directory, n), linktype=1) for n in ("out-in", "out-expected", "in-in", "in-expected"))
for _ in range(count):
    before, after = inner(True)
    out_in.write(Ether(src=HOST, dst=ROUTER) / Dot1Q(vlan=1) / before)
    out_expected.write(on_link(OWN, PEER, after))
    before, after = inner(False)
    frame = bytes(on_link(PEER, OWN, before))
    frame += bytes(max(0, 64 - len(frame)))
    read = Ether(frame)
    assert read[VirtualLink].id == ID and read[VirtualLink].length == len(before), read.show(dump=True)
    assert bytes(read[VirtualLink].payload)[: len(before)] == bytes(before)
    in_in.write(Ether(frame))
    in_expected.write(Ether(src=ROUTER, dst=HOST) / Dot1Q(vlan=1) / after)

cross_in, cross_expected = (PcapWriter("%s/%s.pcap" % (directory, n), linktype=1) for n in ("cross-in", "cross-expected"))
for _ in range(count):
    carried = inner(True)[0] if rng.randrange(3) else VirtualLink(id=rng.randrange(1 << 24), protocol=0x0806) / Raw(b"nested")
    protocol = {} if isinstance(carried, (IP, IPv6)) else dict(protocol=rng.randrange(0x600, 1 << 16))
    frame = bytes(Ether(src=PEER, dst=OWN) / Dot1Q(vlan=VLAN, prio=5) / VirtualLink(id=ID, **protocol) / carried)
    cross_in.write(Ether(frame + bytes(max(0, 64 - len(frame)))))
    cross_expected.write(Ether(src="02:00:00:00:ee:00", dst="02:00:00:00:bb:02") / VirtualLink(id=0xFFFFFE, **protocol) / carried)
for writer in (out_in, out_expected, in_in, in_expected, cross_in, cross_expected):
    writer.close()
