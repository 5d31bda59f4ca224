package io.vireo.bench.linerate.traffic;

import io.vireo.dpdk.Memory;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * Looks at every field of a frame that came back. Takes whatever there is: frames may come from anywhere. Any thread.
 */
final class FrameDecoder {
    private final int flows;
    private final Rewrite rewrite;

    /** @param flows how many flows there are */
    FrameDecoder(int flows, Rewrite rewrite) {
        this.flows = flows;
        this.rewrite = rewrite;
    }

    /**
     * Looks for what is wrong.
     *
     * @param frame its address
     * @param lengthBytes its length without FCS
     * @return the first field that is not as it should be, with what it is; null when all is right
     */
    @Nullable
    String fault(long frame, int lengthBytes) {
        if (lengthBytes < BenchFrame.MIN_BYTES) {
            return "length " + lengthBytes + " is less than a frame's";
        }
        String fault = ethernetFault(frame);
        fault = fault != null ? fault : ipv4Fault(frame + BenchFrame.IPV4, lengthBytes);
        return fault != null ? fault : payloadFault(frame, lengthBytes);
    }

    private @Nullable String ethernetFault(long frame) {
        long to = readMac(frame);
        long from = readMac(frame + 6);
        if (to != rewrite.toMac()) {
            return "destination MAC " + hex(to) + " instead of " + hex(rewrite.toMac());
        }
        if (from != rewrite.fromMac()) {
            return "source MAC " + hex(from) + " instead of " + hex(rewrite.fromMac());
        }
        return unequal("ethertype", Memory.getUnsignedShortBigEndian(frame + 12), BenchFrame.ETHERTYPE_IPV4);
    }

    private @Nullable String ipv4Fault(long ipv4, int lengthBytes) {
        String fault = unequal("IPv4 version and header length", Memory.getUnsignedByte(ipv4), 0x45);
        fault = fault != null
                ? fault
                : unequal(
                        "IPv4 length",
                        Memory.getUnsignedShortBigEndian(ipv4 + 2),
                        lengthBytes - BenchFrame.ETHERNET_BYTES);
        fault = fault != null ? fault : unequal("TTL", Memory.getUnsignedByte(ipv4 + 8), rewrite.ttl());
        fault = fault != null ? fault : unequal("protocol", Memory.getUnsignedByte(ipv4 + 9), BenchFrame.PROTOCOL_UDP);
        fault = fault != null ? fault : unequal("IPv4 checksum's remainder", BenchFrame.headerChecksum(ipv4), 0);
        return fault != null
                ? fault
                : unequal("source address", Memory.getIntBigEndian(ipv4 + 12), BenchFrame.SOURCE_ADDRESS);
    }

    private @Nullable String payloadFault(long frame, int lengthBytes) {
        int flow = BenchFrame.readFlow(frame);
        if (flow >= flows) {
            return "flow " + flow + " of " + flows;
        }
        long udp = frame + BenchFrame.UDP;
        String fault = unequal(
                "destination address of flow " + flow,
                Memory.getIntBigEndian(frame + BenchFrame.IPV4 + 16),
                BenchFrame.destinationAddress(flow));
        fault = fault != null
                ? fault
                : unequal("source port", Memory.getUnsignedShortBigEndian(udp), BenchFrame.SOURCE_PORT);
        fault = fault != null
                ? fault
                : unequal("destination port", Memory.getUnsignedShortBigEndian(udp + 2), BenchFrame.DESTINATION_PORT);
        return fault != null
                ? fault
                : unequal("UDP length", Memory.getUnsignedShortBigEndian(udp + 4), lengthBytes - BenchFrame.UDP);
    }

    private static @Nullable String unequal(String field, int actual, int expected) {
        return actual == expected
                ? null
                : field + " 0x" + Integer.toHexString(actual) + " instead of 0x" + Integer.toHexString(expected);
    }

    private static long readMac(long address) {
        return (long) Memory.getUnsignedShortBigEndian(address) << 32 | Memory.getUnsignedIntBigEndian(address + 2);
    }

    private static String hex(long mac) {
        return HexFormat.of().toHexDigits(mac, 12);
    }
}
