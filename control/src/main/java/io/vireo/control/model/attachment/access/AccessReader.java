package io.vireo.control.model.attachment.access;

import io.vireo.control.model.Attachment;
import io.vireo.control.model.Limits;
import io.vireo.control.model.attachment.feature.AttachmentReader;
import io.vireo.control.model.document.yaml.Fields;
import io.vireo.control.model.document.yaml.Origins;
import io.vireo.control.model.document.yaml.Problems;
import io.vireo.control.model.document.yaml.Scalars;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads {@code port: P} and {@code vlan: N}. */
public final class AccessReader implements AttachmentReader {
    static final String PORT = "port";
    static final String VLAN = "vlan";

    @Override
    public String noun() {
        return "an access interface";
    }

    @Override
    public List<String> ownFields() {
        return List.of(PORT, VLAN);
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
        if (port == null) {
            if (!fields.has(PORT)) {
                fields.problem(PORT, "is missing; an interface has a port, an encapsulation, or 'loopback: true'");
            }
            return null;
        }
        return new Attachment.Access(port, vlan);
    }
}
