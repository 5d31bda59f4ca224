package io.vireo.control.node.plan;

import io.vireo.control.model.Configuration;
import io.vireo.control.model.Members;
import io.vireo.control.model.Vpn;
import io.vireo.dataplane.membership.policy.MemberList;
import io.vireo.dataplane.membership.policy.MemberList.Otherwise;
import io.vireo.dataplane.membership.policy.MemberTuple;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Turns the names of VPNs in lists of members into VPN-IDs. */
final class MemberPlanner {
    private final Map<String, Integer> vpnIds = new HashMap<>();

    MemberPlanner(Configuration configuration) {
        for (Vpn vpn : configuration.vpns()) {
            vpnIds.put(vpn.name(), (int) vpn.id());
        }
    }

    /** @param own name of the VPN of the interface that has the list */
    @Nullable
    MemberList plan(@Nullable Members members, String own) {
        if (members == null) {
            return null;
        }
        return new MemberList(
                members.tuples().stream()
                        .map(tuple -> tuple.packets()
                                .tuple(tuple.vpn().equals(own) ? MemberTuple.OWN_VPN : vpnId(tuple.vpn())))
                        .toList(),
                members.allow().stream().map(this::vpnId).toList(),
                otherwise(members),
                members.hasOtherVpn() ? vpnId(members.otherwise()) : 0);
    }

    private static Otherwise otherwise(Members members) {
        if (members.hasOtherVpn()) {
            return Otherwise.VPN;
        }
        return members.otherwise().equals(Members.DROP) ? Otherwise.DROP : Otherwise.OWN;
    }

    private int vpnId(String vpn) {
        Integer vpnId = vpnIds.get(vpn);
        if (vpnId == null) {
            throw new IllegalArgumentException("there is no VPN " + vpn);
        }
        return vpnId;
    }
}
