package io.vireo.control.model.attachment.gre;

import io.vireo.control.model.Encapsulation;
import io.vireo.control.model.Limits;
import io.vireo.control.model.attachment.tunnel.EncapsulationReader;
import io.vireo.control.model.document.yaml.Fields;
import io.vireo.control.model.document.yaml.Scalars;

/** Reads {@code gre: {…, key: N, checksum: BOOLEAN, sequence: BOOLEAN, ethernet: BOOLEAN}}. */
public final class GreReader implements EncapsulationReader {
    static final String GRE = "gre";
    static final String KEY = "key";
    static final String CHECKSUM = "checksum";
    static final String SEQUENCE = "sequence";
    static final String ETHERNET = "ethernet";

    @Override
    public String name() {
        return GRE;
    }

    @Override
    public Encapsulation read(Fields fields) {
        return new Encapsulation.Gre(
                fields.optional(KEY, Scalars.wideInteger(0, Limits.MAX_TUNNEL_KEY)),
                fields.optional(CHECKSUM, false, Scalars::truth),
                fields.optional(SEQUENCE, false, Scalars::truth),
                fields.optional(ETHERNET, false, Scalars::truth));
    }
}
