# Makes random IP packets and, with scapy's own idea of IP, what a tunnel must make of them, both ways.
# Usage: tunnel.py DIRECTORY SEED COUNT OUTER INNER (4 or 6) KIND (1 = IP in IP, 2 = GRE) OPTIONS (of GRE) KEY; writes out-in, out-expected, in-in and in-expected (.pcap).
import random
import sys

from scapy.all import GRE, IP, TCP, UDP, Dot1Q, Ether, IPv6, PcapWriter, Raw

directory, seed, count, outer_version, inner_version = sys.argv[1], *map(int, sys.argv[2:6])
kind, options, key = map(int, sys.argv[6:9])
rng = random.Random(seed)
MAC_A, MAC_U = "02:00:00:00:01:01", "02:00:00:00:01:02"
HOST, GATEWAY = "02:00:00:00:aa:01", "02:00:00:00:aa:02"
PROTOCOL = {4: 4, 6: 41}
ETHER_TYPE = {4: 0x0800, 6: 0x86DD}
IPIP = 1


def transport():
    ports = dict(sport=rng.randrange(65536), dport=rng.randrange(65536))
    kind = UDP(**ports) if rng.randrange(2) else TCP(flags="PA", **ports)
    return kind / Raw(bytes(rng.randrange(256) for _ in range(rng.randrange(0, 600))))


def inner(away):
    near, far = rng.randrange(2, 250), rng.randrange(1, 250)
    tos = rng.randrange(256)
    if inner_version == 4:
        ends = ["10.0.1.2" if not away else "10.0.1.%d" % near, "10.99.7.%d" % far]
        flags = rng.choice(["", "DF", "MF"])
        fields = dict(id=rng.randrange(65536), tos=tos, flags=flags, frag=rng.choice([0, 0, 185]), ttl=rng.randrange(2, 256))
        kind, ttl = IP, "ttl"
    else:
        ends = ["2001:db8:1::%x" % near, "2001:db8:2::%x" % far]
        fields = dict(tc=tos, fl=rng.randrange(1 << 20), hlim=rng.randrange(2, 256))
        kind, ttl = IPv6, "hlim"
    fields["src"], fields["dst"] = ends if away else ends[::-1]
    body = transport()
    return kind(**fields) / body, kind(**{**fields, ttl: fields[ttl] - 1}) / body, tos, fields.get("flags") == "DF"


def outer(tos, dont_fragment, number, away, hops):
    protocol = PROTOCOL[inner_version] if kind == IPIP else 47
    if outer_version == 4:
        ends = ["192.0.2.1", "192.0.2.2"]
        source, destination = ends if away else ends[::-1]
        return IP(src=source, dst=destination, tos=tos, flags="DF" if dont_fragment else "", id=number, ttl=hops, proto=protocol)
    ends = ["2001:db8:ff::1", "2001:db8:ff::2"]
    source, destination = ends if away else ends[::-1]
    return IPv6(src=source, dst=destination, tc=tos, hlim=hops, nh=protocol)


def gre(sequence, has_checksum):
    """The header that scapy completes, once the packet stands behind it."""
    header = GRE(proto=ETHER_TYPE[inner_version], chksum_present=int(bool(has_checksum)), key_present=options & 1, seqnum_present=options >> 2)
    if has_checksum:
        header.offset = 0
    if header.key_present:
        header.key = key
    if header.seqnum_present:
        header.sequence_number = sequence
    return header


def within(delivery, packet, sequence, has_checksum):
    payload = Raw(bytes(packet))
    return delivery / payload if kind == IPIP else delivery / gre(sequence, has_checksum) / payload


first = rng.randrange(1 << 32)
writers = {name: PcapWriter("%s/%s.pcap" % (directory, name), linktype=1) for name in ("out-in", "out-expected", "in-in", "in-expected")}
for n in range(count):
    before, after, tos, dont_fragment = inner(True)
    writers["out-in"].write(bytes(Ether(dst=MAC_A, src=HOST) / before))
    encapsulated = within(outer(tos, dont_fragment, n, True, 64), after, n, options & 2)
    writers["out-expected"].write(bytes(Ether(dst=GATEWAY, src=MAC_U) / Dot1Q(vlan=20) / encapsulated))
    before, after, _, _ = inner(False)
    delivery = outer(rng.randrange(256) & 0xFC | rng.randrange(3), rng.randrange(2), rng.randrange(65536), False, rng.randrange(1, 256))
    encapsulated = within(delivery, before, (first + n) % (1 << 32), options & 2 or rng.randrange(2))
    writers["in-in"].write(bytes(Ether(dst=MAC_U, src=GATEWAY) / Dot1Q(vlan=20) / encapsulated))
    writers["in-expected"].write(bytes(Ether(dst=HOST, src=MAC_A) / after))
for writer in writers.values():
    writer.close()
