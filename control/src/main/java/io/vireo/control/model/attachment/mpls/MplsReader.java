package io.vireo.control.model.attachment.mpls;

import io.vireo.control.model.Encapsulation;
import io.vireo.control.model.Encapsulation.Mpls;
import io.vireo.control.model.Encapsulation.Mpls.Carrier;
import io.vireo.control.model.Limits;
import io.vireo.control.model.attachment.tunnel.EncapsulationReader;
import io.vireo.control.model.document.yaml.Fields;
import io.vireo.control.model.document.yaml.Scalars;
import org.jspecify.annotations.Nullable;

/** Reads {@code mpls: {…, over: gre|udp|ethernet, label: {out: N, in: N}}}. */
public final class MplsReader implements EncapsulationReader {
    static final String MPLS = "mpls";
    static final String OVER = "over";
    static final String LABEL = "label";
    static final String OUT = "out";
    static final String IN = "in";

    private record Labels(int out, int in) {}

    @Override
    public String name() {
        return MPLS;
    }

    @Override
    public @Nullable Encapsulation read(Fields fields) {
        Carrier over = fields.optional(OVER, Carrier.GRE, Carrier::parse);
        Labels labels = fields.requiredNode(LABEL, node -> labels(fields.within(node)));
        return labels == null ? null : new Mpls(over, labels.out(), labels.in());
    }

    private static @Nullable Labels labels(@Nullable Fields fields) {
        if (fields == null) {
            return null;
        }
        Integer out = fields.required(OUT, Scalars.integer(Limits.MIN_LABEL, Limits.MAX_LABEL));
        Integer in = fields.required(IN, Scalars.integer(Limits.MIN_LABEL, Limits.MAX_LABEL));
        return fields.finish() && out != null && in != null ? new Labels(out, in) : null;
    }
}
