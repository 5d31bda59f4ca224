package io.vireo.control.model.document;

import io.vireo.control.model.Attachment;
import io.vireo.control.model.Configuration;
import io.vireo.control.model.MacAddress;
import io.vireo.control.model.Port;
import io.vireo.control.model.SubstrateLink;
import io.vireo.control.model.attachment.feature.InterfaceChecks;
import io.vireo.control.model.document.yaml.Origins;
import io.vireo.control.model.document.yaml.Problems;
import java.util.HashSet;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Finds substrate links that could not be distinguished, or that take frames of others. */
final class SubstrateCheck {
    private final Problems problems;
    private final Origins origins;

    SubstrateCheck(Problems problems, Origins origins) {
        this.problems = problems;
        this.origins = origins;
    }

    private record Name(String name) {}

    private record FarEnd(String port, int vlan, @Nullable MacAddress peer) {}

    /** @param checks gets the VLANs of links: nobody else's frames are on them. */
    void check(Configuration configuration, InterfaceChecks checks) {
        Set<Attachment.Access> vlans = new HashSet<>();
        Set<String> untagged = new HashSet<>();
        for (SubstrateLink link : configuration.substrate().links()) {
            checks.once(new Name(link.name()), link, "name", "is the name of another substrate link");
            checks.once(
                    new FarEnd(link.port(), link.vlan(), link.peerMac()),
                    link,
                    link.isMultiAccess() ? SubstrateReader.MULTI_ACCESS : SubstrateReader.PEER_MAC,
                    "is that of another substrate link on the same port and VLAN");
            checkPort(configuration, link);
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
    }

    private static boolean isMixed(Configuration configuration, SubstrateLink link) {
        return configuration.substrate().links().stream()
                .anyMatch(other -> other.port().equals(link.port())
                        && other.vlan() == 0
                        && other.isMultiAccess() != link.isMultiAccess());
    }

    private void checkPort(Configuration configuration, SubstrateLink link) {
        boolean isThere =
                configuration.ports().stream().map(Port::name).anyMatch(name -> Objects.equals(name, link.port()));
        if (!isThere) {
            problems.add(origins.of(link), SubstrateReader.PORT, "is not a port of this node");
        }
    }
}
