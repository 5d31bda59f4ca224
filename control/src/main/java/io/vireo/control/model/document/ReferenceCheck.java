package io.vireo.control.model.document;

import io.vireo.control.model.Configuration;
import io.vireo.control.model.Interface;
import io.vireo.control.model.Link;
import io.vireo.control.model.LinkEnd;
import io.vireo.control.model.Router;
import io.vireo.control.model.RouterPath;
import io.vireo.control.model.Vpn;
import io.vireo.control.model.attachment.Attachments;
import io.vireo.control.model.attachment.feature.InterfaceChecks;
import io.vireo.control.model.document.yaml.Origins;
import io.vireo.control.model.document.yaml.Problems;
import io.vireo.control.model.document.yaml.YamlNode;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Finds references to ports and routers that are not there, and interfaces that do not fit what they are attached to. */
final class ReferenceCheck {
    private final Problems problems;
    private final Origins origins;

    ReferenceCheck(Problems problems, Origins origins) {
        this.problems = problems;
        this.origins = origins;
    }

    void check(Configuration configuration) {
        InterfaceChecks checks = new InterfaceChecks(configuration, problems, origins);
        new SubstrateCheck(problems, origins).checkReferences(configuration, checks);
        for (Vpn vpn : configuration.vpns()) {
            for (Router router : vpn.routers()) {
                RouterPath path = new RouterPath(vpn.name(), router.name());
                for (Interface face : router.interfaces()) {
                    Attachments.featureOf(face.attachment()).checkReferences(path, face, checks);
                }
            }
            checkLinks(vpn);
        }
    }

    private void checkLinks(Vpn vpn) {
        Set<String> routers = vpn.routers().stream().map(Router::name).collect(Collectors.toSet());
        for (Link link : vpn.links()) {
            for (LinkEnd end : List.of(link.a(), link.b())) {
                YamlNode.Mapping mapping = origins.of(end);
                if (!routers.contains(end.router())) {
                    problems.add(mapping, "router", "is not a router of VPN " + vpn.name() + " on this node");
                }
                if ("lo".equals(end.interfaceName())) {
                    problems.add(mapping, "interface", "'lo' is the kernel's loopback");
                }
            }
        }
    }
}
