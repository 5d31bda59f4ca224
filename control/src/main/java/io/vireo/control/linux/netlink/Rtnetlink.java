package io.vireo.control.linux.netlink;

import io.vireo.control.linux.Errno;
import io.vireo.control.linux.LinuxException;
import io.vireo.control.linux.NetlinkSocket;
import io.vireo.control.model.AddressFamily;
import io.vireo.control.model.InterfaceAddress;
import io.vireo.control.model.IpAddress;
import io.vireo.control.model.MacAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Reads and changes the kernel's interfaces, addresses, routes and neighbours of one network namespace. Every
 * request waits for the kernel's answer; a refused one throws {@link LinuxException} with the kernel's extended acknowledgement. One
 * thread at a time.
 */
public final class Rtnetlink implements AutoCloseable {
    private static final int RT_TABLE_UNSPEC = 0;
    private static final int ANY_PROTOCOL = 0;
    private static final int MAX_BYTE_TABLE = 255;
    private static final int SCOPE_UNIVERSE = 0;
    private static final int SCOPE_LINK = 253;
    private static final int SCOPE_NOWHERE = 255;
    private static final int MAX_IPV4_BROADCAST_PREFIX = 30;

    private final NetlinkSocket socket;
    private final MessageWriter writer = new MessageWriter();
    private int sequence;

    private Rtnetlink(NetlinkSocket socket) {
        this.socket = socket;
    }

    /** Opens a socket of the calling thread's namespace, whose name is only for error messages. */
    public static Rtnetlink open(String name) {
        return new Rtnetlink(NetlinkSocket.open(name));
    }

    /** All interfaces. */
    public List<LinkMessage> links() {
        List<LinkMessage> links = new ArrayList<>();
        begin(Protocol.RTM_GETLINK, Protocol.NLM_F_DUMP);
        linkBody(0, 0, 0);
        dump("RTM_GETLINK", new RtnetlinkHandler() {
            @Override
            public void onLink(LinkMessage link) {
                links.add(link);
            }
        });
        return links;
    }

    /** The interface of that name. */
    public Optional<LinkMessage> link(String name) {
        List<LinkMessage> links = new ArrayList<>(1);
        begin(Protocol.RTM_GETLINK, 0);
        linkBody(0, 0, 0);
        writer.attribute(Protocol.IFLA_IFNAME, name);
        try {
            exchange("RTM_GETLINK", name, new RtnetlinkHandler() {
                @Override
                public void onLink(LinkMessage link) {
                    links.add(link);
                }
            });
        } catch (LinuxException e) {
            if (e.errno() != Errno.ENODEV) {
                throw e;
            }
        }
        return links.stream().findFirst();
    }

    /** Sets some of {@link LinkMessage#flags}: the bits of {@code mask} become those of {@code flags}. */
    public void setLinkFlags(LinkMessage link, int flags, int mask) {
        begin(Protocol.RTM_NEWLINK, 0);
        linkBody(link.ifindex(), flags, mask);
        request("set link flags", link.name());
    }

    /** Sets the MTU, in bytes. */
    public void setLinkMtu(LinkMessage link, int mtu) {
        begin(Protocol.RTM_NEWLINK, 0);
        linkBody(link.ifindex(), 0, 0);
        writer.attribute(Protocol.IFLA_MTU, mtu);
        request("set MTU " + mtu, link.name());
    }

    public void setLinkMac(LinkMessage link, MacAddress mac) {
        begin(Protocol.RTM_NEWLINK, 0);
        linkBody(link.ifindex(), 0, 0);
        writer.attribute(Protocol.IFLA_ADDRESS, mac.toBytes());
        request("set MAC " + mac, link.name());
    }

    /** Gives a link that has none yet a queueing discipline that needs no options, such as {@code pfifo}. */
    public void addRootQdisc(LinkMessage link, String kind) {
        begin(Protocol.RTM_NEWQDISC, Protocol.NLM_F_CREATE | Protocol.NLM_F_EXCL);
        writer.putInt(Protocol.AF_UNSPEC)
                .putInt(link.ifindex())
                .putInt(0)
                .putInt(Protocol.TC_H_ROOT)
                .putInt(0)
                .attribute(Protocol.TCA_KIND, kind);
        request("add qdisc " + kind, link.name());
    }

    public void deleteLink(LinkMessage link) {
        begin(Protocol.RTM_DELLINK, 0);
        linkBody(link.ifindex(), 0, 0);
        request("delete link", link.name());
    }

    /** All addresses of both families. */
    public List<AddressMessage> addresses() {
        List<AddressMessage> addresses = new ArrayList<>();
        begin(Protocol.RTM_GETADDR, Protocol.NLM_F_DUMP);
        addressBody(Protocol.AF_UNSPEC, 0, 0);
        dump("RTM_GETADDR", new RtnetlinkHandler() {
            @Override
            public void onAddress(AddressMessage address) {
                addresses.add(address);
            }
        });
        return addresses;
    }

    /**
     * Adds an address, or marks one that is there as ours. IPv6 does no duplicate detection: a router's addresses are
     * configured, and a probe sent before the data plane is there would prove nothing.
     */
    public void addAddress(LinkMessage link, InterfaceAddress address, int protocol) {
        begin(Protocol.RTM_NEWADDR, Protocol.NLM_F_CREATE | Protocol.NLM_F_REPLACE);
        addressBody(family(address.family()), address.prefixLength(), link.ifindex());
        writer.attribute(Protocol.IFA_LOCAL, address.address()).attribute(Protocol.IFA_ADDRESS, address.address());
        if (address.family() == AddressFamily.IPV4 && address.prefixLength() <= MAX_IPV4_BROADCAST_PREFIX) {
            writer.attribute(Protocol.IFA_BROADCAST, address.subnet().last());
        }
        writer.attribute(Protocol.IFA_FLAGS, AddressMessage.NO_DUPLICATE_DETECTION)
                .attribute(Protocol.IFA_PROTO, new byte[] {(byte) protocol});
        request("add address " + address, link.name());
    }

    public void deleteAddress(LinkMessage link, InterfaceAddress address) {
        begin(Protocol.RTM_DELADDR, 0);
        addressBody(family(address.family()), address.prefixLength(), link.ifindex());
        writer.attribute(Protocol.IFA_LOCAL, address.address()).attribute(Protocol.IFA_ADDRESS, address.address());
        request("delete address " + address, link.name());
    }

    /**
     * Streams the routes of one family, of all tables; those of one prefix in the order in which the kernel tries them.
     *
     * @return false when the table changed meanwhile, so that an entry may be missing or reported twice
     */
    public boolean dumpRoutes(AddressFamily family, Consumer<RouteMessage> routes) {
        return dumpRoutes(family, ANY_PROTOCOL, routes);
    }

    /** As above, only those that {@code protocol} put there; the kernel looks them out. */
    public boolean dumpRoutes(AddressFamily family, int protocol, Consumer<RouteMessage> routes) {
        begin(Protocol.RTM_GETROUTE, Protocol.NLM_F_DUMP);
        routeBody(family(family), 0, 0, RT_TABLE_UNSPEC, protocol, SCOPE_UNIVERSE, RouteType.UNSPEC);
        writer.putInt(0);
        return dump("RTM_GETROUTE", new RtnetlinkHandler() {
            @Override
            public void onRoute(RouteMessage route, RoutePlacement placement) {
                routes.accept(route);
            }
        });
    }

    /** Whether the kernel answers to an IPv6 address of an interface: it does only a moment after the address was added. */
    public boolean isLocal(LinkMessage link, IpAddress address) {
        List<RouteMessage> found = new ArrayList<>();
        begin(Protocol.RTM_GETROUTE, Protocol.NLM_F_DUMP);
        routeBody(
                family(address.family()),
                0,
                0,
                RouteMessage.TABLE_LOCAL,
                ANY_PROTOCOL,
                SCOPE_UNIVERSE,
                RouteType.UNSPEC);
        writer.putInt(0);
        dump("RTM_GETROUTE", new RtnetlinkHandler() {
            @Override
            public void onRoute(RouteMessage route, RoutePlacement placement) {
                boolean isOfLink = route.nextHops().stream().anyMatch(hop -> hop.ifindex() == link.ifindex());
                if (isOfLink && route.prefix().network().equals(address)) {
                    found.add(route);
                }
            }
        });
        return !found.isEmpty();
    }

    /** The policy rules of one family, in the order in which the kernel tries them. */
    public List<RuleMessage> rules(AddressFamily family) {
        List<RuleMessage> rules = new ArrayList<>();
        begin(Protocol.RTM_GETRULE, Protocol.NLM_F_DUMP);
        writer.putByte(family(family)).putByte(0).putShort(0).putInt(0).putInt(0);
        dump("RTM_GETRULE", new RtnetlinkHandler() {
            @Override
            public void onRule(RuleMessage rule) {
                rules.add(rule);
            }
        });
        return rules;
    }

    /** The next-hop objects; none of a kernel that does not know them (before Linux 5.3). */
    public List<NextHopObject> nextHops() {
        List<NextHopObject> nextHops = new ArrayList<>();
        begin(Protocol.RTM_GETNEXTHOP, Protocol.NLM_F_DUMP);
        writer.putInt(0).putInt(0);
        try {
            dump("RTM_GETNEXTHOP", new RtnetlinkHandler() {
                @Override
                public void onNextHop(NextHopObject nextHop) {
                    nextHops.add(nextHop);
                }
            });
        } catch (LinuxException e) {
            if (e.errno() != Errno.EOPNOTSUPP) {
                throw e;
            }
        }
        return nextHops;
    }

    /** Adds a route, or replaces the one of the same prefix, table, type of service and metric. */
    public void replaceRoute(RouteMessage route) {
        begin(Protocol.RTM_NEWROUTE, Protocol.NLM_F_CREATE | Protocol.NLM_F_REPLACE);
        route(route, routeScope(route));
        request("add route " + route.prefix(), socket.name());
    }

    /** Removes the route of this prefix, table, metric, protocol and type. */
    public void deleteRoute(RouteMessage route) {
        begin(Protocol.RTM_DELROUTE, 0);
        route(route, SCOPE_NOWHERE);
        request("delete route " + route.prefix(), socket.name());
    }

    /** Streams the neighbour cache of both families. */
    public boolean dumpNeighbours(Consumer<NeighbourMessage> neighbours) {
        begin(Protocol.RTM_GETNEIGH, Protocol.NLM_F_DUMP);
        neighbourBody(Protocol.AF_UNSPEC, 0, 0, 0);
        return dump("RTM_GETNEIGH", new RtnetlinkHandler() {
            @Override
            public void onNeighbour(NeighbourMessage neighbour) {
                neighbours.accept(neighbour);
            }
        });
    }

    /** Has the kernel find out the Ethernet address of a neighbour, as if a packet had been sent to it. */
    public void resolveNeighbour(int ifindex, IpAddress address) {
        begin(Protocol.RTM_NEWNEIGH, Protocol.NLM_F_CREATE | Protocol.NLM_F_REPLACE);
        neighbourBody(family(address.family()), ifindex, 0, NeighbourMessage.USE);
        writer.attribute(Protocol.NDA_DST, address);
        request("resolve neighbour " + address, socket.name());
    }

    /** Has the kernel check that the neighbour is still there, as if a packet had been sent to it. */
    public void probeNeighbour(NeighbourMessage neighbour) {
        begin(Protocol.RTM_NEWNEIGH, Protocol.NLM_F_REPLACE);
        neighbourBody(
                family(neighbour.address().family()), neighbour.ifindex(), neighbour.state(), NeighbourMessage.USE);
        writer.attribute(Protocol.NDA_DST, neighbour.address());
        request("probe neighbour " + neighbour.address(), socket.name());
    }

    @Override
    public void close() {
        socket.close();
    }

    private void route(RouteMessage route, int scope) {
        int family = family(route.prefix().family());
        int byteTable = route.table() <= MAX_BYTE_TABLE ? route.table() : RT_TABLE_UNSPEC;
        routeBody(family, route.prefix().prefixLength(), route.tos(), byteTable, route.protocol(), scope, route.type());
        writer.putInt(route.nextHops().size() == 1 ? route.nextHops().getFirst().flags() & NextHop.ON_LINK : 0);
        writer.attribute(Protocol.RTA_DST, route.prefix().network())
                .attribute(Protocol.RTA_TABLE, route.table())
                .attribute(Protocol.RTA_PRIORITY, route.metric());
        if (route.nextHops().size() == 1) {
            NextHop nextHop = route.nextHops().getFirst();
            if (nextHop.ifindex() != 0) {
                writer.attribute(Protocol.RTA_OIF, nextHop.ifindex());
            }
            gateway(route, nextHop);
        } else if (!route.nextHops().isEmpty()) {
            multipath(route);
        }
    }

    private void multipath(RouteMessage route) {
        int attribute = writer.beginAttribute(Protocol.RTA_MULTIPATH);
        for (NextHop nextHop : route.nextHops()) {
            int start = writer.beginLength();
            writer.putByte(nextHop.flags() & NextHop.ON_LINK)
                    .putByte(nextHop.weight() - 1)
                    .putInt(nextHop.ifindex());
            gateway(route, nextHop);
            writer.endLength(start);
        }
        writer.endLength(attribute);
    }

    private void gateway(RouteMessage route, NextHop nextHop) {
        if (nextHop.labels() != null) {
            EncapsulationDecoder.write(writer, nextHop.labels());
        }
        IpAddress gateway = nextHop.gateway();
        if (gateway == null) {
            return;
        }
        if (gateway.family() == route.prefix().family()) {
            writer.attribute(Protocol.RTA_GATEWAY, gateway);
            return;
        }
        int attribute = writer.beginAttribute(Protocol.RTA_VIA);
        writer.putShort(family(gateway.family()));
        for (byte part : gateway.toBytes()) {
            writer.putByte(part);
        }
        writer.endLength(attribute);
    }

    private static int routeScope(RouteMessage route) {
        boolean onLink = route.type() == RouteType.UNICAST
                && route.nextHops().stream().allMatch(nextHop -> nextHop.gateway() == null);
        return onLink ? SCOPE_LINK : SCOPE_UNIVERSE;
    }

    private void linkBody(int ifindex, int flags, int mask) {
        writer.putByte(Protocol.AF_UNSPEC)
                .putByte(0)
                .putShort(0)
                .putInt(ifindex)
                .putInt(flags)
                .putInt(mask);
    }

    private void addressBody(int family, int prefixLength, int ifindex) {
        writer.putByte(family)
                .putByte(prefixLength)
                .putByte(0)
                .putByte(SCOPE_UNIVERSE)
                .putInt(ifindex);
    }

    /** All of {@code struct rtmsg} but its flags. */
    private void routeBody(int family, int prefixLength, int tos, int table, int protocol, int scope, RouteType type) {
        writer.putByte(family)
                .putByte(prefixLength)
                .putByte(0)
                .putByte(tos)
                .putByte(table)
                .putByte(protocol)
                .putByte(scope)
                .putByte(type.number());
    }

    private void neighbourBody(int family, int ifindex, int state, int flags) {
        writer.putByte(family)
                .putByte(0)
                .putShort(0)
                .putInt(ifindex)
                .putShort(state)
                .putByte(flags)
                .putByte(0);
    }

    private static int family(AddressFamily family) {
        return family == AddressFamily.IPV4 ? Protocol.AF_INET : Protocol.AF_INET6;
    }

    private void begin(int type, int flags) {
        writer.begin(type, Protocol.NLM_F_REQUEST | flags, ++sequence);
    }

    private void request(String call, String object) {
        exchange(call, object, new RtnetlinkHandler() {});
    }

    /** Sends the request and hands what is answered to the handler, until the acknowledgement. */
    private void exchange(String call, String object, RtnetlinkHandler handler) {
        writer.addFlags(Protocol.NLM_F_ACK);
        exchangeMessages(call, object, handler);
    }

    private boolean dump(String call, RtnetlinkHandler handler) {
        return exchangeMessages(call, socket.name(), handler);
    }

    private boolean exchangeMessages(String call, String object, RtnetlinkHandler handler) {
        AnswerBuffer answers = AnswerBuffer.take();
        try {
            socket.send(writer.end());
            return answers.read(socket, sequence, call, object, handler);
        } finally {
            answers.release();
        }
    }
}
