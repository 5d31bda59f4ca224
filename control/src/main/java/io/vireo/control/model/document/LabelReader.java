package io.vireo.control.model.document;

import io.vireo.control.model.HeaderModes.Ttl;
import io.vireo.control.model.IncomingLabel;
import io.vireo.control.model.IncomingLabel.Operation;
import io.vireo.control.model.IpAddress;
import io.vireo.control.model.Limits;
import io.vireo.control.model.RouterPath;
import io.vireo.control.model.document.yaml.Fields;
import io.vireo.control.model.document.yaml.Origins;
import io.vireo.control.model.document.yaml.Problems;
import io.vireo.control.model.document.yaml.Scalars;
import io.vireo.control.model.document.yaml.YamlNode;
import io.vireo.dataplane.wire.value.LabelSpec;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads what a router does with a label: {@code {label: N, swap|push: N or [N, …], via: A}} or {@code {label: N, pop: true, …}}. */
final class LabelReader {
    static final String LABEL = "label";
    static final String SWAP = "swap";
    static final String PUSH = "push";
    static final String POP = "pop";
    static final String VIA = "via";
    static final String INTERFACE = "interface";
    static final String ROUTER = "router";
    static final String TTL = "ttl";
    static final String PIPE = "pipe";
    static final String UNIFORM = "uniform";

    private static final int IMPLICIT_NULL = 3;

    private final Problems problems;
    private final Origins origins;

    LabelReader(Problems problems, Origins origins) {
        this.problems = problems;
        this.origins = origins;
    }

    @Nullable
    IncomingLabel read(YamlNode node) {
        Fields fields = Fields.of(node, problems);
        if (fields == null) {
            return null;
        }
        Integer label = fields.required(LABEL, LabelReader::incoming);
        List<Integer> swapped = fields.oneOrMore(SWAP, LabelReader::outgoing);
        List<Integer> pushed = fields.oneOrMore(PUSH, LabelReader::outgoing);
        boolean pops = fields.optional(POP, false, Scalars::truth);
        List<IpAddress> via = fields.oneOrMore(VIA, IpAddress::parse);
        String interfaceName = fields.optional(INTERFACE, Scalars::interfaceName);
        RouterPath router = fields.optional(ROUTER, RouterPath::parse);
        Ttl ttl = fields.optional(TTL, Ttl.UNIFORM, LabelReader::ttl);
        Operation operation = operation(fields, pops);
        checkDepth(fields, SWAP, swapped, Limits.MAX_OUT_LABELS);
        checkDepth(fields, PUSH, pushed, Limits.MAX_OUT_LABELS - 1); // on the one that came
        checkTarget(fields, operation, !via.isEmpty(), router);
        if (via.size() > Limits.MAX_NEXT_HOPS) {
            fields.problem(VIA, "has " + via.size() + " next hops; a label has at most " + Limits.MAX_NEXT_HOPS);
        }
        if (!fields.finish() || label == null || operation == null) {
            return null;
        }
        List<Integer> labels = operation == Operation.SWAP ? swapped : pushed;
        return origins.put(
                new IncomingLabel(label, operation, labels, via, interfaceName, router, ttl), fields.mapping());
    }

    /** One of the three, and no more. */
    private static @Nullable Operation operation(Fields fields, boolean pops) {
        boolean swaps = fields.has(SWAP);
        boolean pushes = fields.has(PUSH);
        if ((swaps && pushes) || (pops && (swaps || pushes))) {
            fields.problem(pops ? POP : PUSH, "contradicts " + (swaps ? SWAP : PUSH));
            return null;
        }
        if (!swaps && !pushes && !pops) {
            fields.problem(SWAP, "is missing; a label has one of swap, push and pop: true");
            return null;
        }
        return swaps ? Operation.SWAP : pushes ? Operation.PUSH : Operation.POP;
    }

    static void checkDepth(Fields fields, String field, List<Integer> labels, int max) {
        if (labels.size() > max) {
            fields.problem(field, "has " + labels.size() + " labels; there is room for " + max);
        }
        if (fields.has(field) && labels.isEmpty()) {
            fields.problem(field, "needs a label at least");
        }
    }

    private static void checkTarget(
            Fields fields, @Nullable Operation operation, boolean leadsOn, @Nullable RouterPath router) {
        if (fields.has(VIA) && !leadsOn) {
            fields.problem(VIA, "needs a next hop at least");
            return;
        }
        if (operation != null && operation != Operation.POP && !leadsOn) {
            fields.problem(VIA, "is missing; labels are sent to a next hop");
        }
        if (router != null && (leadsOn || operation != Operation.POP)) {
            fields.problem(ROUTER, "is for a label that is popped without via: that router goes on with the packet");
        }
        if (fields.has(INTERFACE) && !leadsOn) {
            fields.problem(INTERFACE, "says by which interface a next hop is reached; it needs via");
        }
    }

    private static int incoming(String text) {
        int label = number(text);
        if (label == IMPLICIT_NULL) {
            throw new IllegalArgumentException(
                    "'3' is the implicit null, which never comes on the wire (RFC 3032 §2.1)");
        }
        if (label < Limits.MIN_LABEL) {
            throw new IllegalArgumentException(
                    "'" + text + "' is a reserved label: its meaning is not a router's to choose (RFC 3032 §2.1)");
        }
        return label;
    }

    static int outgoing(String text) {
        int label = number(text);
        if (label == IMPLICIT_NULL) {
            throw new IllegalArgumentException(
                    "'3' is the implicit null, which is never sent (RFC 3032 §2.1): that is pop: true");
        }
        if (label < Limits.MIN_LABEL && !LabelSpec.isExplicitNull(label)) {
            throw new IllegalArgumentException(
                    "'" + text + "' is a reserved label; of those the explicit nulls 0 and 2 may be sent");
        }
        return label;
    }

    private static int number(String text) {
        return Scalars.integer(0, Limits.MAX_LABEL).apply(text);
    }

    static Ttl ttl(String text) {
        return switch (text) {
            case PIPE -> Ttl.PIPE;
            case UNIFORM -> Ttl.UNIFORM;
            default -> throw new IllegalArgumentException("'" + text + "' is neither pipe nor uniform");
        };
    }
}
