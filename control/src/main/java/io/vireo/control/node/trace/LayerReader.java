package io.vireo.control.node.trace;

import io.vireo.control.model.IpAddress;
import io.vireo.control.model.Limits;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.StringJoiner;

/**
 * Reads the headers of an Ethernet frame from the outside in, as far as it knows them and as far as there are bytes. ESP is read as a trace
 * has it, which encrypts nothing: where no packet can be behind it, it is the last.
 */
final class LayerReader {
    private static final int ETHERNET_BYTES = 14;
    private static final int VLAN_BYTES = 4;
    private static final int ETHERTYPE_IPV4 = 0x0800;
    private static final int ETHERTYPE_VLAN = 0x8100;
    private static final int ETHERTYPE_IPV6 = 0x86dd;
    private static final int ETHERTYPE_MPLS = 0x8847;
    private static final int ETHERTYPE_TEB = 0x6558; // Ethernet in GRE, RFC 1701

    private static final int IPV4_BYTES = 20;
    private static final int IPV6_BYTES = 40;
    private static final int FRAGMENT_MASK = 0x1fff;
    private static final int END_OF_OPTIONS = 0;
    private static final int NO_OPERATION = 1;
    private static final int STREAM_ID = 136; // RFC 791
    private static final int EXPERIMENTAL_VPN_ID = 158; // RFC 4727

    private static final int IP_IN_IP = 4;
    private static final int UDP = 17;
    private static final int IPV6_IN_IP = 41;
    private static final int GRE = 47;
    private static final int ESP = 50;
    private static final int DESTINATION_OPTIONS = 60;
    private static final int MPLS_IN_IP = 137; // RFC 4023

    private static final int ESP_PORT = 4500; // RFC 3948
    private static final int VXLAN_BYTES = 8;
    private static final int UDP_BYTES = 8;
    private static final int ESP_BYTES = 16; // SPI, sequence number, IV of the AEAD ciphers
    private static final int MPLS_BYTES = 4;
    private static final int MAX_LAYERS = 16;

    private final byte[] frame;
    private final Set<Integer> vxlanPorts;
    private final List<Layer> layers = new ArrayList<>();
    private Map<String, String> fields = new LinkedHashMap<>();
    private StringJoiner kind = new StringJoiner(" ");
    private int at;

    private LayerReader(byte[] frame, Set<Integer> vxlanPorts) {
        this.frame = frame;
        this.vxlanPorts = vxlanPorts;
    }

    /** The layers of a frame, the outermost first, where VXLAN has its own port only (RFC 7348). Never fails. */
    static List<Layer> read(byte[] frame) {
        return read(frame, Set.of(Limits.VXLAN_PORT));
    }

    /**
     * The layers of a frame, the outermost first. Never fails.
     *
     * @param vxlanPorts destination ports of UDP behind which VXLAN is.
     */
    static List<Layer> read(byte[] frame, Set<Integer> vxlanPorts) {
        LayerReader reader = new LayerReader(frame, vxlanPorts);
        reader.ethernet();
        reader.endLayer("ip");
        return reader.layers;
    }

    private boolean has(int bytes) {
        return frame.length - at >= bytes && layers.size() < MAX_LAYERS;
    }

    private int u8(int offset) {
        return frame[at + offset] & 0xff;
    }

    private int u16(int offset) {
        return u8(offset) << 8 | u8(offset + 1);
    }

    private long u32(int offset) {
        return (long) u16(offset) << 16 | u16(offset + 2);
    }

    private void endLayer(String nameless) {
        if (!fields.isEmpty()) {
            layers.add(new Layer(kind.length() == 0 ? nameless : kind.toString(), fields));
        }
        fields = new LinkedHashMap<>();
        kind = new StringJoiner(" ");
    }

    private void ethernet() {
        if (!has(ETHERNET_BYTES)) {
            return;
        }
        int type = u16(12);
        at += ETHERNET_BYTES;
        while (type == ETHERTYPE_VLAN && has(VLAN_BYTES)) {
            type = u16(2);
            at += VLAN_BYTES;
        }
        etherType(type);
    }

    private void etherType(int type) {
        switch (type) {
            case ETHERTYPE_IPV4 -> ipv4();
            case ETHERTYPE_IPV6 -> ipv6();
            case ETHERTYPE_MPLS -> mpls();
            case ETHERTYPE_TEB -> ethernet();
            default -> {} // nothing that is known
        }
    }

    private void ipv4() {
        if (!has(IPV4_BYTES) || u8(0) >> 4 != 4) {
            return;
        }
        endLayer("ipip");
        int headerBytes = Math.max(IPV4_BYTES, (u8(0) & 0xf) * 4);
        address(Layer.SOURCE, 12, 4);
        address(Layer.DESTINATION, 16, 4);
        fields.put("ttl", Integer.toString(u8(8)));
        trafficClass(u8(1));
        if (has(headerBytes)) {
            options(headerBytes);
            int protocol = u8(9);
            boolean isLaterFragment = (u16(6) & FRAGMENT_MASK) != 0;
            at += headerBytes;
            protocol(isLaterFragment ? END_OF_OPTIONS : protocol);
        }
    }

    private void options(int headerBytes) {
        int offset = IPV4_BYTES;
        while (offset + 2 <= headerBytes && u8(offset) != END_OF_OPTIONS) {
            int length = u8(offset) == NO_OPERATION ? 1 : u8(offset + 1);
            if (length == 0 || offset + length > headerBytes) {
                return;
            }
            if (u8(offset) == STREAM_ID && length == 4) {
                fields.put("vpnId", Integer.toString(u16(offset + 2)));
                kind.add("vns");
            } else if (u8(offset) == EXPERIMENTAL_VPN_ID && length >= 6) {
                fields.put("vpnId", Long.toString(u32(offset + 2)));
                kind.add("vns");
                if (length == 8) {
                    fields.put("flow", Integer.toString(u16(offset + 6)));
                }
            }
            offset += length;
        }
    }

    private void ipv6() {
        if (!has(IPV6_BYTES) || u8(0) >> 4 != 6) {
            return;
        }
        endLayer("ipip");
        address(Layer.SOURCE, 8, 16);
        address(Layer.DESTINATION, 24, 16);
        fields.put("ttl", Integer.toString(u8(7)));
        trafficClass(u16(0) >> 4 & 0xff);
        int label = (int) (u32(0) & 0xfffff);
        if (label != 0) {
            fields.put("flowLabel", Integer.toString(label));
        }
        int next = u8(6);
        at += IPV6_BYTES;
        if (next == DESTINATION_OPTIONS && has(8)) {
            next = u8(0);
            at += 8 * (1 + u8(1));
        }
        protocol(next);
    }

    private void address(String name, int offset, int bytes) {
        fields.put(
                name,
                IpAddress.of(java.util.Arrays.copyOfRange(frame, at + offset, at + offset + bytes))
                        .toString());
    }

    private void trafficClass(int octet) {
        fields.put("dscp", Integer.toString(octet >> 2));
        if ((octet & 3) != 0) {
            fields.put("ecn", Integer.toString(octet & 3));
        }
    }

    private void protocol(int protocol) {
        switch (protocol) {
            case IP_IN_IP -> ipv4();
            case IPV6_IN_IP -> ipv6();
            case GRE -> gre();
            case ESP -> esp();
            case UDP -> udp();
            case MPLS_IN_IP -> mpls();
            default -> {} // a packet that carries none
        }
    }

    /** RFC 2890 §2. */
    private void gre() {
        if (!has(4)) {
            return;
        }
        kind.add("gre");
        int flags = u8(0);
        int type = u16(2);
        at += 4;
        optionalWord(flags, 0x80, "checksum");
        optionalWord(flags, 0x20, "key");
        optionalWord(flags, 0x10, "sequence");
        etherType(type);
    }

    private void optionalWord(int flags, int bit, String name) {
        if ((flags & bit) != 0 && has(4)) {
            fields.put(name, name.equals("checksum") ? String.format("0x%04x", u16(0)) : Long.toString(u32(0)));
            at += 4;
        }
    }

    private void esp() {
        if (!has(ESP_BYTES)) {
            return;
        }
        kind.add("esp");
        fields.put("spi", Long.toString(u32(0)));
        fields.put("sequence", Long.toString(u32(4)));
        at += ESP_BYTES;
        if (has(1)) {
            protocol(u8(0) >> 4 == 6 ? IPV6_IN_IP : IP_IN_IP);
        }
    }

    private void udp() {
        if (!has(UDP_BYTES)) {
            return;
        }
        int port = u16(2);
        if (vxlanPorts.contains(port)) {
            udpHeader(port);
            vxlan();
        } else if (port == Limits.MPLS_UDP_PORT) {
            udpHeader(port);
            mpls();
        } else if (port == ESP_PORT) {
            udpHeader(port);
            esp();
        }
    }

    private void udpHeader(int port) {
        kind.add("udp");
        fields.put("sourcePort", Integer.toString(u16(0)));
        fields.put("destinationPort", Integer.toString(port));
        at += UDP_BYTES;
    }

    private void vxlan() {
        if (has(VXLAN_BYTES)) {
            kind.add("vxlan");
            fields.put("vni", Long.toString(u32(4) >> 8));
            at += VXLAN_BYTES;
            ethernet();
        }
    }

    /** RFC 3032 §2.1. */
    private void mpls() {
        StringJoiner labels = new StringJoiner(",");
        boolean isBottom = false;
        while (!isBottom && has(MPLS_BYTES)) {
            labels.add(Long.toString(u32(0) >> 12));
            isBottom = (u8(2) & 1) != 0;
            fields.putIfAbsent("labelTtl", Integer.toString(u8(3)));
            at += MPLS_BYTES;
        }
        if (labels.length() > 0) {
            kind.add("mpls");
            fields.put("labels", labels.toString());
        }
        if (has(1)) {
            protocol(u8(0) >> 4 == 6 ? IPV6_IN_IP : IP_IN_IP);
        }
    }
}
