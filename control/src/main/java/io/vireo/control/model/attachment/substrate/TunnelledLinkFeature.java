package io.vireo.control.model.attachment.substrate;

import io.vireo.control.model.attachment.tunnel.EncapsulationFeature;
import io.vireo.control.model.attachment.tunnel.TunnelKey;
import io.vireo.control.model.document.yaml.Tree;
import io.vireo.dataplane.wire.code.Encapsulation;
import io.vireo.dataplane.wire.code.GreOptions;
import io.vireo.dataplane.wire.value.TunnelSpec;

/** A virtual link over a substrate link that is an IP tunnel: GRE with the identifier for its key, and nothing else. */
public record TunnelledLinkFeature(io.vireo.control.model.Encapsulation.VirtualLink virtualLink)
        implements EncapsulationFeature {
    private static final int GRE_BYTES = 4;
    private static final int KEY_BYTES = 4;

    @Override
    public String name() {
        return VirtualLinkReader.SUBSTRATE;
    }

    @Override
    public int headerBytes() {
        return GRE_BYTES + KEY_BYTES;
    }

    /** Its substrate link does. */
    @Override
    public boolean saysItsEnds() {
        return false;
    }

    @Override
    public void write(Tree tree) {
        tree.put(VirtualLinkReader.LINK, virtualLink.link()).put(VirtualLinkReader.ID, virtualLink.id());
    }

    @Override
    public TunnelKey key() {
        return new TunnelKey(VirtualLinkReader.ID, (long) virtualLink.id());
    }

    @Override
    public Encapsulation code() {
        return Encapsulation.GRE;
    }

    @Override
    public void program(TunnelSpec tunnel) {
        tunnel.gre(GreOptions.KEY, virtualLink.id());
    }

    @Override
    public String describe() {
        return "virtual link " + virtualLink.id() + " on " + virtualLink.link();
    }
}
