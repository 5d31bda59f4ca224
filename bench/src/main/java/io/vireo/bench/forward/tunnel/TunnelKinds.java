package io.vireo.bench.forward.tunnel;

import io.vireo.dataplane.wire.code.GreOptions;
import java.util.List;

/** The kinds of tunnels that are measured. */
public final class TunnelKinds {
    /** Part of the title of kinds that encrypt. */
    public static final String ENCRYPTED = "AES-GCM-128";

    private static final int KEY = 0x87654321;
    private static final int VPN_ID = 0x4321;
    private static final int VNI = 0x654321;

    private static final List<TunnelKind> ALL = List.of(
            new IpInIp(),
            new Gre("GRE", GreOptions.NONE, 0),
            new Gre("GRE with key and checksum", GreOptions.KEY | GreOptions.CHECKSUM, KEY),
            new Vns(VPN_ID),
            new Vxlan(VNI),
            new Mpls(),
            new MplsInGre(),
            new MplsInUdp(),
            new Esp());

    private TunnelKinds() {}

    /** One with keepalives, of which nobody answers any: what is measured is what the data plane does for them beside packets. */
    public static TunnelKind keptAlive() {
        return new KeptAlive();
    }

    /** All of them without keepalives, each with other options a kind of its own. */
    public static List<TunnelKind> all() {
        return ALL;
    }
}
