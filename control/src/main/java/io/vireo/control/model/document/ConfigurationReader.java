package io.vireo.control.model.document;

import io.vireo.control.model.AdminState;
import io.vireo.control.model.Bandwidth;
import io.vireo.control.model.Configuration;
import io.vireo.control.model.Device;
import io.vireo.control.model.InterfaceAddress;
import io.vireo.control.model.InvalidConfigurationException;
import io.vireo.control.model.Limits;
import io.vireo.control.model.Link;
import io.vireo.control.model.LinkEnd;
import io.vireo.control.model.MacAddress;
import io.vireo.control.model.Port;
import io.vireo.control.model.PuntLimit;
import io.vireo.control.model.Router;
import io.vireo.control.model.Vpn;
import io.vireo.control.model.VpnBuffers;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads a configuration document. The names of fields stand here and in the published JSON Schema, nowhere else.
 */
public final class ConfigurationReader {
    private final Problems problems = new Problems();
    private final Origins origins = new Origins();
    private final SchedulingReader schedulingReader = new SchedulingReader(problems, origins);
    private final RouterReader routerReader = new RouterReader(problems, origins, schedulingReader);

    private ConfigurationReader() {}

    /**
     * Reads and checks a document.
     *
     * @param text YAML or JSON.
     * @return the configuration, which holds in itself: what it refers to is there, and nothing contradicts.
     * @throws InvalidConfigurationException with everything that is wrong.
     */
    public static Configuration read(final String text) throws InvalidConfigurationException {
        return new ConfigurationReader().readDocument(text);
    }

    private Configuration readDocument(final String text) throws InvalidConfigurationException {
        final YamlNode root = YamlReader.read(text, problems);
        final Configuration configuration = readRoot(root);
        if (configuration != null) {
            final boolean complete = problems.isEmpty();
            new UniquenessCheck(problems, origins).check(configuration);
            new AddressCheck(problems, origins).check(configuration);
            // What could not be read is missing from the records: a reference to it would be blamed without a reason.
            if (complete) {
                new ReferenceCheck(problems, origins).check(configuration);
                new RouteCheck(problems, origins).check(configuration);
                new SchedulingCheck(problems, origins).check(configuration);
            }
        }
        if (configuration == null || !problems.isEmpty()) {
            throw new InvalidConfigurationException(problems.sorted());
        }
        return configuration;
    }

    private @Nullable Configuration readRoot(final YamlNode root) {
        final Fields fields = Fields.of(root, problems);
        if (fields == null) {
            return null;
        }
        fields.optional("apiVersion", Scalars::apiVersion);
        final String node = fields.optional("node", Scalars::name);
        final List<Port> ports = fields.list("ports", this::readPort);
        final List<Vpn> vpns = fields.list("vpns", this::readVpn);
        fields.finish();
        return origins.put(new Configuration(node, ports, vpns), fields.mapping());
    }

    private @Nullable Port readPort(final YamlNode node) {
        final Fields fields = Fields.of(node, problems);
        if (fields == null) {
            return null;
        }
        final String name = fields.required("name", Scalars::name);
        final Device device = readDevice(fields);
        final int rxQueues =
                fields.optional("rxQueues", Limits.DEFAULT_RX_QUEUES, Scalars.integer(1, Limits.MAX_RX_QUEUES));
        final int descriptors = fields.optional(
                "descriptors",
                Limits.DEFAULT_DESCRIPTORS,
                Scalars.integer(Limits.MIN_DESCRIPTORS, Limits.MAX_DESCRIPTORS));
        final int mtu = fields.optional("mtu", Limits.DEFAULT_MTU, Scalars.integer(Limits.MIN_MTU, Limits.MAX_MTU));
        final Bandwidth rate = fields.optional("rate", Scalars::rate);
        final int overheadBytes = fields.optional(
                "overheadBytes", Limits.DEFAULT_OVERHEAD_BYTES, Scalars.integer(0, Limits.MAX_OVERHEAD_BYTES));
        if (!fields.finish() || name == null || device == null) {
            return null;
        }
        return origins.put(new Port(name, device, rxQueues, descriptors, mtu, rate, overheadBytes), fields.mapping());
    }

    /** {@code device: null} is YAML's way to say nothing, and means the null device here. */
    private static @Nullable Device readDevice(final Fields fields) {
        if (fields.mapping().fields().get("device") instanceof YamlNode.Scalar scalar && scalar.isNull()) {
            return fields.optionalNode("device", new Device.Null(), ignored -> new Device.Null());
        }
        return fields.required("device", Device::parse);
    }

    private @Nullable Vpn readVpn(final YamlNode node) {
        final Fields fields = Fields.of(node, problems);
        if (fields == null) {
            return null;
        }
        final String name = fields.required("name", Scalars::name);
        final Long id = fields.required("id", Scalars.wideInteger(Limits.MIN_VPN_ID, Limits.MAX_VPN_ID));
        final VpnBuffers buffers = fields.optionalNode("buffers", schedulingReader::readBuffers);
        final List<Router> routers = fields.list("routers", routerReader::read);
        final List<Link> links = fields.list("links", this::readLink);
        if (!fields.finish() || name == null || id == null) {
            return null;
        }
        return origins.put(new Vpn(name, id, buffers, routers, links), fields.mapping());
    }

    private @Nullable Link readLink(final YamlNode node) {
        final Fields fields = Fields.of(node, problems);
        if (fields == null) {
            return null;
        }
        final String name = fields.required("name", Scalars::name);
        final LinkEnd a = fields.requiredNode("a", this::readLinkEnd);
        final LinkEnd b = fields.requiredNode("b", this::readLinkEnd);
        final int mtu = fields.optional("mtu", Limits.DEFAULT_MTU, Scalars.integer(Limits.MIN_MTU, Limits.MAX_MTU));
        final Bandwidth bandwidth = fields.optional("bandwidth", Bandwidth::parse);
        if (!fields.finish() || name == null || a == null || b == null) {
            return null;
        }
        return origins.put(new Link(name, a, b, mtu, bandwidth), fields.mapping());
    }

    private @Nullable LinkEnd readLinkEnd(final YamlNode node) {
        final Fields fields = Fields.of(node, problems);
        if (fields == null) {
            return null;
        }
        final String router = fields.required("router", Scalars::name);
        final String name = fields.required("interface", Scalars::interfaceName);
        final MacAddress mac = fields.optional("mac", Scalars::unicastMac);
        final List<InterfaceAddress> addresses = fields.scalars("addresses", InterfaceAddress::parse);
        final AdminState adminState = fields.optional("adminState", AdminState.UP, Scalars::adminState);
        if (!fields.finish() || router == null || name == null) {
            return null;
        }
        return origins.put(new LinkEnd(router, name, mac, addresses, adminState), fields.mapping());
    }

    /** The limit of what a virtual router may punt, in a router's mapping. */
    static @Nullable PuntLimit readPunt(final YamlNode node, final Problems problems) {
        final Fields fields = Fields.of(node, problems);
        if (fields == null) {
            return null;
        }
        final int rate = fields.optional(
                "packetsPerSecond",
                Limits.DEFAULT_PUNT_PACKETS_PER_SECOND,
                Scalars.integer(1, Limits.MAX_PUNT_PACKETS));
        final int burst = fields.optional(
                "burstPackets", Limits.DEFAULT_PUNT_BURST_PACKETS, Scalars.integer(1, Limits.MAX_PUNT_PACKETS));
        return fields.finish() ? new PuntLimit(rate, burst) : null;
    }
}
