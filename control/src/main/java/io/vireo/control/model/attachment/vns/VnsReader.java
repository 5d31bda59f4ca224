package io.vireo.control.model.attachment.vns;

import io.vireo.control.model.Encapsulation;
import io.vireo.control.model.Limits;
import io.vireo.control.model.VpnIdEncoding;
import io.vireo.control.model.attachment.tunnel.EncapsulationReader;
import io.vireo.control.model.document.yaml.Fields;
import io.vireo.control.model.document.yaml.Scalars;

/** Reads {@code vns: {…, vpnId: N, option: stream-id|experimental, flowId: BOOLEAN}}. */
public final class VnsReader implements EncapsulationReader {
    static final String VNS = "vns";
    static final String VPN_ID = "vpnId";
    static final String OPTION = "option";
    static final String FLOW_ID = "flowId";

    @Override
    public String name() {
        return VNS;
    }

    @Override
    public Encapsulation read(Fields fields) {
        return new Encapsulation.Vns(
                fields.optional(VPN_ID, Scalars.wideInteger(Limits.MIN_VPN_ID, Limits.MAX_VPN_ID)),
                fields.optional(OPTION, VpnIdEncoding.STREAM_ID, VpnIdEncoding::parse),
                fields.optional(FLOW_ID, false, Scalars::truth));
    }
}
