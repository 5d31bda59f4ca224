package io.vireo.control.model;

import java.util.List;

/**
 * Which of the packets that come in by an access interface are of which VPN: hosts of several share its wire (VNS §2.4). Each VPN has an
 * interface of its own on that wire, which is shared.
 *
 * @param tuples    first match first.
 * @param allow     names of VPNs whose VPN-ID hosts may put into packets themselves.
 * @param otherwise what becomes of packets that no tuple matches: {@link #OWN}, {@link #DROP}, or the name of a VPN.
 */
public record Members(List<Tuple> tuples, List<String> allow, String otherwise) {
    /** They are of the VPN of the interface that has the list. */
    public static final String OWN = "own";

    /** They are dropped, and counted. */
    public static final String DROP = "drop";

    public Members {
        tuples = List.copyOf(tuples);
        allow = List.copyOf(allow);
    }

    /** Whether what no tuple matches goes to another VPN. */
    public boolean hasOtherVpn() {
        return !otherwise.equals(OWN) && !otherwise.equals(DROP);
    }

    /**
     * Packets of which everything is true that is given here.
     *
     * @param vpn     the name of the VPN that they are of.
     * @param packets which they are; of any DSCP.
     */
    public record Tuple(String vpn, ClassMatch packets) {}
}
