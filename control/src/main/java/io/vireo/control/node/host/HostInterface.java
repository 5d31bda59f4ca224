package io.vireo.control.node.host;

import io.vireo.control.linux.Ethtool;
import io.vireo.control.linux.LinuxException;
import io.vireo.control.linux.Sysctl;
import io.vireo.control.linux.netlink.AddressMessage;
import io.vireo.control.linux.netlink.LinkMessage;
import io.vireo.control.linux.netlink.RouteMessage;
import io.vireo.control.linux.netlink.Rtnetlink;
import io.vireo.control.model.AddressFamily;
import io.vireo.control.model.Device;
import io.vireo.control.node.topology.PortPlan;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A network device of the host that is to be a port ({@code af_packet:NAME}). The host's kernel sees every frame too, and
 * must not answer any: the device gets no addresses, no IPv6, and keeps silent to ARP.
 */
public final class HostInterface {
    private final String name;

    public HostInterface(String name) {
        this.name = name;
    }

    /** The device of a port, if it is one of the host's. */
    public static Optional<HostInterface> of(PortPlan port) {
        return port.port().device() instanceof Device.AfPacket device
                ? Optional.of(new HostInterface(device.interfaceName()))
                : Optional.empty();
    }

    public boolean isFit() {
        return unfit().isEmpty();
    }

    /** Why the device cannot be a port, or empty when it can. */
    public Optional<String> unfit() {
        try (Rtnetlink netlink = Rtnetlink.open("the host")) {
            Optional<LinkMessage> link = netlink.link(name);
            if (link.isEmpty()) {
                return Optional.of("there is no Linux interface " + name);
            }
            if ((link.get().flags() & LinkMessage.LOOPBACK) != 0) {
                return Optional.of("Linux interface " + name + " is the host's loopback");
            }
            return carriesDefaultRoute(netlink, link.get().ifindex())
                    ? Optional.of("Linux interface " + name + " carries the host's default route: as a port it would"
                            + " lose its addresses and cut the host off")
                    : Optional.empty();
        }
    }

    /** The device's MTU in bytes, or empty when there is no such device. */
    public OptionalInt mtu() {
        try (Rtnetlink netlink = Rtnetlink.open("the host")) {
            return netlink.link(name).stream().mapToInt(LinkMessage::mtu).findFirst();
        }
    }

    /**
     * Makes the device a port.
     *
     * @return what the operator should know of it
     */
    public List<String> prepare() {
        List<String> warnings = new ArrayList<>();
        silence();
        try (Rtnetlink netlink = Rtnetlink.open("the host")) {
            LinkMessage link = netlink.link(name).orElseThrow();
            for (AddressMessage address : netlink.addresses()) {
                if (address.ifindex() == link.ifindex()) {
                    netlink.deleteAddress(link, address.address());
                    warnings.add(
                            "address " + address.address() + " was removed from " + name + ", which is a port now");
                }
            }
            int wanted = LinkMessage.UP | LinkMessage.PROMISCUOUS;
            netlink.setLinkFlags(link, wanted, wanted);
        }
        warnings.addAll(switchOffloadsOff());
        return warnings;
    }

    private void silence() {
        Sysctl.writeIfPresent("net/ipv6/conf/" + name + "/disable_ipv6", "1");
        Sysctl.writeIfPresent("net/ipv4/conf/" + name + "/forwarding", "0");
        // 8: reply for no local address at all, for ARP otherwise answers on any interface.
        Sysctl.writeIfPresent("net/ipv4/conf/" + name + "/arp_ignore", "8");
    }

    private List<String> switchOffloadsOff() {
        List<String> warnings = new ArrayList<>();
        for (Ethtool.Offload offload : Ethtool.Offload.values()) {
            try {
                Ethtool.switchOff(name, offload);
            } catch (LinuxException e) {
                warnings.add(String.valueOf(e.getMessage()));
            }
        }
        if (Ethtool.isOn(name, Ethtool.Offload.GENERIC_RECEIVE)) {
            warnings.add("gro of " + name + " cannot be switched off: it may merge packets beyond the MTU");
        }
        return warnings;
    }

    private static boolean carriesDefaultRoute(Rtnetlink netlink, int ifindex) {
        List<RouteMessage> found = new ArrayList<>();
        for (AddressFamily family : AddressFamily.values()) {
            netlink.dumpRoutes(family, route -> {
                if (route.prefix().prefixLength() == 0
                        && route.table() == RouteMessage.TABLE_MAIN
                        && route.nextHops().stream().anyMatch(nextHop -> nextHop.ifindex() == ifindex)) {
                    found.add(route);
                }
            });
        }
        return !found.isEmpty();
    }
}
