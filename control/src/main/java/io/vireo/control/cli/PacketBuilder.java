package io.vireo.control.cli;

import io.vireo.control.model.AddressFamily;
import io.vireo.control.model.IpAddress;
import io.vireo.control.model.MacAddress;
import java.nio.ByteBuffer;
import java.util.Locale;

/** Builds a correct Ethernet frame with an IP packet in it, to be traced. */
final class PacketBuilder {
    private static final int ETHERNET_BYTES = 14;
    private static final short ETHERTYPE_IPV4 = 0x0800;
    private static final short ETHERTYPE_IPV6 = (short) 0x86DD;
    private static final int IPV4_BYTES = 20;
    private static final int IPV6_BYTES = 40;
    private static final int MAX_PAYLOAD_BYTES = 9_000;

    private final MacAddress sourceMac;
    private final MacAddress destinationMac;
    private IpAddress source = IpAddress.ofIpv4(0);
    private IpAddress destination = IpAddress.ofIpv4(0);
    private int ttl = 64;
    private int sourcePort;
    private int destinationPort;
    private int payloadLength;

    PacketBuilder(MacAddress sourceMac, MacAddress destinationMac) {
        this.sourceMac = sourceMac;
        this.destinationMac = destinationMac;
    }

    /** The protocol above IP: its number (icmp means ICMPv6 over IPv6). */
    record Protocol(int number) {
        static final Protocol ICMP = new Protocol(1);
        static final Protocol TCP = new Protocol(6);
        static final Protocol UDP = new Protocol(17);
        private static final Protocol ICMPV6 = new Protocol(58);

        static Protocol parse(String text) {
            return switch (text.toLowerCase(Locale.ROOT)) {
                case "icmp", "icmp6" -> ICMP;
                case "tcp" -> TCP;
                case "udp" -> UDP;
                default -> new Protocol(number("protocol", text));
            };
        }

        private static int number(String what, String text) {
            if (!text.matches("[0-9]{1,3}")) {
                throw new IllegalArgumentException("'" + text + "' is not a " + what);
            }
            return checked(what, Integer.parseInt(text), 255);
        }

        Protocol over(AddressFamily family) {
            return equals(ICMP) && family == AddressFamily.IPV6 ? ICMPV6 : this;
        }
    }

    PacketBuilder addresses(IpAddress from, IpAddress to) {
        if (from.family() != to.family()) {
            throw new IllegalArgumentException(from + " and " + to + " are not of the same family");
        }
        source = from;
        destination = to;
        return this;
    }

    PacketBuilder ttl(int hops) {
        ttl = checked("time to live", hops, 255);
        return this;
    }

    PacketBuilder ports(int from, int to) {
        sourcePort = checked("port", from, 65_535);
        destinationPort = checked("port", to, 65_535);
        return this;
    }

    PacketBuilder payload(int bytes) {
        payloadLength = checked("payload length", bytes, MAX_PAYLOAD_BYTES);
        return this;
    }

    byte[] build(Protocol wanted) {
        Protocol protocol = wanted.over(source.family());
        byte[] segment = segment(protocol);
        boolean ipv4 = source.family() == AddressFamily.IPV4;
        ByteBuffer frame = ByteBuffer.allocate(ETHERNET_BYTES + (ipv4 ? IPV4_BYTES : IPV6_BYTES) + segment.length);
        frame.put(destinationMac.toBytes()).put(sourceMac.toBytes()).putShort(ipv4 ? ETHERTYPE_IPV4 : ETHERTYPE_IPV6);
        if (ipv4) {
            putIpv4(frame, protocol, segment.length);
        } else {
            putIpv6(frame, protocol, segment.length);
        }
        return frame.put(segment).array();
    }

    private void putIpv4(ByteBuffer frame, Protocol protocol, int length) {
        ByteBuffer header = ByteBuffer.allocate(IPV4_BYTES);
        header.putShort((short) 0x4500)
                .putShort((short) (IPV4_BYTES + length))
                .putInt(0)
                .put((byte) ttl)
                .put((byte) protocol.number())
                .putShort((short) 0)
                .put(source.toBytes())
                .put(destination.toBytes());
        header.putShort(10, checksum(0, header.array(), 0, IPV4_BYTES));
        frame.put(header.array());
    }

    private void putIpv6(ByteBuffer frame, Protocol protocol, int length) {
        frame.putInt(0x6000_0000)
                .putShort((short) length)
                .put((byte) protocol.number())
                .put((byte) ttl)
                .put(source.toBytes())
                .put(destination.toBytes());
    }

    /** What IP carries: header and payload, with its checksum. */
    private byte[] segment(Protocol protocol) {
        return switch (protocol.number()) {
            case 1 -> echoRequest((byte) 8, 0);
            case 58 -> echoRequest((byte) 128, pseudoHeaderSum(protocol, 8 + payloadLength));
            case 17 -> udp(protocol);
            case 6 -> tcpSyn(protocol);
            default -> new byte[payloadLength];
        };
    }

    private byte[] echoRequest(byte type, long pseudoHeaderSum) {
        ByteBuffer echo = ByteBuffer.allocate(8 + payloadLength).put(type);
        return echo.putShort(2, checksum(pseudoHeaderSum, echo.array(), 0, echo.capacity()))
                .array();
    }

    private byte[] udp(Protocol protocol) {
        int length = 8 + payloadLength;
        ByteBuffer udp = ByteBuffer.allocate(length)
                .putShort((short) sourcePort)
                .putShort((short) destinationPort)
                .putShort((short) length);
        short checksum = checksum(pseudoHeaderSum(protocol, length), udp.array(), 0, length);
        // RFC 768: 0 would mean that there is none, so it is sent as all ones, which is the same in one's complement.
        return udp.putShort(6, checksum == 0 ? (short) 0xFFFF : checksum).array();
    }

    private byte[] tcpSyn(Protocol protocol) {
        int length = 20 + payloadLength;
        ByteBuffer tcp = ByteBuffer.allocate(length)
                .putShort((short) sourcePort)
                .putShort((short) destinationPort)
                .putInt(1)
                .putInt(0)
                .putShort((short) 0x5002)
                .putShort((short) 65_535);
        return tcp.putShort(16, checksum(pseudoHeaderSum(protocol, length), tcp.array(), 0, length))
                .array();
    }

    private long pseudoHeaderSum(Protocol protocol, int length) {
        byte[] addresses = ByteBuffer.allocate(2 * source.family().bytes())
                .put(source.toBytes())
                .put(destination.toBytes())
                .array();
        return sum(addresses, 0, addresses.length) + protocol.number() + length;
    }

    /** The internet checksum (RFC 1071). */
    private static short checksum(long initial, byte[] bytes, int offset, int length) {
        long sum = initial + sum(bytes, offset, length);
        while (sum >>> 16 != 0) {
            sum = (sum & 0xFFFF) + (sum >>> 16);
        }
        return (short) ~sum;
    }

    private static long sum(byte[] bytes, int offset, int length) {
        long sum = 0;
        for (int i = 0; i < length; i++) {
            sum += (long) (bytes[offset + i] & 0xFF) << ((i & 1) == 0 ? 8 : 0);
        }
        return sum;
    }

    private static int checked(String what, int value, int max) {
        if (value < 0 || value > max) {
            throw new IllegalArgumentException(what + " " + value + " is not between 0 and " + max);
        }
        return value;
    }
}
