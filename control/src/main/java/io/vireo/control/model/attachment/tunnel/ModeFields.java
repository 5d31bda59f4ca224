package io.vireo.control.model.attachment.tunnel;

import static io.vireo.dataplane.wire.code.TunnelModes.CLAMP_MSS;
import static io.vireo.dataplane.wire.code.TunnelModes.DEFAULT;
import static io.vireo.dataplane.wire.code.TunnelModes.FRAGMENT_OUTER;
import static io.vireo.dataplane.wire.code.TunnelModes.PLAIN_ECN;
import static io.vireo.dataplane.wire.code.TunnelModes.UNIFORM_DSCP;
import static io.vireo.dataplane.wire.code.TunnelModes.UNIFORM_TTL;
import static io.vireo.dataplane.wire.code.TunnelModes.fixedDscp;

import io.vireo.control.model.HeaderModes;
import io.vireo.control.model.HeaderModes.Dscp;
import io.vireo.control.model.HeaderModes.Ecn;
import io.vireo.control.model.HeaderModes.Fragment;
import io.vireo.control.model.HeaderModes.Ttl;
import io.vireo.control.model.Limits;
import io.vireo.control.model.document.yaml.Fields;
import io.vireo.control.model.document.yaml.Scalars;
import io.vireo.control.model.document.yaml.Tree;
import io.vireo.dataplane.wire.value.TunnelSpec;
import java.util.stream.Collectors;

/** The fields {@code ttl}, {@code dscp}, {@code ecn}, {@code mssClamp} and {@code fragment}, which every kind of tunnel has. */
final class ModeFields {
    private static final String TTL = "ttl";
    private static final String DSCP = "dscp";
    private static final String ECN = "ecn";
    private static final String MSS_CLAMP = "mssClamp";
    private static final String FRAGMENT = "fragment";
    private static final String INNER = "inner";
    private static final String OUTER = "outer";
    private static final String PIPE = "pipe";
    private static final String UNIFORM = "uniform";
    private static final String INHERIT = "inherit";
    private static final String NORMAL = "normal";
    private static final String COMPATIBILITY = "compatibility";

    /** The field {@code dscp}: a mode, and the value that one of them has. */
    private record DscpField(Dscp mode, int value) {}

    private ModeFields() {}

    /** Takes the fields; what is wrong with them is reported. */
    static HeaderModes read(Fields fields) {
        Ttl ttl = fields.optional(TTL, Ttl.PIPE, ModeFields::ttl);
        DscpField dscp = fields.optional(DSCP, new DscpField(Dscp.INHERIT, 0), ModeFields::dscp);
        if (ttl == Ttl.UNIFORM && fields.has(TunnelReader.HOP_LIMIT)) {
            fields.problem(TunnelReader.HOP_LIMIT, "has no meaning beside a uniform ttl");
        }
        return new HeaderModes(
                ttl,
                dscp.mode(),
                dscp.value(),
                fields.optional(ECN, Ecn.NORMAL, ModeFields::ecn),
                fields.optional(MSS_CLAMP, false, Scalars::truth),
                fields.optional(FRAGMENT, Fragment.INNER, ModeFields::fragment));
    }

    private static Ttl ttl(String text) {
        return switch (text) {
            case PIPE -> Ttl.PIPE;
            case UNIFORM -> Ttl.UNIFORM;
            default -> throw new IllegalArgumentException("'" + text + "' is neither pipe nor uniform");
        };
    }

    private static DscpField dscp(String text) {
        return switch (text) {
            case INHERIT -> new DscpField(Dscp.INHERIT, 0);
            case UNIFORM -> new DscpField(Dscp.UNIFORM, 0);
            default -> {
                if (!text.matches("[0-9]{1,2}") || Integer.parseInt(text) > Limits.MAX_DSCP) {
                    throw new IllegalArgumentException(
                            "'" + text + "' is neither inherit, uniform nor between 0 and " + Limits.MAX_DSCP);
                }
                yield new DscpField(Dscp.PIPE, Integer.parseInt(text));
            }
        };
    }

    private static Ecn ecn(String text) {
        return switch (text) {
            case NORMAL -> Ecn.NORMAL;
            case COMPATIBILITY -> Ecn.COMPATIBILITY;
            default -> throw new IllegalArgumentException("'" + text + "' is neither normal nor compatibility");
        };
    }

    private static Fragment fragment(String text) {
        return switch (text) {
            case INNER -> Fragment.INNER;
            case OUTER -> Fragment.OUTER;
            default -> throw new IllegalArgumentException("'" + text + "' is neither inner nor outer");
        };
    }

    /** Writes what is not so by default. */
    static void write(HeaderModes modes, Tree tree) {
        Object dscp = switch (modes.dscp()) {
            case INHERIT -> INHERIT;
            case UNIFORM -> UNIFORM;
            case PIPE -> modes.dscpValue();
        };
        tree.putUnless(TTL, modes.ttl() == Ttl.UNIFORM ? UNIFORM : PIPE, PIPE)
                .putUnless(DSCP, dscp, INHERIT)
                .putUnless(ECN, modes.ecn() == Ecn.COMPATIBILITY ? COMPATIBILITY : NORMAL, NORMAL)
                .putUnless(MSS_CLAMP, modes.mssClamp(), false)
                .putUnless(FRAGMENT, modes.fragment() == Fragment.OUTER ? OUTER : INNER, INNER);
    }

    /** For people: what is not so by default, each after a blank. */
    static String describe(HeaderModes modes) {
        Tree tree = new Tree();
        write(modes, tree);
        return tree.fields().entrySet().stream()
                .map(field -> " " + field.getKey() + " " + field.getValue())
                .collect(Collectors.joining());
    }

    /** Says them to the data plane. */
    static void program(HeaderModes modes, TunnelSpec tunnel) {
        int dscp = switch (modes.dscp()) {
            case INHERIT -> DEFAULT;
            case UNIFORM -> UNIFORM_DSCP;
            case PIPE -> fixedDscp(modes.dscpValue());
        };
        tunnel.modes(dscp
                | (modes.ttl() == Ttl.UNIFORM ? UNIFORM_TTL : DEFAULT)
                | (modes.ecn() == Ecn.COMPATIBILITY ? PLAIN_ECN : DEFAULT)
                | (modes.mssClamp() ? CLAMP_MSS : DEFAULT)
                | (modes.fragment() == Fragment.OUTER ? FRAGMENT_OUTER : DEFAULT));
    }
}
