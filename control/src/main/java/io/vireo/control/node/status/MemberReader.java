package io.vireo.control.node.status;

import io.vireo.control.model.Attachment.Access;
import io.vireo.control.model.IpAddress;
import io.vireo.control.model.IpPrefix;
import io.vireo.control.model.IpProtocol;
import io.vireo.control.node.plan.NodePlan;
import io.vireo.control.node.session.DataplaneSession;
import io.vireo.control.node.topology.InterfacePlan;
import io.vireo.control.node.topology.RouterPlan;
import io.vireo.control.view.MemberStatus;
import io.vireo.dataplane.membership.policy.MemberList;
import io.vireo.dataplane.membership.policy.MemberList.Otherwise;
import io.vireo.dataplane.membership.policy.MemberTuple;
import io.vireo.dataplane.schedule.policy.FilterPrefix;
import io.vireo.dataplane.schedule.policy.PortRange;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Puts lists of members into the words of the operator. One use. */
public final class MemberReader {
    private static final MemberTuple ALL =
            new MemberTuple(MemberTuple.OWN_VPN, MemberTuple.ANY, null, null, null, null);

    private final NodePlan plan;
    private final @Nullable DataplaneSession session;
    private final List<MemberStatus> lines = new ArrayList<>();

    public MemberReader(NodePlan plan, @Nullable DataplaneSession session) {
        this.plan = plan;
        this.session = session;
    }

    /** All lines of all lists: by interface, and there as they are asked. */
    public List<MemberStatus> read() {
        plan.interfaces().values().stream()
                .sorted(Comparator.comparing(InterfacePlan::key))
                .forEach(each -> {
                    if (each.members() != null) {
                        read(each, each.members());
                    }
                });
        return lines;
    }

    private void read(InterfacePlan owner, MemberList list) {
        list.allowedVpnIds().forEach(vpnId -> add(owner, "allow", vpnId, ALL));
        for (int n = 0; n < list.tuples().size(); n++) {
            MemberTuple tuple = list.tuples().get(n);
            add(owner, Integer.toString(n + 1), tuple.vpnId(), tuple);
        }
        if (list.otherwise() == Otherwise.DROP) {
            lines.add(line(owner, "otherwise", "drop", ALL, null));
        } else {
            add(owner, "otherwise", list.otherwiseVpnId(), ALL);
        }
    }

    private void add(InterfacePlan owner, String number, int vpnId, MemberTuple tuple) {
        InterfacePlan ingress = vpnId == MemberTuple.OWN_VPN ? owner : sharing(owner, vpnId);
        String vpn = ingress == null ? "" : ingress.router().vpn();
        lines.add(line(owner, number, vpn, tuple, ingress));
    }

    /** The interface of a VPN on the port and VLAN of another. */
    private @Nullable InterfacePlan sharing(InterfacePlan owner, int vpnId) {
        for (RouterPlan router : plan.routers().values()) {
            if ((int) router.vpnId() == vpnId) {
                for (InterfacePlan each : router.interfaces()) {
                    if (isBeside(owner, each)) {
                        return each;
                    }
                }
            }
        }
        return null;
    }

    private static boolean isBeside(InterfacePlan owner, InterfacePlan other) {
        return owner.attachment() instanceof Access one
                && other.attachment() instanceof Access another
                && !another.takesAll()
                && one.port().equals(another.port())
                && one.vlan() == another.vlan();
    }

    private MemberStatus line(
            InterfacePlan owner, String number, String vpn, MemberTuple tuple, @Nullable InterfacePlan ingress) {
        return new MemberStatus(
                owner.key(),
                number,
                vpn,
                text(tuple.source()),
                text(tuple.destination()),
                tuple.protocol() == MemberTuple.ANY ? "" : new IpProtocol(tuple.protocol()).toString(),
                text(tuple.sourcePorts()),
                text(tuple.destinationPorts()),
                ingress == null ? "" : ingress.key(),
                ingress == null || session == null
                        ? 0
                        : session.statistics()
                                .interfaceCounts(ingress.interfaceId())
                                .rxPackets());
    }

    private static String text(@Nullable FilterPrefix prefix) {
        if (prefix == null) {
            return "";
        }
        IpAddress network =
                prefix.isIpv4() ? IpAddress.ofIpv4((int) prefix.low()) : IpAddress.ofIpv6(prefix.high(), prefix.low());
        return new IpPrefix(network, prefix.length()).toString();
    }

    private static String text(@Nullable PortRange ports) {
        if (ports == null) {
            return "";
        }
        return ports.first() == ports.last() ? Integer.toString(ports.first()) : ports.first() + "-" + ports.last();
    }
}
