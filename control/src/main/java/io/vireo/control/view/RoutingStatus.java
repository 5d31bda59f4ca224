package io.vireo.control.view;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The routing daemons of a virtual router.
 *
 * @param protocol {@code ospf}, {@code rip}, {@code bgp}; {@code own}: a program of the customer's.
 * @param state {@code up}: all of them run; {@code starting}; {@code failing}: one has ended and is started again.
 * @param reason why it is not up; null: it is.
 * @param directory where its configuration and sockets are: {@code vtysh --vty_socket DIRECTORY/run}.
 * @param limits the cgroup that keeps them to their limits, or why nothing does.
 * @param neighbours those that the protocols know, up or not.
 * @param routes how many routes each protocol has brought.
 */
public record RoutingStatus(
        String vpn,
        String router,
        String protocol,
        String state,
        @Nullable String reason,
        String directory,
        String limits,
        List<Daemon> daemons,
        List<Neighbour> neighbours,
        List<Learned> routes) {
    public static final String UP = "up";
    public static final String STARTING = "starting";
    public static final String FAILING = "failing";

    public RoutingStatus {
        daemons = List.copyOf(daemons);
        neighbours = List.copyOf(neighbours);
        routes = List.copyOf(routes);
    }

    /**
     * A program.
     *
     * @param pid 0: it does not run.
     * @param restarts how often it has been started again since this control began.
     */
    public record Daemon(String name, long pid, long restarts) {}

    /**
     * A router that a protocol speaks to.
     *
     * @param address of the neighbour.
     * @param interfaceName by which it is reached; empty: the protocol does not say.
     * @param state in the protocol's words.
     * @param up whether routes are exchanged with it.
     */
    public record Neighbour(String protocol, String address, String interfaceName, String state, boolean up) {}

    /**
     * Routes that a protocol has brought.
     *
     * @param family {@code ipv4} or {@code ipv6}.
     * @param count how many it has.
     * @param used how many of them are the best and in the kernel.
     */
    public record Learned(String protocol, String family, long count, long used) {}
}
