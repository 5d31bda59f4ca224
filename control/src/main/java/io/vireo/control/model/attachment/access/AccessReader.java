package io.vireo.control.model.attachment.access;

import io.vireo.control.model.Attachment;
import io.vireo.control.model.Limits;
import io.vireo.control.model.VpnIdEncoding;
import io.vireo.control.model.attachment.feature.AttachmentReader;
import io.vireo.control.model.document.yaml.Fields;
import io.vireo.control.model.document.yaml.Origins;
import io.vireo.control.model.document.yaml.Problems;
import io.vireo.control.model.document.yaml.Scalars;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads {@code port: P}, {@code vlan: N}, {@code vpnId: true|stream-id|experimental}, {@code shared: BOOLEAN} and {@code mpls: BOOLEAN}.
 */
public final class AccessReader implements AttachmentReader {
    static final String PORT = "port";
    static final String VLAN = "vlan";
    static final String VPN_ID = "vpnId";
    static final String SHARED = "shared";
    static final String MPLS = "mpls";

    /** The stream identifier. */
    static final String BY_DEFAULT = "true";

    @Override
    public String noun() {
        return "an access interface";
    }

    @Override
    public List<String> ownFields() {
        return List.of(PORT, VLAN, VPN_ID, SHARED, MPLS);
    }

    @Override
    public List<String> inapplicableFields() {
        return List.of();
    }

    /** What is not of another kind should be of this one. */
    @Override
    public boolean isMeant(Fields fields) {
        return true;
    }

    @Override
    public @Nullable Attachment read(Fields fields, Problems problems, Origins origins) {
        String port = fields.optional(PORT, Scalars::name);
        int vlan = fields.optional(VLAN, 0, Scalars.integer(Limits.MIN_VLAN, Limits.MAX_VLAN));
        VpnIdEncoding vpnId = fields.optional(VPN_ID, AccessReader::vpnId);
        boolean isShared = fields.optional(SHARED, false, Scalars::truth);
        if (isShared && vpnId != null) {
            fields.problem(SHARED, "contradicts vpnId: packets are found by one or the other");
        }
        boolean mpls = fields.optional(MPLS, false, Scalars::truth);
        if (isShared && mpls) {
            fields.problem(MPLS, "stands beside shared, whose members say nothing of labels");
        }
        if (port == null) {
            if (!fields.has(PORT)) {
                fields.problem(PORT, "is missing; an interface has a port, an encapsulation, or 'loopback: true'");
            }
            return null;
        }
        return new Attachment.Access(port, vlan, vpnId, isShared, mpls);
    }

    private static VpnIdEncoding vpnId(String text) {
        return text.equals(BY_DEFAULT) ? VpnIdEncoding.STREAM_ID : VpnIdEncoding.parse(text);
    }
}
