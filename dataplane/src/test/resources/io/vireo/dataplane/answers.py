"""What hosts ask a router, what it must answer, and what it must leave to its kernel: scapy is the oracle.

answers.py DIRECTORY writes asked.pcap, answered.pcap (same order) and left.pcap.
"""
import sys

from scapy.all import (ARP, Dot1Q, Ether, ICMP, ICMPv6EchoReply, ICMPv6EchoRequest, ICMPv6ND_NA, ICMPv6ND_NS,
                       ICMPv6NDOptDstLLAddr, ICMPv6NDOptSrcLLAddr, IP, IPv6, Raw, UDP, raw, wrpcap)

ROUTER, HOST, OTHER = "02:00:00:00:01:01", "02:00:00:00:aa:01", "02:00:00:00:aa:07"
R4, H4, LOOPBACK4 = "10.0.1.1", "10.0.1.2", "10.9.9.9"
R6, H6, RLL, HLL = "2001:db8:1::1", "2001:db8:1::2", "fe80::1", "fe80::2"
BROADCAST = "ff:ff:ff:ff:ff:ff"
asked, answered, left = [], [], []
identification = 0


def ether(destination, source, tagged):
    frame = Ether(dst=destination, src=source)
    return frame / Dot1Q(vlan=30) if tagged else frame


def arp(tagged, to=BROADCAST):
    ask = ether(to, HOST, tagged) / ARP(op=1, hwsrc=HOST, psrc=H4, hwdst="00:00:00:00:00:00", pdst=R4) / Raw(bytes(18))
    reply = ether(HOST, ROUTER, tagged) / ARP(op=2, hwsrc=ROUTER, psrc=R4, hwdst=HOST, pdst=H4)
    asked.append(ask), answered.append(reply)


def solicit(tagged, source, target, group, options=True):
    low = target.split(":")[-1]
    to, mac = ("ff02::1:ff00:" + low, "33:33:ff:00:00:0" + low) if group else (target, ROUTER)
    ask = ether(mac, HOST, tagged) / IPv6(src=source, dst=to, hlim=255) / ICMPv6ND_NS(tgt=target)
    if options:
        ask = ask / ICMPv6NDOptSrcLLAddr(lladdr=HOST)
    reply = (ether(HOST, ROUTER, tagged) / IPv6(src=target, dst=source, hlim=255)
             / ICMPv6ND_NA(tgt=target, R=1, S=1, O=1) / ICMPv6NDOptDstLLAddr(lladdr=ROUTER))
    asked.append(ask), answered.append(reply)


def ping4(tagged, target, size):
    global identification
    data = Raw(bytes(n & 0xff for n in range(size)))
    echo = dict(id=0x1234, seq=size)
    asked.append(ether(ROUTER, HOST, tagged) / IP(src=H4, dst=target, tos=0x20, ttl=3, flags="DF", id=77)
                 / ICMP(type=8, **echo) / data)
    answered.append(ether(HOST, ROUTER, tagged) / IP(src=target, dst=H4, tos=0x20, ttl=64, id=identification)
                    / ICMP(type=0, **echo) / data)
    identification = identification + 1


def ping6(tagged, source, target, size):
    data = bytes(n * 7 & 0xff for n in range(size))
    asked.append(ether(ROUTER, HOST, tagged) / IPv6(src=source, dst=target, tc=0x40, fl=0x12345, hlim=9)
                 / ICMPv6EchoRequest(id=9, seq=size, data=data))
    answered.append(ether(HOST, ROUTER, tagged) / IPv6(src=target, dst=source, tc=0x40, hlim=64)
                    / ICMPv6EchoReply(id=9, seq=size, data=data))


def ask_all(tagged):
    arp(tagged), arp(tagged, ROUTER)
    for target in (R6, RLL):
        for source in (H6, HLL):
            solicit(tagged, source, target, True), solicit(tagged, source, target, False)
    solicit(tagged, H6, R6, False, options=False)
    for size in (0, 1, 2, 3, 56, 57, 1400):
        ping4(tagged, R4, size), ping6(tagged, H6, R6, size)
    ping4(tagged, LOOPBACK4, 8), ping6(tagged, HLL, RLL, 8), ping6(tagged, HLL, R6, 8)


def broken(frame, offset):
    octets = bytearray(raw(frame))
    octets[offset] ^= 0xff
    return Ether(bytes(octets))


def leave_all():
    any_mac = "00:00:00:00:00:00"
    request = dict(op=1, hwsrc=HOST, hwdst=any_mac)
    here, out = Ether(dst=ROUTER, src=HOST), Ether(dst=BROADCAST, src=HOST)
    left.append(out / ARP(psrc="0.0.0.0", pdst=R4, **request))  # probe, RFC 5227
    left.append(out / ARP(psrc=H4, pdst=H4, **request))  # announcement
    left.append(out / ARP(psrc=R4, pdst=R4, **request))  # of our address
    left.append(out / ARP(psrc=H4, pdst=LOOPBACK4, **request))  # of another interface: Linux, arp_ignore
    left.append(Ether(dst=BROADCAST, src=OTHER) / ARP(psrc=H4, pdst=R4, **request))
    left.append(here / ARP(op=2, hwsrc=HOST, psrc=H4, hwdst=ROUTER, pdst=R4))
    group = Ether(dst="33:33:ff:00:00:01", src=HOST)
    left.append(group / IPv6(src="::", dst="ff02::1:ff00:1", hlim=255) / ICMPv6ND_NS(tgt=R6))  # RFC 4862
    known = IPv6(src=H6, dst="ff02::1:ff00:1", hlim=255)
    link = ICMPv6NDOptSrcLLAddr(lladdr=HOST)
    left.append(group / known / ICMPv6ND_NS(tgt=R6))  # no link-layer address
    left.append(group / known / ICMPv6ND_NS(tgt=R6) / ICMPv6NDOptSrcLLAddr(lladdr=OTHER))
    left.append(group / known / ICMPv6ND_NS(tgt="2001:db8:1::5:1") / link)
    left.append(group / IPv6(src=H6, dst="ff02::1:ff00:1", hlim=254) / ICMPv6ND_NS(tgt=R6) / link)
    left.append(broken(group / known / ICMPv6ND_NS(tgt=R6) / link, 56))  # checksum
    left.append(broken(group / known / ICMPv6ND_NS(tgt=R6) / link, 79))  # length of the option
    left.append(here / IPv6(src=H6, dst=R6, hlim=255) / ICMPv6ND_NA(tgt=H6, S=1))
    echo = ICMP(type=8, id=1, seq=1)
    left.append(broken(here / IP(src=H4, dst=R4) / echo / Raw(b"12345678"), 36))  # checksum
    left.append(here / IP(src=H4, dst=R4, flags="MF") / echo / Raw(b"12345678"))
    left.append(here / IP(src="10.77.0.1", dst=R4) / echo)  # no way back
    left.append(here / IP(src=H4, dst=R4) / ICMP(type=13))
    left.append(here / IP(src=H4, dst=R4) / UDP(sport=1, dport=2))
    left.append(here / IPv6(src=H6, dst=R6) / UDP(sport=1, dport=2))
    left.append(here / IPv6(src=HLL, dst="fe80::7") / ICMPv6EchoRequest())  # not an address of ours


for with_tag in (False, True):
    ask_all(with_tag)
leave_all()
directory = sys.argv[1]
wrpcap(directory + "/asked.pcap", asked)
wrpcap(directory + "/answered.pcap", answered)
wrpcap(directory + "/left.pcap", left)
