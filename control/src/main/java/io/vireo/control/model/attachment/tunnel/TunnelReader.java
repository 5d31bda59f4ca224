package io.vireo.control.model.attachment.tunnel;

import io.vireo.control.model.Attachment;
import io.vireo.control.model.Encapsulation;
import io.vireo.control.model.HeaderModes;
import io.vireo.control.model.IpAddress;
import io.vireo.control.model.Keepalive;
import io.vireo.control.model.Limits;
import io.vireo.control.model.RouterPath;
import io.vireo.control.model.attachment.feature.AttachmentReader;
import io.vireo.control.model.document.yaml.Fields;
import io.vireo.control.model.document.yaml.Origins;
import io.vireo.control.model.document.yaml.Problems;
import io.vireo.control.model.document.yaml.Scalars;
import io.vireo.control.model.document.yaml.YamlNode;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads {@code encapsulation: {KIND: {underlay: VPN/ROUTER, local: A, remote: B, hopLimit: N, …}}}; a kind may have more fields. */
public final class TunnelReader implements AttachmentReader {
    static final String ENCAPSULATION = "encapsulation";
    static final String UNDERLAY = "underlay";
    static final String LOCAL = "local";
    static final String REMOTE = "remote";
    static final String HOP_LIMIT = "hopLimit";

    private final List<EncapsulationReader> kinds;

    /** @param kinds all that there are. */
    public TunnelReader(List<EncapsulationReader> kinds) {
        this.kinds = kinds;
    }

    @Override
    public String noun() {
        return "a tunnel";
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
        return fields.has(ENCAPSULATION);
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
        EncapsulationReader kind = kindOf(fields);
        Attachment tunnel = kind == null
                ? null
                : fields.requiredNode(kind.name(), body -> readTunnel(kind, body, problems, origins));
        return fields.finish() ? tunnel : null;
    }

    /** The kind that is there; none, or a second one, is reported. */
    private @Nullable EncapsulationReader kindOf(Fields fields) {
        List<EncapsulationReader> present =
                kinds.stream().filter(kind -> fields.has(kind.name())).toList();
        if (present.isEmpty()) {
            String names = kinds.stream().map(EncapsulationReader::name).collect(Collectors.joining(", "));
            fields.problem(
                    kinds.getFirst().name(),
                    "is missing; a tunnel is one of " + names + ", a virtual link is substrate");
            return null;
        }
        EncapsulationReader first = present.getFirst();
        if (present.size() > 1) {
            fields.problem(present.get(1).name(), "stands beside " + first.name() + "; a tunnel has one encapsulation");
        }
        return first;
    }

    private static @Nullable Attachment readTunnel(
            EncapsulationReader kind, YamlNode node, Problems problems, Origins origins) {
        Fields fields = Fields.of(node, problems);
        if (fields == null) {
            return null;
        }
        RouterPath underlay = fields.required(UNDERLAY, RouterPath::parse);
        IpAddress local = fields.required(LOCAL, IpAddress::parse);
        IpAddress remote = fields.required(REMOTE, IpAddress::parse);
        int hopLimit = fields.optional(HOP_LIMIT, Limits.DEFAULT_HOP_LIMIT, Scalars.integer(1, Limits.MAX_HOP_LIMIT));
        HeaderModes modes = ModeFields.read(fields);
        Keepalive keepalive = KeepaliveFields.read(fields);
        Encapsulation encapsulation = kind.read(fields);
        if (!fields.finish() || encapsulation == null || underlay == null || local == null || remote == null) {
            return null;
        }
        return origins.put(
                new Attachment.Tunnel(encapsulation, underlay, local, remote, hopLimit, modes, keepalive),
                fields.mapping());
    }
}
