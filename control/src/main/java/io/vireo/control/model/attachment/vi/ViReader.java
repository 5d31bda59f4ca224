package io.vireo.control.model.attachment.vi;

import io.vireo.control.model.Encapsulation;
import io.vireo.control.model.attachment.tunnel.EncapsulationReader;
import io.vireo.control.model.document.yaml.Fields;

/** Reads {@code vi: {…}}, which has no fields of its own. */
public final class ViReader implements EncapsulationReader {
    static final String VI = "vi";

    @Override
    public String name() {
        return VI;
    }

    @Override
    public Encapsulation read(Fields fields) {
        return new Encapsulation.Vi();
    }
}
