# Usage: fragments.py DIRECTORY SEED COUNT OUTER-VERSION FRAGMENT-BYTES; writes in (fragments of GRE packets by scapy's fragment and
# fragment6, each packet's in some order) and expected (what the host receives), both .pcap.
import random
import sys

from scapy.all import GRE, IP, UDP, Dot1Q, Ether, IPv6, IPv6ExtHdrFragment, PcapWriter, Raw, fragment, fragment6

directory, seed, count, outer_version, size = sys.argv[1], *map(int, sys.argv[2:6])
rng = random.Random(seed)
received, expected = (PcapWriter("%s/%s.pcap" % (directory, name), linktype=1) for name in ("in", "expected"))


def inner(number, ttl):
    rng.seed(seed + number)
    payload = Raw(bytes(rng.randrange(256) for _ in range(rng.randrange(0, 1400))))
    return IP(src="10.99.7.1", dst="10.0.1.2", id=number, ttl=ttl) / UDP(sport=number, dport=7) / payload


for n in range(count):
    packet = bytes(inner(n, 64))
    gre = GRE(proto=0x0800) / Raw(packet)
    if outer_version == 4:
        pieces = fragment(IP(src="192.0.2.2", dst="192.0.2.1", proto=47, id=n) / gre, size)
    else:
        header = IPv6(src="2001:db8:ff::2", dst="2001:db8:ff::1")
        pieces = fragment6(header / IPv6ExtHdrFragment(id=n << 16, nh=47) / gre, size)
    if rng.randrange(2):
        rng.shuffle(pieces)
    for piece in pieces:
        received.write(bytes(Ether(dst="02:00:00:00:01:02", src="02:00:00:00:aa:02") / Dot1Q(vlan=20) / piece))
    expected.write(bytes(Ether(dst="02:00:00:00:aa:01", src="02:00:00:00:01:01") / inner(n, 63)))
received.close()
expected.close()
