package io.vireo.bench.forward;

/**
 * Where virtual routers are: each has an interface to receive and one to send, by VLANs of the same port; ports are filled one
 * after the other. Every router can send to the same number of neighbours.
 *
 * @param routers how many
 * @param routersPerPort how many share a port
 */
public record Topology(int routers, int routersPerPort) {
    /** Neighbours on the egress interface of each router. */
    static final int NEIGHBOURS = 64;

    /** MAC address of neighbour 0: 02:00:00:00:01:00; the others follow. */
    static final long NEIGHBOUR_MAC = 0x020000000100L;

    /** Each takes two of a port's 4,094 VLANs. */
    private static final int MAX_ROUTERS_PER_PORT = 2000;

    private static final int MAX_PORTS = 16;
    private static final long IPV4_GATEWAY = 10L << 24 | 255L << 16 | 2;
    private static final long IPV6_GATEWAY_HI = 0xfd00_0000_0000_0000L;

    /** Refuses more than there are ports for. */
    public Topology {
        if (routersPerPort < 1 || routersPerPort > MAX_ROUTERS_PER_PORT) {
            throw new IllegalArgumentException(
                    "routersPerPort: " + routersPerPort + " is not in 1.." + MAX_ROUTERS_PER_PORT);
        }
        if (routers < 1 || routers > routersPerPort * MAX_PORTS) {
            throw new IllegalArgumentException("routers: " + routers + " is not in 1.." + routersPerPort * MAX_PORTS);
        }
    }

    /** On as few ports as hold them. */
    public Topology(int routers) {
        this(routers, MAX_ROUTERS_PER_PORT);
    }

    /** Ports that are needed for them. */
    public int ports() {
        return (routers + routersPerPort - 1) / routersPerPort;
    }

    /** Port of a router: both of its interfaces. */
    public int port(int router) {
        return router / routersPerPort;
    }

    /** VLAN a router receives from. */
    int ingressVlan(int router) {
        return 1 + router % routersPerPort;
    }

    /** VLAN a router sends to. */
    int egressVlan(int router) {
        return routersPerPort + ingressVlan(router);
    }

    /** The router that would send by this port and VLAN. */
    int routerSending(int port, int vlan) {
        return port * routersPerPort + vlan - egressVlan(0);
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
