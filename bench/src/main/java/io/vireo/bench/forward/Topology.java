package io.vireo.bench.forward;

/**
 * Where virtual routers are: each has an interface to receive and one to send, by VLANs of the same port; ports are filled one
 * after the other. Every router can send to the same number of neighbours.
 *
 * @param routers how many
 */
public record Topology(int routers) {
    /** Neighbours of each router on its way out. */
    static final int NEIGHBOURS = 64;

    /** MAC address of neighbour 0: 02:00:00:00:01:00; the others follow. */
    static final long NEIGHBOUR_MAC = 0x020000000100L;

    private static final int ROUTERS_PER_PORT = 2000;
    private static final int MOST_PORTS = 16;
    private static final long IPV4_GATEWAY = 10L << 24 | 255L << 16 | 2;
    private static final long IPV6_GATEWAY_HI = 0xfd00_0000_0000_0000L;

    /** Refuses more than there are ports for. */
    public Topology {
        if (routers < 1 || routers > ROUTERS_PER_PORT * MOST_PORTS) {
            throw new IllegalArgumentException(
                    "routers: " + routers + " is not in 1.." + ROUTERS_PER_PORT * MOST_PORTS);
        }
    }

    /** Ports that are needed for them. */
    public int ports() {
        return (routers + ROUTERS_PER_PORT - 1) / ROUTERS_PER_PORT;
    }

    /** Port of a router: both of its interfaces. */
    public static int port(int router) {
        return router / ROUTERS_PER_PORT;
    }

    /** VLAN a router receives from. */
    static int ingressVlan(int router) {
        return 1 + router % ROUTERS_PER_PORT;
    }

    /** VLAN a router sends to. */
    static int egressVlan(int router) {
        return ROUTERS_PER_PORT + ingressVlan(router);
    }

    /** The router that would send by this port and VLAN. */
    static int routerSending(int port, int vlan) {
        return port * ROUTERS_PER_PORT + vlan - egressVlan(0);
    }

    /** Interface a router receives by. */
    public static int ingress(int router) {
        return 2 * router;
    }

    /** Interface a router sends by. */
    public static int egress(int router) {
        return 2 * router + 1;
    }

    /** 10.255.0.2 and following. */
    public static long ipv4Gateway(int neighbour) {
        return IPV4_GATEWAY + neighbour;
    }

    /** Upper half of fd00::2 and following. */
    static long ipv6GatewayHi() {
        return IPV6_GATEWAY_HI;
    }

    /** Lower half of fd00::2 and following. */
    static long ipv6GatewayLo(int neighbour) {
        return 2L + neighbour;
    }
}
