package io.vireo.control.view;

import java.util.ArrayList;
import java.util.List;

/**
 * A node at one moment.
 *
 * @param node      its name.
 * @param dataplane the data plane's state.
 * @param ports     every configured port.
 * @param routers   every configured virtual router, with its interfaces.
 * @param drops     what was dropped and why; reasons that never occurred are left out.
 * @param audit     how often it is audited.
 * @param alarms    active alarms: what the data plane refuses at present, retried every minute, or leaves to Linux.
 * @param routing   the routing daemons of virtual routers, in the order of the routers' names.
 * @param counters  the data plane's system counters, all of them, unless it is absent; and what control carried between
 *                  it and the kernel.
 */
public record NodeStatus(
        String node,
        DataplaneStatus dataplane,
        List<PortStatus> ports,
        List<RouterStatus> routers,
        List<DropCount> drops,
        AuditStatus audit,
        List<AlarmStatus> alarms,
        List<RoutingStatus> routing,
        List<SystemCount> counters) {

    public NodeStatus {
        ports = List.copyOf(ports);
        routers = List.copyOf(routers);
        drops = List.copyOf(drops);
        alarms = List.copyOf(alarms);
        routing = List.copyOf(routing);
        counters = List.copyOf(counters);
    }

    /** The same with routing daemons, of which those that fail are alarms. */
    public NodeStatus with(List<RoutingStatus> daemons) {
        List<AlarmStatus> all = new ArrayList<>(alarms);
        for (RoutingStatus each : daemons) {
            if (each.reason() != null) {
                all.add(new AlarmStatus("routing of " + each.vpn() + "/" + each.router(), each.reason()));
            }
        }
        return new NodeStatus(node, dataplane, ports, routers, drops, audit, all, daemons, counters);
    }
}
