package io.vireo.control.model.attachment.ipip;

import io.vireo.control.model.attachment.tunnel.EncapsulationFeature;
import io.vireo.dataplane.wire.code.Encapsulation;
import io.vireo.dataplane.wire.value.TunnelSpec;

/** A tunnel whose packets are IP packets in IP packets: nothing stands between, and nothing distinguishes two of them. */
public record IpIpFeature() implements EncapsulationFeature {
    @Override
    public String name() {
        return IpIpReader.IPIP;
    }

    @Override
    public int headerBytes() {
        return 0;
    }

    @Override
    public Encapsulation code() {
        return Encapsulation.IPIP;
    }

    @Override
    public void program(TunnelSpec tunnel) {
        // It has no fields of its own.
    }

    @Override
    public String describe() {
        return IpIpReader.IPIP;
    }
}
