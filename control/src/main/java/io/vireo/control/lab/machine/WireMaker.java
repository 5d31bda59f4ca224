package io.vireo.control.lab.machine;

import io.vireo.control.linux.Ethtool;
import io.vireo.control.linux.NetworkNamespace;
import io.vireo.control.linux.Sysctl;
import io.vireo.control.linux.netlink.LinkMessage;
import io.vireo.control.linux.netlink.Rtnetlink;
import io.vireo.control.process.Command;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;

/** Makes, repairs and removes veth pairs. */
final class WireMaker {
    private WireMaker() {}

    /** Makes a pair, both ends down. */
    static void make(Wire wire) {
        List<String> command = ip(wire.a());
        command.addAll(List.of("link", "add", wire.a().device(), "mtu", Integer.toString(wire.mtu()), "type", "veth"));
        command.addAll(List.of("peer", "name", wire.b().device(), "mtu", Integer.toString(wire.mtu())));
        if (wire.b().isOfHost()) {
            command.addAll(List.of("netns", wire.b().namespace()));
        }
        Command.of(command.toArray(String[]::new)).runOrThrow();
        for (WireEnd end : wire.ends()) { // at once: the lab knows its own by it
            List<String> mark = ip(end);
            mark.addAll(List.of("link", "set", end.device(), "alias", wire.mark()));
            Command.of(mark.toArray(String[]::new)).runOrThrow();
        }
    }

    /** Sets MTU, offloads and state of a pair that is there. Returns what was otherwise, for people. */
    static List<String> adjust(Wire wire) {
        List<String> repaired = new ArrayList<>();
        for (WireEnd end : wire.ends()) {
            repaired.addAll(within(end, () -> adjust(end, wire.mtu())));
        }
        return repaired;
    }

    private static List<String> adjust(WireEnd end, int mtu) {
        List<String> repaired = new ArrayList<>();
        try (Rtnetlink netlink = Rtnetlink.open(end.toString())) {
            LinkMessage link = netlink.link(end.device()).orElseThrow();
            if (link.mtu() != mtu) {
                repaired.add(end + ": MTU " + mtu + " instead of " + link.mtu());
                netlink.setLinkMtu(link, mtu);
            }
            if (end.isOfHost()) {
                switchOffloadsOff(end.device());
            } else {
                // A port is the data plane's: Linux says nothing there, not even before the node opens it.
                Sysctl.writeIfPresent("net/ipv6/conf/" + end.device() + "/disable_ipv6", "1");
            }
            if (!link.isUp()) {
                repaired.add(end + ": up instead of down");
                netlink.setLinkFlags(link, LinkMessage.UP, LinkMessage.UP);
            }
        }
        return repaired;
    }

    /** No NIC stands between a host and the data plane that could add checksums or cut segments. */
    private static void switchOffloadsOff(String device) {
        for (Ethtool.Offload offload : Ethtool.Offload.values()) {
            if (offload != Ethtool.Offload.RECEIVE_CHECKSUM && Ethtool.isOn(device, offload)) {
                Ethtool.switchOff(device, offload);
            }
        }
    }

    /** Removes a device and with it the pair; none is no error. */
    static void remove(WireEnd end) {
        if (end.isOfHost() && !NetworkNamespace.exists(end.namespace())) {
            return;
        }
        within(end, () -> {
            try (Rtnetlink netlink = Rtnetlink.open(end.toString())) {
                netlink.link(end.device()).ifPresent(netlink::deleteLink);
            }
            return end;
        });
    }

    private static <T> T within(WireEnd end, Callable<T> action) {
        if (end.isOfHost()) {
            try (NetworkNamespace namespace = NetworkNamespace.open(end.namespace())) {
                return namespace.call(action);
            }
        }
        try {
            return action.call();
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException(end.toString(), e);
        }
    }

    private static List<String> ip(WireEnd end) {
        List<String> command = new ArrayList<>(List.of("ip"));
        if (end.isOfHost()) {
            command.addAll(List.of("-n", end.namespace()));
        }
        return command;
    }
}
