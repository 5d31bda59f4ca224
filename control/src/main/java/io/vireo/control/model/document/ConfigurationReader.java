package io.vireo.control.model.document;

import io.vireo.control.model.AdminState;
import io.vireo.control.model.Bandwidth;
import io.vireo.control.model.Configuration;
import io.vireo.control.model.Device;
import io.vireo.control.model.Ecmp;
import io.vireo.control.model.Emulation;
import io.vireo.control.model.InterfaceAddress;
import io.vireo.control.model.InvalidConfigurationException;
import io.vireo.control.model.Limits;
import io.vireo.control.model.Link;
import io.vireo.control.model.LinkEnd;
import io.vireo.control.model.MacAddress;
import io.vireo.control.model.Port;
import io.vireo.control.model.Router;
import io.vireo.control.model.Substrate;
import io.vireo.control.model.Vpn;
import io.vireo.control.model.VpnBuffers;
import io.vireo.control.model.document.yaml.Fields;
import io.vireo.control.model.document.yaml.Origins;
import io.vireo.control.model.document.yaml.Problems;
import io.vireo.control.model.document.yaml.ReadingGuard;
import io.vireo.control.model.document.yaml.Scalars;
import io.vireo.control.model.document.yaml.YamlNode;
import io.vireo.control.model.document.yaml.YamlReader;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads a configuration document. The names of fields stand here and in the published JSON Schema, nowhere else.
 */
public final class ConfigurationReader {
    private final Problems problems = new Problems();
    private final Origins origins = new Origins();
    private final SchedulingReader schedulingReader = new SchedulingReader(problems, origins);

    private ConfigurationReader() {}

    /**
     * Reads and checks a document.
     *
     * @param text YAML or JSON.
     * @return the configuration, which holds in itself: what it refers to is there, and nothing contradicts.
     * @throws InvalidConfigurationException with everything that is wrong.
     */
    public static Configuration read(String text) throws InvalidConfigurationException {
        return read(text, ReadingGuard.NONE);
    }

    /**
     * Reads and checks a document for as long as somebody wants it.
     *
     * @param text  YAML or JSON.
     * @param guard may end the reading, by an exception that comes out here.
     * @throws InvalidConfigurationException with everything that is wrong.
     */
    public static Configuration read(String text, ReadingGuard guard) throws InvalidConfigurationException {
        return new ConfigurationReader().readDocument(text, guard);
    }

    /**
     * Reads and checks a document, or a part of one, that is in nodes already; problems have their paths and places.
     *
     * @param root of the configuration.
     * @throws InvalidConfigurationException with everything that is wrong.
     */
    public static Configuration read(YamlNode root) throws InvalidConfigurationException {
        return new ConfigurationReader().readTree(root, ReadingGuard.NONE);
    }

    private Configuration readDocument(String text, ReadingGuard guard) throws InvalidConfigurationException {
        return readTree(YamlReader.read(text, problems, guard), guard);
    }

    private Configuration readTree(YamlNode root, ReadingGuard guard) throws InvalidConfigurationException {
        Configuration configuration = readRoot(root);
        if (configuration != null) {
            check(configuration, guard);
        }
        if (configuration == null || !problems.isEmpty()) {
            throw new InvalidConfigurationException(problems.sorted());
        }
        return configuration;
    }

    private void check(Configuration configuration, ReadingGuard guard) {
        boolean complete = problems.isEmpty();
        guard.check();
        new UniquenessCheck(problems, origins).check(configuration);
        new AddressCheck(problems, origins).check(configuration);
        // What could not be read is missing from the records: a reference to it would be blamed without a reason.
        if (complete) {
            guard.check();
            new ReferenceCheck(problems, origins).check(configuration);
            new MembersCheck(problems, origins).check(configuration);
            new RouteCheck(problems, origins).check(configuration);
            new LabelCheck(problems, origins).check(configuration);
            new RoutingCheck(problems, origins).check(configuration);
            guard.check();
            new SchedulingCheck(problems, origins).check(configuration);
        }
    }

    private @Nullable Configuration readRoot(YamlNode root) {
        Fields fields = Fields.of(root, problems);
        if (fields == null) {
            return null;
        }
        fields.optional("apiVersion", Scalars::apiVersion);
        String node = fields.optional("node", Scalars::name);
        Ecmp ecmp = fields.optionalNode("ecmp", Ecmp.DEFAULT, this::readEcmp);
        List<Port> ports = fields.list("ports", this::readPort);
        Substrate substrate = fields.optionalNode(
                "substrate",
                Substrate.NONE,
                section -> new SubstrateReader(problems, origins, schedulingReader).read(section));
        RouterReader routerReader = new RouterReader(problems, origins, schedulingReader, substrate);
        List<Vpn> vpns = fields.list("vpns", vpn -> readVpn(vpn, routerReader));
        fields.finish();
        return origins.put(new Configuration(node, ecmp, ports, substrate, vpns), fields.mapping());
    }

    private @Nullable Ecmp readEcmp(YamlNode node) {
        Fields fields = Fields.of(node, problems);
        if (fields == null) {
            return null;
        }
        Long hashSeed = fields.optional("hashSeed", Scalars.wideInteger(0, Limits.MAX_HASH_SEED));
        return fields.finish() ? new Ecmp(hashSeed) : null;
    }

    private @Nullable Port readPort(YamlNode node) {
        Fields fields = Fields.of(node, problems);
        if (fields == null) {
            return null;
        }
        String name = fields.required("name", Scalars::name);
        Device device = readDevice(fields);
        int rxQueues = fields.optional("rxQueues", Limits.DEFAULT_RX_QUEUES, Scalars.integer(1, Limits.MAX_RX_QUEUES));
        int descriptors = fields.optional(
                "descriptors",
                Limits.DEFAULT_DESCRIPTORS,
                Scalars.integer(Limits.MIN_DESCRIPTORS, Limits.MAX_DESCRIPTORS));
        int mtu = fields.optional("mtu", Limits.DEFAULT_MTU, Scalars.integer(Limits.MIN_MTU, Limits.MAX_MTU));
        Bandwidth rate = fields.optional("rate", Scalars::rate);
        int overheadBytes = fields.optional(
                "overheadBytes", Limits.DEFAULT_OVERHEAD_BYTES, Scalars.integer(0, Limits.MAX_OVERHEAD_BYTES));
        if (!fields.finish() || name == null || device == null) {
            return null;
        }
        return origins.put(new Port(name, device, rxQueues, descriptors, mtu, rate, overheadBytes), fields.mapping());
    }

    /** {@code device: null} is YAML's way to say nothing, and means the null device here. */
    private static @Nullable Device readDevice(Fields fields) {
        if (fields.mapping().fields().get("device") instanceof YamlNode.Scalar scalar && scalar.isNull()) {
            return fields.optionalNode("device", new Device.Null(), ignored -> new Device.Null());
        }
        return fields.required("device", Device::parse);
    }

    private @Nullable Vpn readVpn(YamlNode node, RouterReader routerReader) {
        Fields fields = Fields.of(node, problems);
        if (fields == null) {
            return null;
        }
        String name = fields.required("name", Scalars::name);
        Long id = fields.required("id", Scalars.wideInteger(Limits.MIN_VPN_ID, Limits.MAX_VPN_ID));
        VpnBuffers buffers = fields.optionalNode("buffers", schedulingReader::readBuffers);
        List<Router> routers = fields.list("routers", routerReader::read);
        List<Link> links = fields.list("links", this::readLink);
        if (!fields.finish() || name == null || id == null) {
            return null;
        }
        return origins.put(new Vpn(name, id, buffers, routers, links), fields.mapping());
    }

    private @Nullable Link readLink(YamlNode node) {
        Fields fields = Fields.of(node, problems);
        if (fields == null) {
            return null;
        }
        String name = fields.required("name", Scalars::name);
        boolean hasBandwidth = fields.has("bandwidth");
        LinkEnd a = fields.requiredNode("a", end -> readLinkEnd(end, hasBandwidth));
        LinkEnd b = fields.requiredNode("b", end -> readLinkEnd(end, hasBandwidth));
        int mtu = fields.optional("mtu", Limits.DEFAULT_MTU, Scalars.integer(Limits.MIN_MTU, Limits.MAX_MTU));
        Bandwidth bandwidth = fields.optional("bandwidth", Scalars::rate);
        Emulation emulation =
                fields.optionalNode("emulation", wire -> new EmulationReader(problems).read(wire, hasBandwidth));
        if (!fields.finish() || name == null || a == null || b == null) {
            return null;
        }
        return origins.put(new Link(name, a, b, mtu, bandwidth, emulation), fields.mapping());
    }

    private @Nullable LinkEnd readLinkEnd(YamlNode node, boolean hasBandwidth) {
        Fields fields = Fields.of(node, problems);
        if (fields == null) {
            return null;
        }
        String router = fields.required("router", Scalars::name);
        String name = fields.required("interface", Scalars::interfaceName);
        MacAddress mac = fields.optional("mac", Scalars::unicastMac);
        List<InterfaceAddress> addresses = fields.scalars("addresses", InterfaceAddress::parse);
        AdminState adminState = fields.optional("adminState", AdminState.UP, Scalars::adminState);
        Emulation emulation =
                fields.optionalNode("emulation", wire -> new EmulationReader(problems).read(wire, hasBandwidth));
        if (!fields.finish() || router == null || name == null) {
            return null;
        }
        return origins.put(new LinkEnd(router, name, mac, addresses, adminState, emulation), fields.mapping());
    }
}
