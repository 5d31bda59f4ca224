package io.vireo.control.model.document;

import io.vireo.control.model.AdminState;
import io.vireo.control.model.Attachment;
import io.vireo.control.model.Emulation;
import io.vireo.control.model.HeaderModes.Ttl;
import io.vireo.control.model.IncomingLabel;
import io.vireo.control.model.Interface;
import io.vireo.control.model.InterfaceAddress;
import io.vireo.control.model.IpAddress;
import io.vireo.control.model.IpPrefix;
import io.vireo.control.model.Limits;
import io.vireo.control.model.MacAddress;
import io.vireo.control.model.Members;
import io.vireo.control.model.OutgoingLabels;
import io.vireo.control.model.PuntLimit;
import io.vireo.control.model.Route;
import io.vireo.control.model.Router;
import io.vireo.control.model.Routing;
import io.vireo.control.model.Scheduling;
import io.vireo.control.model.StaticRouteKind;
import io.vireo.control.model.Substrate;
import io.vireo.control.model.attachment.Attachments;
import io.vireo.control.model.attachment.feature.AttachmentReader;
import io.vireo.control.model.document.yaml.Fields;
import io.vireo.control.model.document.yaml.Origins;
import io.vireo.control.model.document.yaml.Problems;
import io.vireo.control.model.document.yaml.Scalars;
import io.vireo.control.model.document.yaml.YamlNode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads a virtual router of the document: its interfaces and static routes. */
final class RouterReader {
    private static final String LABELS = "labels";
    private static final String LOOPBACK_DEVICE = "lo";

    private final Problems problems;
    private final Origins origins;
    private final SchedulingReader schedulingReader;
    private final Substrate substrate;

    RouterReader(Problems problems, Origins origins, SchedulingReader schedulingReader, Substrate substrate) {
        this.problems = problems;
        this.origins = origins;
        this.schedulingReader = schedulingReader;
        this.substrate = substrate;
    }

    @Nullable
    Router read(YamlNode node) {
        Fields fields = Fields.of(node, problems);
        if (fields == null) {
            return null;
        }
        String name = fields.required("name", Scalars::name);
        PuntLimit punt =
                fields.optionalNode("punt", PuntLimit.DEFAULT, limit -> new PuntLimitReader(problems).read(limit));
        List<Interface> interfaces = fields.list("interfaces", this::readInterface);
        List<Route> routes = fields.list("routes", this::readRoute);
        List<IncomingLabel> labels = fields.list(LABELS, new LabelReader(problems, origins)::read);
        Routing routing = fields.optionalNode("routing", new RoutingReader(problems, origins)::read);
        if (!fields.finish() || name == null) {
            return null;
        }
        return origins.put(new Router(name, punt, interfaces, routes, labels, routing), fields.mapping());
    }

    private @Nullable Interface readInterface(YamlNode node) {
        Fields fields = Fields.of(node, problems);
        if (fields == null) {
            return null;
        }
        String name = fields.required("name", Scalars::interfaceName);
        AttachmentReader reader = Attachments.readerOf(fields, substrate);
        Attachment attachment = reader.read(fields, problems, origins);
        boolean followsUnderlay = attachment != null && attachment.farEnd() != null && !fields.has("mtu");
        int defaultMtu = attachment == null
                ? Limits.DEFAULT_MTU
                : Attachments.featureOf(attachment).defaultMtu();
        int mtu = fields.optional("mtu", defaultMtu, Scalars.integer(Limits.MIN_MTU, Limits.MAX_MTU));
        MacAddress mac = fields.optional("mac", Scalars::unicastMac);
        List<InterfaceAddress> addresses = fields.scalars("addresses", InterfaceAddress::parse);
        AdminState adminState = fields.optional("adminState", AdminState.UP, Scalars::adminState);
        Scheduling scheduling = fields.optionalNode("scheduling", schedulingReader::read);
        Emulation emulation = fields.optionalNode("emulation", wire -> new EmulationReader(problems).read(wire));
        Members members = readMembers(fields, attachment);
        fields.refuse(reader.inapplicableFields(), reader.noun());
        if (LOOPBACK_DEVICE.equals(name) && (attachment == null || attachment.carriesPackets())) {
            fields.problem(
                    "name", "'lo' is the kernel's loopback; only an interface with 'loopback: true' may be called so");
        }
        if (!fields.finish() || name == null || attachment == null) {
            return null;
        }
        return origins.put(
                new Interface(
                        name,
                        attachment,
                        mtu,
                        followsUnderlay,
                        mac,
                        addresses,
                        adminState,
                        scheduling,
                        emulation,
                        members),
                fields.mapping());
    }

    private @Nullable Members readMembers(Fields fields, @Nullable Attachment attachment) {
        Members members = fields.optionalNode("members", list -> new MembersReader(problems, origins).read(list));
        if (fields.has("members") && !takesAll(attachment)) {
            fields.problem("members", "needs an access interface that takes all packets of its port and VLAN");
        }
        return members;
    }

    /** Of what could not be read nobody knows. */
    private static boolean takesAll(@Nullable Attachment attachment) {
        return attachment == null || (attachment instanceof Attachment.Access access && access.takesAll());
    }

    private @Nullable Route readRoute(YamlNode node) {
        Fields fields = Fields.of(node, problems);
        if (fields == null) {
            return null;
        }
        IpPrefix prefix = fields.required("prefix", IpPrefix::parse);
        List<IpAddress> via = fields.oneOrMore("via", IpAddress::parse);
        String interfaceName = fields.optional("interface", Scalars::interfaceName);
        boolean onLink = fields.optional("onLink", false, Scalars::truth);
        StaticRouteKind kind = readKind(fields);
        OutgoingLabels labels = readLabels(fields, !via.isEmpty());
        if (onLink && (via.isEmpty() || interfaceName == null)) {
            fields.problem("onLink", "says that gateways are on the link of an interface: it needs via and interface");
        }
        if (via.size() > Limits.MAX_NEXT_HOPS) {
            fields.problem("via", "has " + via.size() + " gateways; a route has at most " + Limits.MAX_NEXT_HOPS);
        }
        if (!fields.finish() || prefix == null) {
            return null;
        }
        return origins.put(new Route(prefix, kind, via, interfaceName, onLink, labels), fields.mapping());
    }

    private static @Nullable OutgoingLabels readLabels(Fields fields, boolean leadsOn) {
        List<Integer> labels = fields.oneOrMore(LABELS, LabelReader::outgoing);
        Ttl ttl = fields.optional(LabelReader.TTL, Ttl.UNIFORM, LabelReader::ttl);
        LabelReader.checkDepth(fields, LABELS, labels, Limits.MAX_OUT_LABELS);
        if (fields.has(LABELS) && !leadsOn) {
            fields.problem(LABELS, "are sent to a next hop: they need via");
        }
        if (fields.has(LabelReader.TTL) && !fields.has(LABELS)) {
            fields.problem(LabelReader.TTL, "is of labels, and there are none");
        }
        return labels.isEmpty()
                ? null
                : new OutgoingLabels(labels, ttl == Ttl.PIPE ? OutgoingLabels.PIPE : OutgoingLabels.UNIFORM);
    }

    private static StaticRouteKind readKind(Fields fields) {
        StaticRouteKind kind = StaticRouteKind.UNICAST;
        for (StaticRouteKind special :
                List.of(StaticRouteKind.BLACKHOLE, StaticRouteKind.UNREACHABLE, StaticRouteKind.PROHIBIT)) {
            String field = ConfigurationWriter.fieldOf(special);
            if (fields.optional(field, false, Scalars::truth)) {
                if (kind != StaticRouteKind.UNICAST) {
                    fields.problem(field, "contradicts " + ConfigurationWriter.fieldOf(kind));
                }
                kind = special;
            }
        }
        boolean leadsOn = fields.has("via") || fields.has("interface");
        if (kind != StaticRouteKind.UNICAST && leadsOn) {
            fields.problem(ConfigurationWriter.fieldOf(kind), "contradicts via and interface");
        }
        if (kind == StaticRouteKind.UNICAST && !leadsOn) {
            fields.problem("via", "is missing; a route has via, interface, blackhole, unreachable or prohibit");
        }
        return kind;
    }
}
