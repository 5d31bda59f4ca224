package io.vireo.control.node.mirror;

import io.vireo.control.linux.netlink.AddressMessage;
import io.vireo.control.linux.netlink.LinkMessage;
import io.vireo.control.linux.netlink.NeighbourMessage;
import io.vireo.control.linux.netlink.NextHopObject;
import io.vireo.control.linux.netlink.RouteMessage;
import io.vireo.control.linux.netlink.RoutePlacement;
import io.vireo.control.linux.netlink.Rtnetlink;
import io.vireo.control.linux.netlink.RtnetlinkHandler;
import io.vireo.control.linux.netlink.RuleMessage;
import io.vireo.control.model.AddressFamily;
import io.vireo.control.model.IpAddress;
import io.vireo.control.model.IpPrefix;
import io.vireo.control.model.OutgoingLabels;
import io.vireo.control.node.forwarding.ForwardingPlane;
import io.vireo.control.node.forwarding.ForwardingRoute;
import io.vireo.control.node.topology.LabelledRoutePlan;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Follows the kernel's tables of one virtual router's namespace, whoever fills them (an operator's {@code ip route}, FRR,
 * BIRD), and keeps the data plane's the same: one route per prefix, the one the kernel would use. What it has found it
 * also keeps, to be replayed to a data plane that starts anew.
 *
 * <p>The kernel does not notify everything: when an interface goes down or comes up, loses an address, or a next-hop object
 * vanishes, it removes or revives routes in silence ({@code fib_flush()}, {@code fib_sync_up()}). After such an event, after an
 * overrun, and when a notification does not fit what is known, the namespace is due for {@link #resynchronise}. Only the node
 * agent's thread uses it.
 */
public final class RouteSync implements RtnetlinkHandler {
    /** Instead of an MTU: an address is not reached. */
    static final int NO_WAY = 0;

    private final String name;
    private final int routerId;
    private final Rtnetlink netlink;
    private final RouteResolver resolver = new RouteResolver();
    private final RouteProgram program;
    private final RouteMirror mirror;
    private final NeighbourSync neighbours;
    private final LinkSync links;
    private final MacvlanEgress macvlans;
    private final OwnAddressSync addresses;
    private final Map<Integer, Integer> suspended = new HashMap<>();
    private final Set<AddressFamily> changedRules = EnumSet.noneOf(AddressFamily.class);
    private final Runnable carrierChanged;
    private boolean due;

    /**
     * Begins with nothing; {@link #resynchronise} reads what is there.
     *
     * @param netlink requests in the router's namespace; closed by whoever opened it
     * @param tables what is programmed
     * @param carrierChanged called when an interface has come up, after which the kernel lacks the static routes over it, or has
     *     lost its carrier
     */
    RouteSync(String name, int routerId, Rtnetlink netlink, ForwardingPlane tables, Runnable carrierChanged) {
        this.name = name;
        this.routerId = routerId;
        this.netlink = netlink;
        this.carrierChanged = carrierChanged;
        program = new RouteProgram(routerId, tables);
        mirror = new RouteMirror(resolver, program);
        links = new LinkSync(netlink, resolver, tables, InstantSource.system());
        addresses = new OwnAddressSync(netlink, resolver, tables);
        neighbours = new NeighbourSync(netlink, resolver, links, tables);
        macvlans = new MacvlanEgress(resolver, mirror, neighbours);
    }

    public String name() {
        return name;
    }

    public int routerId() {
        return routerId;
    }

    public KernelRouteTable routes() {
        return mirror.routes();
    }

    public NeighbourSync neighbours() {
        return neighbours;
    }

    /** The data plane's number of the interface by which packets leave that Linux sends by {@code ifindex}, or -1. */
    public int egressId(int ifindex) {
        return resolver.egressId(ifindex);
    }

    /** Whether the kernel may have changed something in silence. */
    boolean isDue() {
        return due;
    }

    /** What is left to Linux because the data plane cannot do it: a text for each cause. */
    public List<String> limitations() {
        List<String> texts = new ArrayList<>(mirror.limitations());
        texts.addAll(links.limitations());
        return texts;
    }

    /**
     * The kernel's interface {@code ifindex} is the data plane's {@code interfaceId}, which the data plane knows.
     *
     * @param maxMtu largest MTU that the data plane takes there, in bytes
     */
    public void bind(int ifindex, int interfaceId, int maxMtu) {
        resolver.bind(ifindex, interfaceId);
        mirror.interfaceChanged(ifindex);
        links.onBound(ifindex, maxMtu);
        addresses.onBound(ifindex);
        neighbours.onBound(ifindex);
        macvlans.interfaceChanged(ifindex);
    }

    /** The data plane is about to lose the interface: what is routed over it is left to the kernel. */
    public void unbind(int ifindex) {
        resolver.unbind(ifindex);
        mirror.interfaceChanged(ifindex);
        macvlans.interfaceChanged(ifindex);
        due = true;
    }

    /** The data plane refused the interface: until it is programmed anew, routes over it are left to the kernel. */
    void suspend(int interfaceId) {
        for (LinkMessage link : links.of(interfaceId)) {
            suspended.put(link.ifindex(), interfaceId);
            unbind(link.ifindex());
        }
    }

    /** Programs another data plane from now on; what it has to know comes by {@link #replay}. */
    void program(ForwardingPlane newTables) {
        program.program(newTables);
        links.program(newTables);
        addresses.program(newTables);
        neighbours.program(newTables);
    }

    /** Programs everything that is known. */
    void replay() {
        suspended.forEach(resolver::bind);
        suspended.clear();
        links.replay();
        neighbours.replay();
        mirror.replay();
        addresses.replay(); // last: an interface with addresses answers that there is no route
    }

    /** The MTU of an interface in the kernel's view, or what it is to be while there is none. */
    public int mtu(int interfaceId, int planned) {
        return links.of(interfaceId).stream()
                .mapToInt(LinkMessage::mtu)
                .findFirst()
                .orElse(planned);
    }

    /** Whether an interface of the data plane is up, and with a carrier, in the kernel's view. */
    public boolean isOperational(int interfaceId) {
        return links.of(interfaceId).stream().anyMatch(LinkMessage::isOperational);
    }

    /** The state of an interface of the data plane in the kernel's view, or null while it has no such device. */
    public @Nullable LinkState linkState(int interfaceId) {
        for (LinkMessage link : links.of(interfaceId)) {
            return new LinkState(link.isUp(), link.isOperational(), links.changedAt(link));
        }
        return null;
    }

    /** What the data plane should have for a prefix, or null. */
    @Nullable
    public ForwardingRoute expected(IpPrefix prefix) {
        return mirror.decide(prefix).route();
    }

    /** Each prefix that the data plane should have a route for. */
    public void forEachExpected(Consumer<IpPrefix> consumer) {
        mirror.forEachDecision((prefix, decision) -> consumer.accept(prefix));
    }

    /** Makes the data plane have for a prefix what it should have. */
    public void programRoute(IpPrefix prefix, @Nullable ForwardingRoute route) {
        program.write(prefix, route);
    }

    /** The longest prefix around an address that the data plane should have a route for, or null. */
    @Nullable
    IpPrefix longestMatch(IpAddress address) {
        return mirror.longestMatch(address);
    }

    /**
     * Has the kernel know the neighbours by which an address is reached. The data plane sends there by itself, so that no
     * packet of the kernel's would make it ask.
     *
     * @return the largest packet that every way takes, in bytes; {@link #NO_WAY} if there is none: no route of the data plane's over a link
     *     that works.
     */
    int resolveNeighboursTowards(IpAddress address) {
        int mtu = NO_WAY;
        for (Hop hop : hopsTowards(address)) {
            LinkMessage link = hop.link();
            int here = link.mtu() - hop.labelBytes();
            mtu = link.isOperational() ? Math.min(mtu == NO_WAY ? here : mtu, here) : mtu;
            neighbours.resolve(link.ifindex(), hop.neighbour());
        }
        return mtu;
    }

    /** Has the kernel know the next hops of routes with labels, as of {@link #resolveNeighboursTowards}. */
    void resolveLabelled() {
        for (LabelledNeighbours.Neighbour next : program.labelledNeighbours()) {
            links.of(next.interfaceId()).forEach(link -> neighbours.resolve(link.ifindex(), next.address()));
        }
    }

    /** Whether there are routes with labels. */
    boolean hasLabelled() {
        return !program.labelledNeighbours().isEmpty();
    }

    /** Takes in the configured routes with labels. */
    void labelledRoutes(List<LabelledRoutePlan> plans) {
        Set<IpPrefix> changed = resolver.labelled().configure(plans);
        if (!changed.isEmpty()) {
            mirror.reprogram(changed);
        }
    }

    /** The neighbours by which an address is reached over links that work, and whose Ethernet addresses are not known. */
    public List<IpAddress> unresolvedTowards(IpAddress address) {
        return hopsTowards(address).stream()
                .filter(hop -> hop.link().isOperational()
                        && !neighbours.isResolved(hop.link().ifindex(), hop.neighbour()))
                .map(Hop::neighbour)
                .toList();
    }

    /** A link towards an address, who is behind it, and the bytes of labels with which packets go there. */
    private record Hop(LinkMessage link, IpAddress neighbour, int labelBytes) {}

    private List<Hop> hopsTowards(IpAddress address) {
        IpPrefix prefix = longestMatch(address);
        ForwardingRoute route = prefix == null ? null : expected(prefix);
        List<Hop> hops = new ArrayList<>();
        if (prefix != null && route != null) {
            for (ForwardingRoute.NextHop nextHop : route.nextHops()) {
                IpAddress gateway = nextHop.gateway(prefix.family());
                OutgoingLabels labels = nextHop.labels();
                int labelBytes = labels == null ? 0 : labels.labels().size() * OutgoingLabels.ENTRY_BYTES;
                links.of(nextHop.interfaceId())
                        .forEach(link -> hops.add(new Hop(link, gateway == null ? address : gateway, labelBytes)));
            }
        }
        return hops;
    }

    /** Remembers from now on what changes, for whoever compares meanwhile. */
    public void beginTracking() {
        program.beginTracking();
        neighbours.beginTracking();
    }

    public void endTracking() {
        program.endTracking();
        neighbours.endTracking();
    }

    /** Whether the route of a prefix has changed since {@link #beginTracking}. */
    public boolean isTouched(IpPrefix prefix) {
        return program.isTouched(prefix);
    }

    /** Does what notifications that concern many routes have left to do; to be called after every few of them. */
    void settle() {
        for (AddressFamily family : List.copyOf(changedRules)) {
            mirror.rules(family, netlink.rules(family));
        }
        changedRules.clear();
        addresses.settle();
        mirror.settleNextHops();
    }

    /**
     * Reads the kernel's tables anew and programs what differs from what was known.
     *
     * @return how many routes and neighbours differed
     */
    int resynchronise() {
        due = false;
        if (links.resynchronise(macvlans)) {
            carrierChanged.run();
        }
        int differences = neighbours.resynchronise();
        changedRules.addAll(List.of(AddressFamily.values()));
        mirror.nextHops(netlink.nextHops());
        settle();
        differences += mirror.replace(new RouteDump(netlink, resolver.objects()).read(routes()));
        addresses.resynchronise(); // last, as in replay
        return differences;
    }

    @Override
    public void onLink(LinkMessage link) {
        LinkMessage before = links.learn(link);
        macvlans.follow(link);
        if (before == null) {
            return;
        }
        if (before.isUp() != link.isUp()) {
            due |= !link.isUp() || mirror.hasDeadOver(link.ifindex());
        }
        if (!link.isOperational()) {
            due |= resolver.objects().anyOver(link.ifindex()); // they go with the carrier, a moment after its flag
        }
        if (before.isOperational() != link.isOperational()) {
            carrierChanged.run();
        }
    }

    @Override
    public void onLinkRemoved(LinkMessage link) {
        links.forget(link);
        macvlans.forget(link);
        due = true;
    }

    @Override
    public void onAddress(AddressMessage address) {
        addresses.changed();
        due |= mirror.hasDeadOver(address.ifindex()); // the first address revives them
    }

    @Override
    public void onAddressRemoved(AddressMessage address) {
        addresses.changed();
        due = true;
    }

    @Override
    public void onRoute(RouteMessage route, RoutePlacement placement) {
        if (MirroredRoutes.isMirrored(route)) {
            due |= !mirror.add(route, placement);
        }
    }

    @Override
    public void onRouteRemoved(RouteMessage route) {
        if (MirroredRoutes.isMirrored(route)) {
            due |= !mirror.remove(route);
        }
    }

    @Override
    public void onNeighbour(NeighbourMessage neighbour) {
        neighbours.onNeighbour(neighbour);
    }

    @Override
    public void onNeighbourRemoved(NeighbourMessage neighbour) {
        neighbours.onRemoved(neighbour);
    }

    @Override
    public void onNextHop(NextHopObject nextHop) {
        due |= !mirror.nextHop(nextHop);
    }

    @Override
    public void onNextHopRemoved(int nextHopId) {
        due |= !mirror.nextHopRemoved(nextHopId);
    }

    @Override
    public void onRule(RuleMessage rule) {
        changedRules.add(rule.family());
    }

    @Override
    public void onRuleRemoved(RuleMessage rule) {
        changedRules.add(rule.family());
    }

    @Override
    public void onOverrun() {
        due = true;
    }
}
