package io.vireo.control.model.attachment.vxlan;

import io.vireo.control.model.Encapsulation;
import io.vireo.control.model.Limits;
import io.vireo.control.model.attachment.tunnel.EncapsulationReader;
import io.vireo.control.model.document.yaml.Fields;
import io.vireo.control.model.document.yaml.Scalars;

/** Reads {@code vxlan: {…, vni: N, port: N}}. */
public final class VxlanReader implements EncapsulationReader {
    static final String VXLAN = "vxlan";
    static final String VNI = "vni";
    static final String PORT = "port";

    @Override
    public String name() {
        return VXLAN;
    }

    @Override
    public Encapsulation read(Fields fields) {
        Integer vni = fields.required(VNI, Scalars.integer(0, Limits.MAX_VNI));
        int port = fields.optional(PORT, Limits.VXLAN_PORT, Scalars.integer(1, Limits.MAX_UDP_PORT));
        return new Encapsulation.Vxlan(vni == null ? 0 : vni, port); // a missing one has been reported
    }
}
