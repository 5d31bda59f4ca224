# Makes random IP packets and, with scapy's own idea of IP, what a router must turn them into.
# Usage: golden.py DIRECTORY SEED COUNT; writes in.pcap and expected.pcap, and to tags how many frames in between have a service
# tag (IEEE 802.1ad) and how many have several tags: no interface has those.
import random
import sys

from scapy.all import ICMP, TCP, UDP, Dot1AD, Dot1Q, Ether, IP, ICMPv6EchoRequest, IPv6, PcapWriter, Raw

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


def tags():
    # Priority tags (IEEE 802.1Q 9.6) belong to the untagged interface.
    return rng.choice([None, Dot1Q(vlan=0, prio=rng.randrange(8)), Dot1Q(vlan=10, prio=rng.randrange(8))])


def strange_tags():
    outer = rng.choice([Dot1AD, Dot1Q])(vlan=rng.choice([0, 10, 20]), prio=rng.randrange(8))
    if outer.__class__ is Dot1AD and rng.randrange(2):
        return "service", outer
    return "double", outer / rng.choice([Dot1AD, Dot1Q])(vlan=rng.choice([0, 10, 20]))


def write(frame):
    octets = bytes(frame)
    received.write(octets + bytes(max(0, 60 - len(octets))))


counts = {"service": 0, "double": 0}
received = PcapWriter(directory + "/in.pcap", linktype=1)
expected = PcapWriter(directory + "/expected.pcap", linktype=1)
for _ in range(count):
    family, fields = packet(rng.randrange(2, 256))
    body = transport(family == "v6")
    before = (IP if family == "v4" else IPv6)(**fields) / body
    ttl = "ttl" if family == "v4" else "hlim"
    after = (IP if family == "v4" else IPv6)(**{**fields, ttl: fields[ttl] - 1}) / body
    tag = tags()
    ether = Ether(dst=ROUTER_A, src=HOST_A)
    write(ether / tag / before if tag else ether / before)
    if rng.randrange(4) == 0:
        kind, strange = strange_tags()
        counts[kind] += 1
        write(ether / strange / before)
    expected.write(bytes(Ether(dst=HOST_B, src=ROUTER_B) / Dot1Q(vlan=20) / after))
received.close()
with open(directory + "/tags", "w") as file:
    file.write("%(service)d %(double)d" % counts)
expected.close()
