package io.vireo.control.node.mirror;

import io.vireo.control.linux.netlink.RouteMessage;
import io.vireo.control.model.AddressFamily;
import io.vireo.control.model.IpAddress;
import io.vireo.control.model.IpPrefix;

/**
 * Which of the kernel's routes decide about forwarded packets, less what never leaves its link or the machine: the data plane
 * handles link-local, multicast and loopback destinations without a route.
 */
final class MirroredRoutes {
    private MirroredRoutes() {}

    static boolean isMirrored(RouteMessage route) {
        return isMirroredTable(route) && (route.flags() & RouteMessage.CLONED) == 0 && isMirrored(route.prefix());
    }

    static boolean isMirrored(IpPrefix prefix) {
        IpAddress network = prefix.network();
        return !network.isMulticast()
                && !network.isLoopback()
                && !(network.family() == AddressFamily.IPV6 && network.isLinkLocal());
    }

    private static boolean isMirroredTable(RouteMessage route) {
        return switch (route.table()) {
            case RouteMessage.TABLE_MAIN, RouteMessage.TABLE_LOCAL -> true;
            case RouteMessage.TABLE_DEFAULT -> route.prefix().family() == AddressFamily.IPV4;
            default -> false;
        };
    }
}
