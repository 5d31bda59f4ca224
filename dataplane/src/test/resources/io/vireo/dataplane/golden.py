# Makes random IP packets and, with scapy's own idea of IP, what a router must turn them into.
# Usage: golden.py DIRECTORY SEED COUNT; writes in.pcap and expected.pcap.
import random
import sys

from scapy.all import ICMP, TCP, UDP, Dot1Q, Ether, IP, ICMPv6EchoRequest, IPv6, PcapWriter, Raw

directory, seed, count = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
rng = random.Random(seed)
ROUTER_A, ROUTER_B = "02:00:00:00:01:01", "02:00:00:00:01:02"
HOST_A, HOST_B = "02:00:00:00:aa:01", "02:00:00:00:aa:02"


def payload():
    return Raw(bytes(rng.randrange(256) for _ in range(rng.randrange(0, 600))))


def transport(v6):
    kind = rng.randrange(3)
    if kind == 0:
        return UDP(sport=rng.randrange(65536), dport=rng.randrange(65536)) / payload()
    if kind == 1:
        return TCP(sport=rng.randrange(65536), dport=rng.randrange(65536), flags="PA") / payload()
    return (ICMPv6EchoRequest() if v6 else ICMP()) / payload()


def packet(ttl):
    host = rng.randrange(2, 250)
    if rng.randrange(2):
        fields = dict(src="10.0.1.%d" % host, dst="10.0.2.%d" % rng.randrange(1, 255), ttl=ttl)
        fields.update(id=rng.randrange(65536), tos=rng.randrange(256), flags=rng.choice(["", "DF", "MF"]), frag=rng.choice([0, 0, 185]))
        return "v4", fields
    fields = dict(src="2001:db8:1::%x" % host, dst="2001:db8:2::%x" % rng.randrange(1, 65536), hlim=ttl)
    fields.update(tc=rng.randrange(256), fl=rng.randrange(1 << 20))
    return "v6", fields


received = PcapWriter(directory + "/in.pcap", linktype=1)
expected = PcapWriter(directory + "/expected.pcap", linktype=1)
for _ in range(count):
    family, fields = packet(rng.randrange(2, 256))
    body = transport(family == "v6")
    before = (IP if family == "v4" else IPv6)(**fields) / body
    ttl = "ttl" if family == "v4" else "hlim"
    after = (IP if family == "v4" else IPv6)(**{**fields, ttl: fields[ttl] - 1}) / body
    if rng.randrange(2):
        frame = Ether(dst=ROUTER_A, src=HOST_A) / Dot1Q(vlan=10, prio=rng.randrange(8)) / before
    else:
        frame = Ether(dst=ROUTER_A, src=HOST_A) / before
    octets = bytes(frame)
    received.write(octets + bytes(max(0, 60 - len(octets))))
    expected.write(bytes(Ether(dst=HOST_B, src=ROUTER_B) / Dot1Q(vlan=20) / after))
received.close()
expected.close()
