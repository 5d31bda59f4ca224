package io.vireo.control.model.document;

import io.vireo.control.model.Crossing;
import io.vireo.control.model.IpAddress;
import io.vireo.control.model.Limits;
import io.vireo.control.model.MacAddress;
import io.vireo.control.model.RouterPath;
import io.vireo.control.model.Substrate;
import io.vireo.control.model.SubstrateLink;
import io.vireo.control.model.SubstrateTunnel;
import io.vireo.control.model.document.yaml.Fields;
import io.vireo.control.model.document.yaml.Origins;
import io.vireo.control.model.document.yaml.Problems;
import io.vireo.control.model.document.yaml.Scalars;
import io.vireo.control.model.document.yaml.YamlNode;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads what the document says of the substrate. */
final class SubstrateReader {
    static final String ETHER_TYPE = "etherType";
    static final String LINKS = "links";
    static final String CROSSINGS = "crossings";
    static final String PORT = "port";
    static final String VLAN = "vlan";
    static final String MAC = "mac";
    static final String PEER_MAC = "peerMac";
    static final String MULTI_ACCESS = "multiAccess";
    static final String PRIORITY = "priority";
    static final String UNDERLAY = "underlay";
    static final String LOCAL = "local";
    static final String REMOTE = "remote";

    /** IP, ARP, tags, labels, and what the stations of a link speak with each other. */
    private static final Set<Integer> TAKEN = Set.of(
            0x0800, 0x0806, 0x86dd, 0x8100, 0x88a8, 0x9100, 0x8847, 0x8848, 0x8809, 0x888e, 0x88cc, 0x88f7, 0x8902,
            0x8863, 0x8864);

    private static final int HEXADECIMAL = 16;

    private final Problems problems;
    private final Origins origins;
    private final SchedulingReader schedulingReader;

    SubstrateReader(Problems problems, Origins origins, SchedulingReader schedulingReader) {
        this.problems = problems;
        this.origins = origins;
        this.schedulingReader = schedulingReader;
    }

    @Nullable
    Substrate read(YamlNode node) {
        Fields fields = Fields.of(node, problems);
        if (fields == null) {
            return null;
        }
        int etherType = fields.optional(ETHER_TYPE, Substrate.DEFAULT_ETHER_TYPE, SubstrateReader::etherType);
        List<Object> all = fields.list(LINKS, this::readAny);
        List<SubstrateLink> links = ofType(all, SubstrateLink.class);
        List<SubstrateTunnel> tunnels = ofType(all, SubstrateTunnel.class);
        Substrate underneath = new Substrate(etherType, links, tunnels, List.of());
        CrossingReader crossingReader = new CrossingReader(problems, origins, schedulingReader, underneath);
        List<Crossing> crossings = fields.list(CROSSINGS, crossingReader::read);
        return fields.finish()
                ? origins.put(new Substrate(etherType, links, tunnels, crossings), fields.mapping())
                : null;
    }

    private static int etherType(String text) {
        if (!text.matches("0x[0-9a-fA-F]{4}")) {
            throw new IllegalArgumentException("'" + text + "' is not an ethertype such as 0x88b5");
        }
        int etherType = Integer.parseInt(text.substring(2), HEXADECIMAL);
        if (etherType < Limits.MIN_ETHER_TYPE || TAKEN.contains(etherType)) {
            throw new IllegalArgumentException("'" + text + "' has another meaning on Ethernet");
        }
        return etherType;
    }

    static String text(int etherType) {
        return "0x%04x".formatted(etherType);
    }

    private static <T> List<T> ofType(List<Object> all, Class<T> type) {
        return all.stream().filter(type::isInstance).map(type::cast).toList();
    }

    private @Nullable Object readAny(YamlNode node) {
        Fields fields = Fields.of(node, problems);
        if (fields == null) {
            return null;
        }
        return fields.has(UNDERLAY) ? readTunnel(fields) : readLink(fields);
    }

    private @Nullable SubstrateTunnel readTunnel(Fields fields) {
        String name = fields.required("name", Scalars::name);
        RouterPath underlay = fields.required(UNDERLAY, RouterPath::parse);
        IpAddress local = fields.required(LOCAL, IpAddress::parse);
        IpAddress remote = fields.required(REMOTE, IpAddress::parse);
        fields.refuse(
                List.of(PORT, VLAN, MAC, PEER_MAC, MULTI_ACCESS, PRIORITY), "a substrate link that is an IP tunnel");
        if (!fields.finish() || name == null || underlay == null || local == null || remote == null) {
            return null;
        }
        return origins.put(new SubstrateTunnel(name, underlay, local, remote), fields.mapping());
    }

    private @Nullable SubstrateLink readLink(Fields fields) {
        fields.refuse(List.of(LOCAL, REMOTE), "a substrate link over a port");
        String name = fields.required("name", Scalars::name);
        String port = fields.required(PORT, Scalars::name);
        MacAddress mac = fields.required(MAC, Scalars::unicastMac);
        boolean isMultiAccess = fields.optional(MULTI_ACCESS, false, Scalars::truth);
        int vlan = fields.optional(VLAN, 0, Scalars.integer(Limits.MIN_VLAN, Limits.MAX_VLAN));
        int priority = fields.optional(PRIORITY, 0, Scalars.integer(0, Limits.MAX_VLAN_PRIORITY));
        MacAddress peerMac = fields.optional(PEER_MAC, Scalars::unicastMac);
        if (isMultiAccess) {
            fields.refuse(List.of(VLAN, PRIORITY, PEER_MAC), "a link with multiple access");
        } else if (!fields.has(PEER_MAC)) {
            fields.problem(PEER_MAC, "is missing; a substrate link has one far end, or 'multiAccess: true'");
        }
        if (mac != null && mac.equals(peerMac)) {
            fields.problem(PEER_MAC, "is this node's own address on the link");
        }
        if (!fields.finish() || name == null || port == null || mac == null) {
            return null;
        }
        return origins.put(new SubstrateLink(name, port, vlan, mac, peerMac, priority), fields.mapping());
    }
}
