package io.vireo.control.model.document;

import io.vireo.control.model.Attachment.Access;
import io.vireo.control.model.Configuration;
import io.vireo.control.model.Interface;
import io.vireo.control.model.IpPrefix;
import io.vireo.control.model.Members;
import io.vireo.control.model.Router;
import io.vireo.control.model.Vpn;
import io.vireo.control.model.document.yaml.Origins;
import io.vireo.control.model.document.yaml.Problems;
import io.vireo.dataplane.membership.policy.MemberTuple;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds members of VPNs that have no interface on the wire, tuples that no packet can match, and interfaces that share a wire on which
 * nobody says what comes in by them.
 */
final class MembersCheck {
    private final Problems problems;
    private final Origins origins;
    private final Set<String> vpns = new HashSet<>();

    /** By port and VLAN: names of the VPNs that have an interface there beside the one that takes everything. */
    private final Map<Access, Set<String>> sharing = new HashMap<>();

    private final Set<Access> listed = new HashSet<>();

    MembersCheck(Problems problems, Origins origins) {
        this.problems = problems;
        this.origins = origins;
    }

    /** Something to be done with each access interface. */
    private interface AccessVisitor {
        void visit(Vpn vpn, Interface owner, Access access, Access wire);
    }

    void check(Configuration configuration) {
        configuration.vpns().forEach(vpn -> vpns.add(vpn.name()));
        forEach(configuration, this::note);
        forEach(configuration, this::checkInterface);
    }

    private static void forEach(Configuration configuration, AccessVisitor visitor) {
        for (Vpn vpn : configuration.vpns()) {
            for (Router router : vpn.routers()) {
                for (Interface owner : router.interfaces()) {
                    if (owner.attachment() instanceof Access access) {
                        visitor.visit(vpn, owner, access, new Access(access.port(), access.vlan()));
                    }
                }
            }
        }
    }

    private void note(Vpn vpn, Interface owner, Access access, Access wire) {
        if (access.takesAll()) {
            if (owner.members() != null) {
                listed.add(wire);
            }
        } else {
            sharing.computeIfAbsent(wire, ignored -> new HashSet<>()).add(vpn.name());
        }
    }

    private void checkInterface(Vpn vpn, Interface owner, Access access, Access wire) {
        if (access.isShared() && !listed.contains(wire)) {
            problems.add(
                    origins.of(owner),
                    "shared",
                    "has nobody to share with: no interface on this port and VLAN has members");
        }
        if (owner.members() != null) {
            checkMembers(vpn, owner.members(), sharing.getOrDefault(wire, Set.of()));
        }
    }

    private void checkMembers(Vpn own, Members members, Set<String> present) {
        for (Members.Tuple tuple : members.tuples()) {
            if (!tuple.vpn().equals(own.name())) {
                checkVpn(tuple, "vpn", tuple.vpn(), present);
            }
        }
        Set<String> allowed = new HashSet<>();
        for (String vpn : members.allow()) {
            checkVpn(members, "allow", vpn, present);
            if (!allowed.add(vpn)) {
                problems.add(origins.of(members), "allow", "names " + vpn + " twice");
            }
        }
        if (members.hasOtherVpn()) {
            checkVpn(members, "otherwise", members.otherwise(), present);
        }
        checkReach(members.tuples());
    }

    private void checkVpn(Object origin, String field, String vpn, Set<String> present) {
        if (!vpns.contains(vpn)) {
            problems.add(origins.of(origin), field, "'" + vpn + "' is not a VPN of this node");
        } else if (!present.contains(vpn)) {
            problems.add(
                    origins.of(origin),
                    field,
                    "VPN " + vpn + " has no interface on this port and VLAN; it needs one with 'shared: true'");
        }
    }

    /** A tuple all of whose packets one before it has: only the tuples whose source holds its own are looked at. */
    private void checkReach(List<Members.Tuple> tuples) {
        Map<String, List<Integer>> before = new HashMap<>();
        Set<Integer> lengths = new HashSet<>();
        List<MemberTuple> compiled =
                tuples.stream().map(tuple -> tuple.packets().tuple(0)).toList();
        for (int n = 0; n < compiled.size(); n++) {
            IpPrefix source = tuples.get(n).packets().source();
            Integer first = firstThatCovers(compiled, n, source, before, lengths);
            if (first != null) {
                problems.add(
                        origins.of(tuples.get(n)),
                        "vpn",
                        "is never asked for: tuple " + (first + 1) + " matches all packets of this one, number "
                                + (n + 1));
            }
            if (source != null) {
                lengths.add(source.prefixLength());
            }
            before.computeIfAbsent(key(source), ignored -> new ArrayList<>()).add(n);
        }
    }

    private static @Nullable Integer firstThatCovers(
            List<MemberTuple> tuples,
            int n,
            @Nullable IpPrefix source,
            Map<String, List<Integer>> before,
            Set<Integer> lengths) {
        List<String> keys = new ArrayList<>();
        keys.add(key(null));
        if (source != null) {
            lengths.stream()
                    .filter(length -> length <= source.prefixLength())
                    .forEach(length -> keys.add(key(IpPrefix.containing(source.network(), length))));
        }
        return keys.stream()
                .flatMap(key -> before.getOrDefault(key, List.of()).stream())
                .filter(other -> tuples.get(other).covers(tuples.get(n)))
                .min(Integer::compare)
                .orElse(null);
    }

    private static String key(@Nullable IpPrefix source) {
        return String.valueOf(source);
    }
}
