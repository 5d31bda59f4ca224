package io.vireo.control.model.attachment.substrate;

import io.vireo.control.model.Attachment;
import io.vireo.control.model.Encapsulation;
import io.vireo.control.model.HeaderModes;
import io.vireo.control.model.Limits;
import io.vireo.control.model.MacAddress;
import io.vireo.control.model.Substrate;
import io.vireo.control.model.SubstrateLink;
import io.vireo.control.model.SubstrateTunnel;
import io.vireo.control.model.attachment.feature.AttachmentReader;
import io.vireo.control.model.document.yaml.Fields;
import io.vireo.control.model.document.yaml.Origins;
import io.vireo.control.model.document.yaml.Problems;
import io.vireo.control.model.document.yaml.Scalars;
import io.vireo.control.model.document.yaml.YamlNode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads {@code encapsulation: {substrate: {link: L, id: N, peerMac: M}}}. */
public final class VirtualLinkReader implements AttachmentReader {
    static final String ENCAPSULATION = "encapsulation";
    static final String SUBSTRATE = "substrate";
    static final String LINK = "link";
    static final String ID = "id";
    static final String PEER_MAC = "peerMac";

    private final Substrate substrate;

    /** @param substrate what the document says of it. */
    public VirtualLinkReader(Substrate substrate) {
        this.substrate = substrate;
    }

    @Override
    public String noun() {
        return "a virtual link of the substrate";
    }

    @Override
    public List<String> ownFields() {
        return List.of(ENCAPSULATION);
    }

    @Override
    public List<String> inapplicableFields() {
        return List.of();
    }

    @Override
    public boolean isMeant(Fields fields) {
        return fields.mapping().fields().get(ENCAPSULATION) instanceof YamlNode.Mapping encapsulation
                && encapsulation.fields().containsKey(SUBSTRATE);
    }

    @Override
    public @Nullable Attachment read(Fields fields, Problems problems, Origins origins) {
        return fields.requiredNode(ENCAPSULATION, node -> readEncapsulation(node, problems, origins));
    }

    private @Nullable Attachment readEncapsulation(YamlNode node, Problems problems, Origins origins) {
        Fields fields = Fields.of(node, problems);
        if (fields == null) {
            return null;
        }
        Attachment link = fields.requiredNode(SUBSTRATE, body -> readLink(body, problems, origins));
        return fields.finish() ? link : null;
    }

    private @Nullable Attachment readLink(YamlNode node, Problems problems, Origins origins) {
        Fields fields = Fields.of(node, problems);
        if (fields == null) {
            return null;
        }
        Attachment link = isOverIp(fields) ? takeOverIp(fields) : take(fields);
        return fields.finish() && link != null ? origins.put(link, fields.mapping()) : null;
    }

    private boolean isOverIp(Fields fields) {
        return tunnelOf(fields) != null;
    }

    private @Nullable SubstrateTunnel tunnelOf(Fields fields) {
        return fields.mapping().fields().get(LINK) instanceof YamlNode.Scalar name
                ? substrate.tunnels().stream()
                        .filter(tunnel -> tunnel.name().equals(name.text()))
                        .findFirst()
                        .orElse(null)
                : null;
    }

    private @Nullable Attachment takeOverIp(Fields fields) {
        SubstrateTunnel tunnel = tunnelOf(fields);
        String name = fields.required(LINK, Scalars::name);
        Integer id = fields.required(ID, Scalars.integer(1, Limits.MAX_VIRTUAL_LINK_ID));
        if (fields.optional(PEER_MAC, Scalars::unicastMac) != null) {
            fields.problem(PEER_MAC, "does not apply to substrate link " + name + ", which is an IP tunnel");
        }
        return tunnel == null || name == null || id == null
                ? null
                : new Attachment.Tunnel(
                        new Encapsulation.VirtualLink(name, id),
                        tunnel.underlay(),
                        tunnel.local(),
                        tunnel.remote(),
                        Limits.DEFAULT_HOP_LIMIT,
                        HeaderModes.DEFAULT);
    }

    /** Takes the fields {@code link}, {@code id} and {@code peerMac}; null, reported, when something is wrong with them. */
    public Attachment.@Nullable VirtualLink take(Fields fields) {
        String name = fields.required(LINK, Scalars::name);
        Integer id = fields.required(ID, Scalars.integer(1, Limits.MAX_VIRTUAL_LINK_ID));
        MacAddress peer = fields.optional(PEER_MAC, Scalars::unicastMac);
        SubstrateLink link = name == null ? null : linkOf(name);
        if (name != null && link == null) {
            fields.problem(
                    LINK,
                    isOverIp(fields)
                            ? "is an IP tunnel; what crosses the node comes and goes by ports"
                            : "is not a substrate link of this node");
        }
        if (link != null) {
            peer = peerOf(link, peer, fields);
        }
        return link == null || id == null || peer == null
                ? null
                : new Attachment.VirtualLink(link, substrate.etherType(), id, peer);
    }

    private @Nullable SubstrateLink linkOf(String name) {
        return substrate.links().stream()
                .filter(link -> link.name().equals(name))
                .findFirst()
                .orElse(null);
    }

    private static @Nullable MacAddress peerOf(SubstrateLink link, @Nullable MacAddress named, Fields fields) {
        if (link.isMultiAccess() && !fields.has(PEER_MAC)) {
            fields.problem(PEER_MAC, "is missing; substrate link " + link.name() + " leads to many");
        } else if (!link.isMultiAccess() && named != null) {
            fields.problem(PEER_MAC, "is that of substrate link " + link.name() + ", which leads to one node only");
        } else if (link.mac().equals(named)) {
            fields.problem(PEER_MAC, "is this node's own address on substrate link " + link.name());
        }
        return link.isMultiAccess() ? named : link.peerMac();
    }
}
