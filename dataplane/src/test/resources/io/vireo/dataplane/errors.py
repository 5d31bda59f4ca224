"""What cannot be forwarded, and the ICMP error that answers it: scapy is the oracle.

errors.py DIRECTORY writes asked.pcap, answered.pcap (IPv4 and IPv6 each in the same order) and silent.pcap, about which there is no error.
"""
import sys

from scapy.all import (Dot1Q, Ether, ICMP, ICMPv6DestUnreach, ICMPv6EchoRequest, ICMPv6PacketTooBig, ICMPv6TimeExceeded,
                       ICMPv6Unknown, IP, IPv6, IPv6ExtHdrDestOpt, IPv6ExtHdrFragment, IPv6ExtHdrRouting, Raw, TCP, UDP,
                       raw, wrpcap)

ROUTER, HOST = "02:00:00:00:01:01", "02:00:00:00:aa:01"
R4, R6 = "10.0.1.1", "2001:db8:1::1"
MTU = 1400
NO_ROUTE, UNREACHABLE, PROHIBITED, NARROW, GLEAN = "10.9.0.1", "10.3.0.1", "10.4.0.1", "10.0.2.2", "10.0.1.99"
NO_ROUTE6, UNREACHABLE6, PROHIBITED6, NARROW6, GLEAN6 = ("2001:db8:9::1", "2001:db8:3::1", "2001:db8:4::1",
                                                         "2001:db8:2::2", "2001:db8:1::99")
asked, answered, silent = [], [], []
identification = hosts = 0


def ether(destination, source, tagged):
    frame = Ether(dst=destination, src=source)
    return frame / Dot1Q(vlan=30) if tagged else frame


def octets(size):
    return Raw(bytes(n * 7 & 0xff for n in range(size)))


def source4():
    global hosts
    hosts += 1
    return "10.50.%d.%d" % (hosts // 250, 1 + hosts % 250)


def source6():
    global hosts
    hosts += 1
    return "2001:db8:50::%x" % hosts


def error4(tagged, destination, error, payload, **fields):
    global identification
    packet = IP(raw(IP(src=source4(), dst=destination, **fields) / payload))
    asked.append(ether(ROUTER, HOST, tagged) / packet)
    quoted = Raw(raw(packet)[:576 - 28])
    answered.append(ether(HOST, ROUTER, tagged)
                    / IP(src=R4, dst=packet.src, tos=0xc0 | packet.tos & 0x1e, ttl=255, id=identification) / error / quoted)
    identification += 1


def error6(tagged, destination, error, payload, **fields):
    packet = IPv6(raw(IPv6(src=source6(), dst=destination, **fields) / payload))
    asked.append(ether(ROUTER, HOST, tagged) / packet)
    quoted = Raw(raw(packet)[:1280 - 48])
    answered.append(ether(HOST, ROUTER, tagged) / IPv6(src=R6, dst=packet.src, hlim=255) / error / quoted)


def ask4(tagged):
    exceeded = ICMP(type=11, code=0)
    for size in (0, 1, 7, 8, 64, 519, 520, 521, 1200, 1300):
        error4(tagged, NARROW, exceeded, UDP(sport=5, dport=33434) / octets(size), ttl=1, tos=size & 0xff, id=size)
    error4(tagged, NARROW, exceeded, TCP(sport=5, dport=80, flags="S"), ttl=0, flags="DF")
    error4(tagged, GLEAN, exceeded, TCP(sport=5, dport=80, flags="S"), ttl=1)
    for kind in (0, 8, 13, 14, 15, 16, 17, 18):
        error4(tagged, NARROW, exceeded, Raw(bytes([kind]) + bytes(27)), ttl=1, proto=1)
    error4(tagged, NARROW, exceeded, octets(800), ttl=1, proto=17, flags="MF")
    error4(tagged, NO_ROUTE, ICMP(type=3, code=0), UDP() / octets(100))
    error4(tagged, NO_ROUTE, ICMP(type=3, code=0), octets(0), proto=99, ttl=1)
    error4(tagged, UNREACHABLE, ICMP(type=3, code=1), UDP() / octets(100))
    error4(tagged, PROHIBITED, ICMP(type=3, code=13), UDP() / octets(100))
    for size in (MTU + 1, MTU + 2, 1500):
        error4(tagged, NARROW, ICMP(type=3, code=4, nexthopmtu=MTU), UDP() / octets(size - 28), flags="DF")
    error4(tagged, NARROW, ICMP(type=3, code=4, nexthopmtu=MTU), UDP() / octets(1472), flags="DF+MF")


def ask6(tagged):
    exceeded = ICMPv6TimeExceeded(code=0)
    for size in (0, 1, 8, 1183, 1184, 1185, 1300):
        error6(tagged, NARROW6, exceeded, UDP(sport=5, dport=33434) / octets(size), hlim=1, tc=size & 0xff, fl=size)
    error6(tagged, NARROW6, exceeded, TCP(sport=5, dport=80, flags="S"), hlim=0)
    error6(tagged, GLEAN6, exceeded, TCP(sport=5, dport=80, flags="S"), hlim=1)
    error6(tagged, NARROW6, exceeded, ICMPv6EchoRequest(id=9, seq=8, data=bytes(30)), hlim=1)
    error6(tagged, NARROW6, exceeded, IPv6ExtHdrFragment(id=7, offset=0, m=1, nh=17) / octets(64), hlim=1)
    error6(tagged, NARROW6, exceeded, IPv6ExtHdrFragment(id=7, offset=8, m=0, nh=58) / octets(64), hlim=1)
    error6(tagged, NARROW6, exceeded, IPv6ExtHdrDestOpt() / UDP() / octets(8), hlim=1)
    error6(tagged, NO_ROUTE6, ICMPv6DestUnreach(code=0), UDP() / octets(9))
    error6(tagged, UNREACHABLE6, ICMPv6DestUnreach(code=0), UDP() / octets(9))
    error6(tagged, PROHIBITED6, ICMPv6DestUnreach(code=1), UDP() / octets(9))
    for size in (MTU + 1, 1500):
        error6(tagged, NARROW6, ICMPv6PacketTooBig(mtu=MTU), UDP() / octets(size - 48))


def be_silent():
    here = Ether(dst=ROUTER, src=HOST)
    for kind in (1, 2, 3, 4, 5, 6, 7, 9, 10, 11, 12, 19, 255):
        silent.append(here / IP(src=source4(), dst=NARROW, ttl=1, proto=1) / Raw(bytes([kind]) + bytes(35)))
    silent.append(here / IP(src=source4(), dst=NARROW, ttl=1, proto=1))  # no type at all
    silent.append(here / IP(src=source4(), dst=NARROW, ttl=1, frag=1) / octets(64))
    silent.append(here / IP(src=source4(), dst=NO_ROUTE, frag=9, flags="MF") / octets(64))
    silent.append(here / IP(src=source4(), dst=NARROW, frag=9, flags="DF") / octets(1480))
    for kind in (1, 2, 3, 4, 100, 127, 137):
        message = ICMPv6Unknown(type=kind, msgbody=bytes(40))
        silent.append(here / IPv6(src=source6(), dst=NARROW6, hlim=1) / message)
        silent.append(here / IPv6(src=source6(), dst=NO_ROUTE6) / IPv6ExtHdrDestOpt() / IPv6ExtHdrFragment(m=1) / message)
    routed = IPv6ExtHdrRouting(segleft=0, addresses=[R6])
    silent.append(here / IPv6(src=source6(), dst=NO_ROUTE6) / routed / ICMPv6Unknown(type=1, msgbody=bytes(40)))
    silent.append(here / IPv6(src=source6(), dst=NO_ROUTE6, nh=58))
    chain = IPv6ExtHdrDestOpt()
    for n in range(8):
        chain = chain / IPv6ExtHdrDestOpt()
    silent.append(here / IPv6(src=source6(), dst=NO_ROUTE6) / chain / UDP())


for with_tag in (False, True):
    ask4(with_tag), ask6(with_tag)
be_silent()
directory = sys.argv[1]
wrpcap(directory + "/asked.pcap", asked)
wrpcap(directory + "/answered.pcap", answered)
wrpcap(directory + "/silent.pcap", silent)
