package io.vireo.control.model.document;

import io.vireo.control.model.Attachment;
import io.vireo.control.model.Configuration;
import io.vireo.control.model.Crossing;
import io.vireo.control.model.Interface;
import io.vireo.control.model.IpAddress;
import io.vireo.control.model.MacAddress;
import io.vireo.control.model.Router;
import io.vireo.control.model.RouterPath;
import io.vireo.control.model.Substrate;
import io.vireo.control.model.SubstrateLink;
import io.vireo.control.model.SubstrateTunnel;
import io.vireo.control.model.Vpn;
import io.vireo.control.model.attachment.Attachments;
import io.vireo.control.model.attachment.feature.InterfaceChecks;
import io.vireo.control.model.document.yaml.Origins;
import io.vireo.control.model.document.yaml.Problems;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Finds substrate links that could not be distinguished, or that take frames of others, and crossings that lead nowhere. */
final class SubstrateCheck {
    private final Problems problems;
    private final Origins origins;

    SubstrateCheck(Problems problems, Origins origins) {
        this.problems = problems;
        this.origins = origins;
    }

    private record Name(String name) {}

    private record CrossingName(String name) {}

    private record FarEnd(String port, int vlan, @Nullable MacAddress peer) {}

    private record Ends(RouterPath underlay, IpAddress local, IpAddress remote) {}

    /** @param checks gets the VLANs of links: nobody else's frames are on them. */
    void checkUnique(Configuration configuration, InterfaceChecks checks) {
        Set<Attachment.Access> vlans = new HashSet<>();
        Set<String> untagged = new HashSet<>();
        for (SubstrateLink link : configuration.substrate().links()) {
            checks.once(new Name(link.name()), link, "name", "is the name of another substrate link");
            checks.once(
                    new FarEnd(link.port(), link.vlan(), link.peerMac()),
                    link,
                    link.isMultiAccess() ? SubstrateReader.MULTI_ACCESS : SubstrateReader.PEER_MAC,
                    "is that of another substrate link on the same port and VLAN");
            if (link.vlan() == 0 && !untagged.add(link.port()) && isMixed(configuration, link)) {
                problems.add(
                        origins.of(link),
                        link.isMultiAccess() ? SubstrateReader.MULTI_ACCESS : SubstrateReader.VLAN,
                        "is, with the same port, that of a link with multiple access and of one to a single node");
            }
            Attachment.Access frames = new Attachment.Access(link.port(), link.vlan());
            if (!link.isMultiAccess() && vlans.add(frames)) {
                checks.once(frames, link, link.vlan() == 0 ? SubstrateReader.PORT : SubstrateReader.VLAN, "is taken");
            }
        }
        for (SubstrateTunnel tunnel : configuration.substrate().tunnels()) {
            checks.once(new Name(tunnel.name()), tunnel, "name", "is the name of another substrate link");
            checks.once(
                    new Ends(tunnel.underlay(), tunnel.local(), tunnel.remote()),
                    tunnel,
                    SubstrateReader.REMOTE,
                    "is, with the same underlay and local address, that of another substrate link");
        }
        for (Vpn vpn : configuration.vpns()) {
            vpn.routers().forEach(router -> checkVlans(router, vlans));
        }
        checkCrossings(configuration, checks);
    }

    /** An interface that shares a port and VLAN with others takes less than all of it, and none of a link to one node. */
    private void checkVlans(Router router, Set<Attachment.Access> vlans) {
        for (Interface each : router.interfaces()) {
            if (each.attachment() instanceof Attachment.Access access
                    && !access.takesAll()
                    && vlans.contains(new Attachment.Access(access.port(), access.vlan()))) {
                problems.add(
                        origins.of(each),
                        access.vlan() == 0 ? SubstrateReader.PORT : SubstrateReader.VLAN,
                        "is that of a substrate link to one node, which has it alone");
            }
        }
    }

    private static boolean isMixed(Configuration configuration, SubstrateLink link) {
        return configuration.substrate().links().stream()
                .anyMatch(other -> other.port().equals(link.port())
                        && other.vlan() == 0
                        && other.isMultiAccess() != link.isMultiAccess());
    }

    private void checkCrossings(Configuration configuration, InterfaceChecks checks) {
        List<Crossing> crossings = configuration.substrate().crossings();
        for (Crossing crossing : crossings) {
            checks.once(
                    new CrossingName(crossing.name()),
                    crossing,
                    CrossingReader.NAME,
                    "is the name of another crossing");
            for (Interface end : crossing.ends()) {
                Attachments.featureOf(end.attachment()).checkUnique(Substrate.TRANSIT, end, checks);
            }
            if (isSameFarEnd(crossing)) {
                problems.add(
                        origins.of(crossing),
                        CrossingReader.B,
                        "leads to the node that end a comes from, by the same substrate link: nothing is crossed");
            }
        }
        if (!crossings.isEmpty()) {
            configuration.vpns().stream()
                    .filter(vpn -> vpn.name().equals(Substrate.TRANSIT.vpn()))
                    .forEach(vpn -> problems.add(
                            origins.of(vpn), "name", "is the name by which the substrate's crossings are shown"));
        }
    }

    private static boolean isSameFarEnd(Crossing crossing) {
        return crossing.a().attachment() instanceof Attachment.Crossing a
                && crossing.b().attachment() instanceof Attachment.Crossing b
                && a.link().link().equals(b.link().link())
                && a.link().peerMac().equals(b.link().peerMac());
    }

    /** Only a document that could be read whole is checked. */
    void checkReferences(Configuration configuration, InterfaceChecks checks) {
        for (SubstrateLink link : configuration.substrate().links()) {
            if (checks.port(link.port()) == null) {
                problems.add(origins.of(link), SubstrateReader.PORT, "is not a port of this node");
            }
        }
        for (SubstrateTunnel tunnel : configuration.substrate().tunnels()) {
            if (checks.interfacesOf(tunnel.underlay()) == null) {
                problems.add(origins.of(tunnel), SubstrateReader.UNDERLAY, "is not a router of this node");
            }
        }
        for (Crossing crossing : configuration.substrate().crossings()) {
            for (Interface end : crossing.ends()) {
                Attachments.featureOf(end.attachment()).checkReferences(Substrate.TRANSIT, end, checks);
            }
        }
    }
}
