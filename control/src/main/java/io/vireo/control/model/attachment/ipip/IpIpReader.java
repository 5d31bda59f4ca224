package io.vireo.control.model.attachment.ipip;

import io.vireo.control.model.Attachment;
import io.vireo.control.model.Encapsulation;
import io.vireo.control.model.IpAddress;
import io.vireo.control.model.Limits;
import io.vireo.control.model.RouterPath;
import io.vireo.control.model.attachment.feature.AttachmentReader;
import io.vireo.control.model.attachment.tunnel.TunnelChecks;
import io.vireo.control.model.document.yaml.Fields;
import io.vireo.control.model.document.yaml.Origins;
import io.vireo.control.model.document.yaml.Problems;
import io.vireo.control.model.document.yaml.Scalars;
import io.vireo.control.model.document.yaml.YamlNode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads {@code encapsulation: {ipip: {underlay: VPN/ROUTER, local: A, remote: B, hopLimit: N}}}. */
public final class IpIpReader implements AttachmentReader {
    static final String ENCAPSULATION = "encapsulation";
    static final String IPIP = "ipip";

    @Override
    public String noun() {
        return "a tunnel";
    }

    @Override
    public List<String> ownFields() {
        return List.of(ENCAPSULATION);
    }

    /** Classes are those of a port; what a tunnel sends is classified where its outer packets leave. */
    @Override
    public List<String> inapplicableFields() {
        return List.of("scheduling");
    }

    @Override
    public boolean isMeant(Fields fields) {
        return fields.has(ENCAPSULATION);
    }

    @Override
    public @Nullable Attachment read(Fields fields, Problems problems, Origins origins) {
        return fields.requiredNode(ENCAPSULATION, node -> readEncapsulation(node, problems, origins));
    }

    private static @Nullable Attachment readEncapsulation(YamlNode node, Problems problems, Origins origins) {
        Fields fields = Fields.of(node, problems);
        if (fields == null) {
            return null;
        }
        Attachment tunnel = fields.requiredNode(IPIP, ipip -> readIpIp(ipip, problems, origins));
        return fields.finish() ? tunnel : null;
    }

    private static @Nullable Attachment readIpIp(YamlNode node, Problems problems, Origins origins) {
        Fields fields = Fields.of(node, problems);
        if (fields == null) {
            return null;
        }
        RouterPath underlay = fields.required(TunnelChecks.UNDERLAY, RouterPath::parse);
        IpAddress local = fields.required(TunnelChecks.LOCAL, IpAddress::parse);
        IpAddress remote = fields.required(TunnelChecks.REMOTE, IpAddress::parse);
        int hopLimit = fields.optional(
                TunnelChecks.HOP_LIMIT, Limits.DEFAULT_HOP_LIMIT, Scalars.integer(1, Limits.MAX_HOP_LIMIT));
        if (!fields.finish() || underlay == null || local == null || remote == null) {
            return null;
        }
        return origins.put(
                new Attachment.Tunnel(new Encapsulation.IpIp(), underlay, local, remote, hopLimit), fields.mapping());
    }
}
