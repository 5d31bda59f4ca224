package io.vireo.control.node.namespace;

import io.vireo.control.linux.Descriptor;
import io.vireo.control.linux.Errno;
import io.vireo.control.linux.LinuxException;
import io.vireo.control.linux.NetworkNamespace;
import io.vireo.control.linux.TapDevice;
import io.vireo.control.linux.netlink.LinkMessage;
import io.vireo.control.linux.netlink.Rtnetlink;
import io.vireo.control.linux.netlink.RtnetlinkMonitor;
import io.vireo.control.model.InterfaceAddress;
import io.vireo.control.model.Route;
import io.vireo.control.node.topology.InterfacePlan;
import io.vireo.control.node.topology.RouterPlan;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The Linux side of a virtual router: its namespace, TAP devices, addresses and static routes. Everything is brought to
 * what it shall be from whatever it is, so that a restarted control adopts what it finds. What others put there (an
 * operator, a daemon) is left alone: ours carries {@link #PROTOCOL}.
 *
 * <p>Thread-safe.
 */
public final class RouterNamespace implements AutoCloseable {
    /** Marks our addresses and routes; free in iproute2's and IANA's lists, and a V. */
    public static final int PROTOCOL = 86;

    static final String LOOPBACK = "lo";
    private static final Logger LOG = System.getLogger(RouterNamespace.class.getName());

    private final NetworkNamespace namespace;
    private final Rtnetlink netlink;
    private final AddressSync addresses;
    private final StaticRoutes routes;

    private RouterNamespace(NetworkNamespace namespace, Rtnetlink netlink) {
        this.namespace = namespace;
        this.netlink = netlink;
        addresses = new AddressSync(netlink);
        routes = new StaticRoutes(netlink);
    }

    /**
     * A TAP device that is there.
     *
     * @param carrier keeps its carrier; empty when somebody does already: the supervisor, since an earlier life of control
     */
    public record Tap(int ifindex, Descriptor queue, Optional<Descriptor> carrier) {}

    /** Makes the namespace, or adopts it, and makes it a router. */
    public static RouterNamespace ensure(String name) {
        NetworkNamespace namespace =
                NetworkNamespace.exists(name) ? NetworkNamespace.open(name) : NetworkNamespace.create(name);
        Rtnetlink netlink = namespace.call(() -> {
            NamespaceSysctls.apply();
            return Rtnetlink.open(name);
        });
        RouterNamespace router = new RouterNamespace(namespace, netlink);
        router.setUp(router.link(LOOPBACK), true);
        return router;
    }

    public String name() {
        return namespace.name();
    }

    /** A second socket for requests, for another thread. */
    public Rtnetlink openNetlink() {
        return namespace.call(() -> Rtnetlink.open(name()));
    }

    public RtnetlinkMonitor openMonitor(int receiveBufferBytes, RtnetlinkMonitor.Buffer buffer) {
        return namespace.call(() -> RtnetlinkMonitor.open(name(), receiveBufferBytes, buffer));
    }

    /** Makes the TAP device of an interface, or adopts it; down unless it was up already. */
    public synchronized Tap ensureTap(InterfacePlan plan) {
        LinkMessage adopted = netlink.link(plan.name()).orElse(null);
        boolean isKept = adopted != null && adopted.detachedQueues() > 0;
        List<Descriptor> queues = namespace.call(() -> openQueues(plan.name(), isKept));
        LinkMessage link = adopted == null ? link(plan.name()) : adopted;
        configureTap(link, plan, adopted == null);
        if (adopted == null) { // an operator may have chosen another since
            useOneQdisc(link);
        }
        return new Tap(
                link.ifindex(), queues.getFirst(), queues.stream().skip(1).findFirst());
    }

    /** @param isKept whether somebody keeps the carrier: to attach a queue and detach it costs three grace periods of RCU */
    private static List<Descriptor> openQueues(String name, boolean isKept) {
        Descriptor queue = TapDevice.openQueue(name);
        return isKept ? List.of(queue) : List.of(queue, TapDevice.openDetachedQueue(name));
    }

    /**
     * A TAP device that may have several queues has 256 for the kernel, and gets a ring of 1,000 packets for each of three bands of
     * each as it comes up ({@code mq_init()}, {@code pfifo_fast_init()}): 6 MB of the kernel's memory, and milliseconds. It sends by
     * one queue only; a list of packets for all of them does.
     */
    private void useOneQdisc(LinkMessage link) {
        try {
            netlink.addRootQdisc(link, "pfifo");
        } catch (LinuxException e) {
            LOG.log(Level.DEBUG, "{0} keeps the queueing discipline it has: {1}", link.name(), e.getMessage());
        }
    }

    /** Gives the TAP device the configured Ethernet address and MTU, and has it ask for neighbours or not. */
    public synchronized void configureTap(InterfacePlan plan) {
        configureTap(link(plan.name()), plan, false);
    }

    private void configureTap(LinkMessage link, InterfacePlan plan, boolean isNew) {
        if (link.macBits() != plan.mac().bits()) {
            netlink.setLinkMac(link, plan.mac());
        }
        // What follows the way underneath has the MTU that the node agent has found since.
        if (link.mtu() != plan.mtu() && (isNew || !plan.followsUnderlay())) {
            netlink.setLinkMtu(link, plan.mtu());
        }
        int flags = plan.attachment().resolvesNeighbours() ? 0 : LinkMessage.NO_ARP;
        if ((link.flags() & LinkMessage.NO_ARP) != flags) {
            netlink.setLinkFlags(link, flags, LinkMessage.NO_ARP);
        }
    }

    private void setUp(LinkMessage link, boolean up) {
        if (link.isUp() != up) {
            netlink.setLinkFlags(link, up ? LinkMessage.UP : 0, LinkMessage.UP);
        }
    }

    public synchronized void removeTap(String name) {
        netlink.link(name).ifPresent(netlink::deleteLink);
    }

    /** Removes the device of that index, whatever its name is by now. */
    public synchronized void removeRenamed(int ifindex) {
        netlink.links().stream().filter(link -> link.ifindex() == ifindex).forEach(netlink::deleteLink);
    }

    /** Brings the interface up or down and its configured addresses to what they shall be. */
    public synchronized void configureInterface(InterfacePlan plan) {
        LinkMessage link = link(plan.name());
        setUp(link, plan.adminUp());
        addresses.configure(link, () -> link(LOOPBACK), plan.addresses());
    }

    public synchronized void configureLoopback(List<InterfaceAddress> wanted) {
        LinkMessage loopback = link(LOOPBACK);
        addresses.configure(loopback, () -> loopback, wanted);
    }

    /** Adds addresses that are missing of an interface; those that go stay until it is configured. */
    public synchronized void addAddresses(InterfacePlan plan) {
        addresses.add(link(plan.name()), plan.addresses());
    }

    /** As {@link #addAddresses}, of the loopback. */
    public synchronized void addLoopbackAddresses(List<InterfaceAddress> wanted) {
        addresses.add(link(LOOPBACK), wanted);
    }

    /**
     * Installs the configured routes and removes those of ours that are configured no more.
     *
     * @return the routes that are not installed at present, each with its reason: an interface is down
     */
    public synchronized Map<Route, String> configureRoutes(List<Route> wanted) {
        return routes.configure(wanted);
    }

    /** Takes the configured routes away that lead over interfaces without a carrier. */
    public synchronized void withdrawRoutes(List<Route> wanted) {
        routes.withdraw(wanted);
    }

    /** What of the namespace is not as the configuration says: somebody has removed or changed it. Changes nothing. */
    public synchronized List<Drift> drift(RouterPlan plan) {
        return new NamespaceComparison(namespace, netlink, routes).drift(plan);
    }

    /** Restores what belongs to the namespace itself: its name, that it forwards, and its loopback. */
    public synchronized void restore() {
        namespace.restoreName();
        namespace.run(NamespaceSysctls::applyRequired);
        setUp(link(LOOPBACK), true);
    }

    /** The interfaces that are there. */
    public synchronized List<LinkMessage> links() {
        return netlink.links();
    }

    @Override
    public synchronized void close() {
        netlink.close();
        namespace.close();
    }

    private LinkMessage link(String name) {
        return netlink.link(name).orElseThrow(() -> new LinuxException("link", name + " in " + name(), Errno.ENODEV));
    }
}
