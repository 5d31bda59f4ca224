package io.vireo.control.node.trace;

import java.util.HexFormat;

/** Frames that scapy 2.5 has built: an ICMP echo request from 10.0.2.2 to 10.0.1.2, wrapped in several ways. */
final class ScapyFrames {
    private static final String ETHERNET = "0200000000aa020000000009";
    private static final String INNER = "4500002400010000210182d50a0002020a0001020800161e000000007878787878787878";

    static final byte[] PLAIN = frame("0800" + INNER);
    static final byte[] GRE_IN_IPIP =
            frame("080045b80058000100003c0491b2c6336402c00002014500004400010000322f74760a0900020a090001"
                    + "300008000000000700000005" + INNER);
    static final byte[] EXPERIMENTAL_VPN_ID =
            frame("810000050800470000400001000009046a08c0000201c00002029e08000111701234" + INNER);
    static final byte[] ETHERNET_IN_GRE_IN_IPV6 =
            frame("86dd6010004d00423c0820010db800000000000000000000000120010db80000000000000000000000022f000401"
                    + "04010100800065580df40000" + ETHERNET + "0800" + INNER);
    static final byte[] VXLAN_IN_STREAM_ID =
            frame("08004600006e0001000040046d7cc0000201c0000202880400074500005600010000401166820a0900010a090002"
                    + "c35012b50042ba9c0800000000004600" + ETHERNET + "0800" + INNER);
    static final byte[] ESP =
            frame("080045000048000100004032f67fc0000201c0000202000012670000000300000000000000004" + INNER.substring(1));
    static final byte[] TWO_LABELS = frame("88470001000c0001110d" + INNER);
    static final byte[] MPLS_IN_UDP =
            frame("080045000044000100004011f6a4c0000201c0000202c35019eb00307d400001210d" + INNER);

    private ScapyFrames() {}

    private static byte[] frame(String afterAddresses) {
        return HexFormat.of().parseHex(ETHERNET + afterAddresses);
    }
}
