# Usage: defragment.py DIRECTORY; puts the fragments of sent.pcap together by scapy's defragment and defragment6, into whole.pcap.
import sys

from scapy.all import IP, Dot1Q, Ether, IPv6, IPv6ExtHdrFragment, PcapWriter, defragment, defragment6, rdpcap

directory = sys.argv[1]
packets = [frame[Dot1Q].payload for frame in rdpcap(directory + "/sent.pcap")]
if packets[0].version == 4:
    wholes = defragment(packets)
else:
    numbers = list(dict.fromkeys(packet[IPv6ExtHdrFragment].id for packet in packets))
    wholes = [defragment6([packet for packet in packets if packet[IPv6ExtHdrFragment].id == number]) for number in numbers]
writer = PcapWriter(directory + "/whole.pcap", linktype=1)
for whole in wholes:
    again = type(whole)(bytes(whole))
    if again.version == 4:
        again = IP(bytes(again))
        del again.len, again.chksum
    writer.write(bytes(Ether() / Dot1Q(vlan=20) / again))
writer.close()
