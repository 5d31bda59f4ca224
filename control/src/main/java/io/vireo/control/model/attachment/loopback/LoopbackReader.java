package io.vireo.control.model.attachment.loopback;

import io.vireo.control.model.Attachment;
import io.vireo.control.model.attachment.feature.AttachmentReader;
import io.vireo.control.model.document.yaml.Fields;
import io.vireo.control.model.document.yaml.Origins;
import io.vireo.control.model.document.yaml.Problems;
import io.vireo.control.model.document.yaml.Scalars;
import java.util.List;

/** Reads {@code loopback: true}. */
public final class LoopbackReader implements AttachmentReader {
    static final String LOOPBACK = "loopback";

    @Override
    public String noun() {
        return "a loopback interface";
    }

    @Override
    public List<String> ownFields() {
        return List.of(LOOPBACK);
    }

    @Override
    public List<String> inapplicableFields() {
        return List.of("mtu", "mac", "adminState", "scheduling", "emulation");
    }

    @Override
    public boolean isMeant(Fields fields) {
        return fields.optional(LOOPBACK, false, Scalars::truth);
    }

    @Override
    public Attachment read(Fields fields, Problems problems, Origins origins) {
        return new Attachment.Loopback();
    }
}
