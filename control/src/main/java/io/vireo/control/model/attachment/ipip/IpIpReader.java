package io.vireo.control.model.attachment.ipip;

import io.vireo.control.model.Encapsulation;
import io.vireo.control.model.attachment.tunnel.EncapsulationReader;
import io.vireo.control.model.document.yaml.Fields;

/** Reads {@code ipip: {…}}, which has no fields of its own. */
public final class IpIpReader implements EncapsulationReader {
    static final String IPIP = "ipip";

    @Override
    public String name() {
        return IPIP;
    }

    @Override
    public Encapsulation read(Fields fields) {
        return new Encapsulation.IpIp();
    }
}
