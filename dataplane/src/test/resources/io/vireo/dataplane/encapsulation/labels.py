# Makes random packets behind label stacks and, with scapy's own idea of MPLS and IP, what a router must make of them whose table has four labels:
# 100 swapped for 200, 101 for 201 upon 301 upon 401 with TTLs of its own, 102 popped for the next hop, 103 popped for the router itself.
# Usage: labels.py DIRECTORY SEED COUNT; writes in.pcap and expected.pcap.
import random
import sys

from scapy.all import IP, UDP, Dot1Q, Ether, PcapWriter, Raw
from scapy.contrib.mpls import MPLS

directory, seed, count = sys.argv[1], *map(int, sys.argv[2:4])
rng = random.Random(seed)
IN = dict(dst="02:00:00:00:01:01", src="02:00:00:00:aa:00")
OUT = dict(dst="02:00:00:00:bb:01", src="02:00:00:00:01:02")


def stack(labels, packet):
    """Entries (label, class, TTL), the outermost first."""
    for n, (label, cos, ttl) in reversed(list(enumerate(labels))):
        packet = MPLS(label=label, cos=cos, s=1 if n == len(labels) - 1 else 0, ttl=ttl) / packet
    return packet


def ip(ttl, fields, payload):
    return IP(ttl=ttl, **fields) / UDP(sport=fields["id"], dport=9) / Raw(payload)


with PcapWriter(directory + "/in.pcap") as comes, PcapWriter(directory + "/expected.pcap") as leaves:
    for n in range(count):
        fields = dict(src="10.0.5.%d" % rng.randrange(1, 250), dst="10.99.%d.%d" % (rng.randrange(250), rng.randrange(1, 250)), id=n, tos=rng.randrange(256))
        payload = bytes(rng.randrange(256) for _ in range(rng.randrange(30, 400)))
        own, outer = rng.randrange(2, 256), rng.randrange(2, 256)
        label = rng.randrange(100, 104)
        beneath = [(rng.randrange(16, 1 << 20), rng.randrange(8), rng.randrange(1, 256)) for _ in range(rng.randrange(3) if label != 103 else 0)]
        cos = rng.randrange(8)
        came = stack([(label, cos, outer)] + beneath, ip(own, fields, payload))
        left = outer - 1
        if label == 100:
            after = stack([(200, cos, left)] + beneath, ip(own, fields, payload))
        elif label == 101:
            after = stack([(201, cos, 255), (301, cos, 255), (401, cos, left)] + beneath, ip(own, fields, payload))
        elif label == 103:
            after = ip(min(outer, own) - 1, fields, payload)
        elif beneath:
            under, under_cos, under_ttl = beneath[0]
            after = stack([(under, under_cos, min(left, under_ttl))] + beneath[1:], ip(own, fields, payload))
        else:
            after = ip(min(left, own), fields, payload)
        if label == 103 and min(outer, own) <= 1:
            continue
        comes.write(Ether(type=0x8847, **IN) / came)
        leaves.write(Ether(**OUT) / Dot1Q(vlan=20, type=0x0800 if isinstance(after, IP) else 0x8847) / after)
