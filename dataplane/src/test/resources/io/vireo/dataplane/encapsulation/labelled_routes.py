"""Packets that come to a router whose routes have labels, and what it sends.

Of LabelledRouteTest: 10.98.0.0/16 leaves with 100 over 200, TTLs being the packet's; 2001:db8:98::/48 with 300 of TTL 255.

Usage: labelled_routes.py DIRECTORY SEED COUNT
"""
import random
import sys

from scapy.all import Dot1Q, Ether, IP, IPv6, Raw, UDP, wrpcap
from scapy.contrib.mpls import MPLS

directory, seed, count = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
random.seed(seed)
comes, leaves = [], []
link = Ether(dst="02:00:00:00:bb:01", src="02:00:00:00:01:02") / Dot1Q(vlan=20)
for n in range(count):
    ttl, tos = random.randrange(2, 256), random.randrange(256)
    inside = UDP(sport=n, dport=53) / Raw(random.randbytes(random.randrange(26, 200)))
    arrived = Ether(dst="02:00:00:00:01:01", src="02:00:00:00:aa:00")
    if n % 2:
        packet = lambda t: IP(src="10.0.5.1", dst=f"10.98.0.{n % 250}", ttl=t, tos=tos, id=n) / inside
        labels = MPLS(label=100, cos=tos >> 5, s=0, ttl=ttl - 1) / MPLS(label=200, cos=tos >> 5, s=1, ttl=ttl - 1)
    else:
        packet = lambda t: IPv6(src="2001:db8::1", dst=f"2001:db8:98::{n % 250}", hlim=t, tc=tos) / inside
        labels = MPLS(label=300, cos=tos >> 5, s=1, ttl=255)
    comes.append(arrived / packet(ttl))
    leaves.append(link / labels / packet(ttl - 1))
wrpcap(f"{directory}/in.pcap", comes)
wrpcap(f"{directory}/expected.pcap", leaves)
