# scapy's own idea of ESP in tunnel mode.
# Usage: esp.py DIRECTORY STEP COUNT OUTER (4 or 6) ALGORITHM SPI KEY-AND-SALT (hexadecimal) EXTENDED (1: ESN) PORT (of UDP; 0: in IP)
# make: writes out-in, out-expected, in-in and in-expected (.pcap). read: decrypts out-sent into out-read.
import random
import sys

from scapy.all import ESP, IP, TCP, UDP, Dot1Q, Ether, IPv6, PcapWriter, Raw, SecurityAssociation, rdpcap

directory, step = sys.argv[1:3]
count, outer_version = map(int, sys.argv[3:5])
algorithm, spi, key, extended = sys.argv[5], int(sys.argv[6]), bytes.fromhex(sys.argv[7]), sys.argv[8] == "1"
port = int(sys.argv[9])
MAC_A, MAC_U = "02:00:00:00:01:01", "02:00:00:00:01:02"
HOST, GATEWAY = "02:00:00:00:aa:01", "02:00:00:00:aa:02"
rng = random.Random(4303)


def association(away):
    if outer_version == 4:
        ends, header = ["192.0.2.1", "192.0.2.2"], IP
    else:
        ends, header = ["2001:db8:ff::1", "2001:db8:ff::2"], IPv6
    source, destination = ends if away else ends[::-1]
    cipher = "AES-GCM" if algorithm.startswith("AES") else "CHACHA20-POLY1305"
    made = SecurityAssociation(
        ESP, spi=spi, seq_num=1, crypt_algo=cipher, crypt_key=key, tunnel_header=header(src=source, dst=destination), esn_en=extended, esn=0,
        nat_t_header=UDP(sport=port, dport=port) if port else None
    )
    return made


def version(n):
    """IPv4 before IPv6: within a burst the data plane sends one after the other."""
    return 4 if n < count // 2 else 6


def inner(away, version):
    if version == 4:
        ends = ["10.0.1.2", "10.99.7.%d" % rng.randrange(1, 250)]
        header, ttl = IP, "ttl"
    else:
        ends = ["2001:db8:1::2", "2001:db8:2::%x" % rng.randrange(1, 250)]
        header, ttl = IPv6, "hlim"
    source, destination = ends if away else ends[::-1]
    hops = rng.randrange(2, 256)
    ports = dict(sport=rng.randrange(65536), dport=rng.randrange(65536))
    body = (UDP(**ports) if rng.randrange(2) else TCP(**ports)) / Raw(bytes(rng.randrange(256) for _ in range(rng.randrange(0, 600))))
    return [header(src=source, dst=destination, **{ttl: n}) / body for n in (hops, hops - 1)]


def encrypted(far_end, packet):
    made = far_end.encrypt(packet)
    if port and outer_version == 4:  # scapy 2.5 writes this before it knows what follows
        made[UDP].len = len(made) - 20
    return made


def write(name, packets):
    with PcapWriter("%s/%s.pcap" % (directory, name), linktype=1) as writer:
        for packet in packets:
            writer.write(bytes(packet))


def make():
    sent = [inner(True, version(n)) for n in range(count)]
    write("out-in", [Ether(dst=MAC_A, src=HOST) / before for before, _ in sent])
    write("out-expected", [Ether(dst=GATEWAY, src=MAC_U) / after for _, after in sent])
    received = [inner(False, version(n)) for n in range(count)]
    far_end = association(False)
    tagged = Ether(dst=MAC_U, src=GATEWAY) / Dot1Q(vlan=20)
    write("in-in", [tagged / encrypted(far_end, before) for before, _ in received])
    write("in-expected", [Ether(dst=HOST, src=MAC_A) / after for _, after in received])


def read():
    near_end = association(True)
    header = IP if outer_version == 4 else IPv6
    opened = [near_end.decrypt(frame[header]) for frame in rdpcap("%s/out-sent.pcap" % directory)]
    write("out-read", [Ether(dst=GATEWAY, src=MAC_U) / packet for packet in opened])


{"make": make, "read": read}[step]()
