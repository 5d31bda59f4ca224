package io.vireo.control.model.attachment.gre;

import io.vireo.control.model.Encapsulation.Gre;
import io.vireo.control.model.attachment.tunnel.EncapsulationFeature;
import io.vireo.control.model.attachment.tunnel.TunnelKey;
import io.vireo.control.model.document.yaml.Tree;
import io.vireo.dataplane.wire.code.Encapsulation;
import io.vireo.dataplane.wire.code.GreOptions;
import io.vireo.dataplane.wire.value.TunnelSpec;
import org.jspecify.annotations.Nullable;

/** A tunnel whose packets have a GRE header. */
public record GreFeature(Gre gre) implements EncapsulationFeature {
    /** Of the header, and of each of its optional fields (RFC 2784 §2, RFC 2890 §2). */
    private static final int WORD_BYTES = 4;

    private static final int ETHERNET_HEADER_BYTES = 14;

    @Override
    public String name() {
        return GreReader.GRE;
    }

    @Override
    public int headerBytes() {
        int ethernetBytes = gre.ethernet() ? ETHERNET_HEADER_BYTES : 0;
        return WORD_BYTES * (1 + Integer.bitCount(options() & ~GreOptions.ETHERNET)) + ethernetBytes;
    }

    private int options() {
        return (gre.ethernet() ? GreOptions.ETHERNET : GreOptions.NONE)
                | (gre.key() != null ? GreOptions.KEY : GreOptions.NONE)
                | (gre.checksum() ? GreOptions.CHECKSUM : GreOptions.NONE)
                | (gre.sequence() ? GreOptions.SEQUENCE : GreOptions.NONE);
    }

    @Override
    public void write(Tree tree) {
        tree.put(GreReader.KEY, gre.key())
                .putUnless(GreReader.CHECKSUM, gre.checksum(), false)
                .putUnless(GreReader.SEQUENCE, gre.sequence(), false)
                .putUnless(GreReader.ETHERNET, gre.ethernet(), false);
    }

    @Override
    public @Nullable TunnelKey key() {
        Long key = gre.key();
        return key == null ? null : new TunnelKey(GreReader.KEY, key);
    }

    @Override
    public Encapsulation code() {
        return Encapsulation.GRE;
    }

    @Override
    public void program(TunnelSpec tunnel) {
        Long key = gre.key();
        tunnel.gre(options(), key == null ? 0 : key.intValue());
    }

    @Override
    public String describe() {
        return GreReader.GRE
                + (gre.key() == null ? "" : " key " + gre.key())
                + (gre.checksum() ? " checksum" : "")
                + (gre.sequence() ? " sequence" : "")
                + (gre.ethernet() ? " ethernet" : "");
    }
}
