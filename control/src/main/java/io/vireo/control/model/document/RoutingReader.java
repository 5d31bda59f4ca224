package io.vireo.control.model.document;

import io.vireo.control.model.AddressFamily;
import io.vireo.control.model.IpAddress;
import io.vireo.control.model.IpPrefix;
import io.vireo.control.model.Limits;
import io.vireo.control.model.Routing;
import io.vireo.control.model.Routing.BgpNeighbor;
import io.vireo.control.model.Routing.OspfInterface;
import io.vireo.control.model.Routing.Part;
import io.vireo.control.model.Routing.ResourceLimits;
import io.vireo.control.model.Routing.RipInterface;
import io.vireo.control.model.Routing.RipTimers;
import io.vireo.control.model.Routing.Source;
import io.vireo.control.model.Routing.Speaker;
import io.vireo.control.model.document.yaml.Fields;
import io.vireo.control.model.document.yaml.Origins;
import io.vireo.control.model.document.yaml.Problems;
import io.vireo.control.model.document.yaml.Scalars;
import io.vireo.control.model.document.yaml.YamlNode;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads {@code routing} of a virtual router: a protocol with its settings, or a program of the customer's own. */
final class RoutingReader {
    static final String PROTOCOL = "protocol";
    static final String DAEMON = "daemon";
    static final String STATIC = "static";
    static final String OSPF = "ospf";
    static final String RIP = "rip";
    static final String BGP = "bgp";
    static final String AREA = "area";
    static final String INTERFACES = "interfaces";
    static final String TIMERS = "timers";
    static final String ASN = "asn";
    static final String NEIGHBORS = "neighbors";
    static final String NETWORKS = "networks";

    private static final List<String> OF_ALL_PROTOCOLS = List.of("families", "redistribute", "bfd", "routerId");
    private static final List<String> OF_SOME = List.of(AREA, INTERFACES, TIMERS, ASN, NEIGHBORS, NETWORKS);

    /** What somebody who means to write a secret down would call it. */
    private static final List<String> SECRETS = List.of("password", "secret", "key");

    private final Problems problems;
    private final Origins origins;

    RoutingReader(Problems problems, Origins origins) {
        this.problems = problems;
        this.origins = origins;
    }

    @Nullable
    Routing read(YamlNode node) {
        Fields fields = Fields.of(node, problems);
        if (fields == null) {
            return null;
        }
        Speaker speaker = readSpeaker(fields);
        List<AddressFamily> families = fields.scalars("families", RoutingScalars::family);
        if (fields.has("families") && families.isEmpty()) {
            fields.problem("families", "must be a list of ipv4, ipv6 or both");
        }
        IpAddress routerId = fields.optional("routerId", RoutingScalars::routerId);
        List<Source> redistribute = fields.scalars("redistribute", RoutingScalars::source);
        boolean bfd = fields.optional("bfd", false, Scalars::truth);
        ResourceLimits limits = fields.optionalNode("limits", ResourceLimits.DEFAULT, this::readLimits);
        if (!fields.finish() || speaker == null) {
            return null;
        }
        return origins.put(
                new Routing(
                        speaker,
                        families.isEmpty() ? Routing.DEFAULT_FAMILIES : Set.copyOf(families),
                        routerId,
                        Set.copyOf(redistribute),
                        bfd,
                        limits),
                fields.mapping());
    }

    private @Nullable Speaker readSpeaker(Fields fields) {
        Speaker own = fields.optionalNode(DAEMON, this::readDaemon);
        if (fields.has(DAEMON)) {
            fields.refuse(List.of(PROTOCOL), "a program of your own");
            fields.refuse(OF_ALL_PROTOCOLS, "a program of your own");
            fields.refuse(OF_SOME, "a program of your own");
            return own;
        }
        String protocol = fields.required(PROTOCOL, RoutingScalars::protocol);
        return switch (protocol) {
            case OSPF -> readOspf(fields);
            case RIP -> readRip(fields);
            case BGP -> readBgp(fields);
            case STATIC -> {
                fields.refuse(OF_ALL_PROTOCOLS, "static routing");
                refuseAllBut(fields, List.of(), "static routing");
                yield new Speaker.None();
            }
            case null, default -> null;
        };
    }

    private static void refuseAllBut(Fields fields, List<String> applicable, String what) {
        fields.refuse(
                OF_SOME.stream().filter(field -> !applicable.contains(field)).toList(), what);
    }

    private @Nullable Speaker readDaemon(YamlNode node) {
        Fields fields = Fields.of(node, problems);
        if (fields == null) {
            return null;
        }
        List<String> command = fields.scalars("command", RoutingScalars::argument);
        if (command.isEmpty()) {
            fields.problem("command", "is missing: a list of a program and its arguments");
        } else if (!command.getFirst().startsWith("/")) {
            fields.problem("command", "'" + command.getFirst() + "' is not an absolute path of a program");
        }
        if (command.size() > Limits.MAX_DAEMON_ARGUMENTS) {
            fields.problem("command", "has more than " + Limits.MAX_DAEMON_ARGUMENTS + " arguments");
        }
        return fields.finish() ? new Speaker.Own(command) : null;
    }

    private Speaker readOspf(Fields fields) {
        long area = fields.optional(AREA, 0L, RoutingScalars::area);
        List<OspfInterface> interfaces = fields.list(INTERFACES, this::readOspfInterface);
        refuseAllBut(fields, List.of(AREA, INTERFACES), "OSPF");
        return new Speaker.Ospf(area, interfaces);
    }

    private @Nullable OspfInterface readOspfInterface(YamlNode node) {
        Fields fields = Fields.of(node, problems);
        if (fields == null) {
            return null;
        }
        String name = fields.required("name", Scalars::interfaceName);
        Long area = fields.optional(AREA, RoutingScalars::area);
        Integer cost = fields.optional("cost", Scalars.integer(1, Limits.MAX_OSPF_COST));
        int helloSeconds = fields.optional(
                "helloSeconds",
                Limits.DEFAULT_HELLO_SECONDS,
                Scalars.integer(1, Limits.MAX_DEAD_SECONDS / Limits.HELLOS_UNTIL_DEAD));
        int deadSeconds = fields.optional(
                "deadSeconds", helloSeconds * Limits.HELLOS_UNTIL_DEAD, Scalars.integer(2, Limits.MAX_DEAD_SECONDS));
        if (deadSeconds <= helloSeconds) {
            fields.problem("deadSeconds", deadSeconds + " is not above helloSeconds, " + helloSeconds);
        }
        Boolean pointToPoint = fields.optional("pointToPoint", Scalars::truth);
        Part part = readPart(fields);
        if (!fields.finish() || name == null) {
            return null;
        }
        return origins.put(
                new OspfInterface(name, area, cost, part, helloSeconds, deadSeconds, pointToPoint), fields.mapping());
    }

    private static Part readPart(Fields fields) {
        boolean passive = fields.optional("passive", false, Scalars::truth);
        boolean excluded = fields.optional("excluded", false, Scalars::truth);
        if (passive && excluded) {
            fields.problem("excluded", "contradicts passive: an interface that is excluded is not announced either");
        }
        return excluded ? Part.EXCLUDED : passive ? Part.PASSIVE : Part.ACTIVE;
    }

    private Speaker readRip(Fields fields) {
        RipTimers timers = fields.optionalNode(TIMERS, RipTimers.DEFAULT, this::readTimers);
        List<RipInterface> interfaces = fields.list(INTERFACES, this::readRipInterface);
        fields.refuse(List.of("bfd", "routerId"), "RIP");
        refuseAllBut(fields, List.of(TIMERS, INTERFACES), "RIP");
        return new Speaker.Rip(timers, interfaces);
    }

    private @Nullable RipInterface readRipInterface(YamlNode node) {
        Fields fields = Fields.of(node, problems);
        if (fields == null) {
            return null;
        }
        String name = fields.required("name", Scalars::interfaceName);
        Part part = readPart(fields);
        if (!fields.finish() || name == null) {
            return null;
        }
        return origins.put(new RipInterface(name, part), fields.mapping());
    }

    private @Nullable RipTimers readTimers(YamlNode node) {
        Fields fields = Fields.of(node, problems);
        if (fields == null) {
            return null;
        }
        int update = seconds(fields, "updateSeconds", RipTimers.DEFAULT.updateSeconds());
        int timeout = seconds(fields, "timeoutSeconds", RipTimers.DEFAULT.timeoutSeconds());
        int garbage = seconds(fields, "garbageSeconds", RipTimers.DEFAULT.garbageSeconds());
        if (timeout <= update) {
            fields.problem("timeoutSeconds", timeout + " is not above updateSeconds, " + update);
        }
        return fields.finish() ? new RipTimers(update, timeout, garbage) : null;
    }

    /** FRR takes fewer than 5 for neither, and more than a day would never be meant. */
    private static int seconds(Fields fields, String field, int fallback) {
        return fields.optional(
                field, fallback, Scalars.integer(Limits.MIN_RIP_TIMER_SECONDS, Limits.MAX_RIP_TIMER_SECONDS));
    }

    private Speaker readBgp(Fields fields) {
        Long asn = fields.required(ASN, RoutingScalars::asn);
        List<BgpNeighbor> neighbors = fields.list(NEIGHBORS, this::readNeighbor);
        List<IpPrefix> networks = fields.scalars(NETWORKS, IpPrefix::parse);
        refuseAllBut(fields, List.of(ASN, NEIGHBORS, NETWORKS), "BGP");
        return new Speaker.Bgp(asn == null ? 0 : asn, neighbors, networks);
    }

    private @Nullable BgpNeighbor readNeighbor(YamlNode node) {
        Fields fields = Fields.of(node, problems);
        if (fields == null) {
            return null;
        }
        fields.refuse(SECRETS, "a document: it would stand in its history and in backups; passwordFile names a file");
        IpAddress address = fields.required("address", RoutingScalars::station);
        Long remoteAsn = fields.required("remoteAsn", RoutingScalars::asn);
        Path passwordFile = fields.optional("passwordFile", Scalars::file);
        if (!fields.finish() || address == null || remoteAsn == null) {
            return null;
        }
        return origins.put(new BgpNeighbor(address, remoteAsn, passwordFile), fields.mapping());
    }

    private @Nullable ResourceLimits readLimits(YamlNode node) {
        Fields fields = Fields.of(node, problems);
        if (fields == null) {
            return null;
        }
        ResourceLimits usual = ResourceLimits.DEFAULT;
        int cpuWeight =
                fields.optional("cpuWeight", usual.cpuWeight(), Scalars.integer(1, Limits.MAX_DAEMON_CPU_WEIGHT));
        int cpuPercent =
                fields.optional("cpuPercent", usual.cpuPercent(), Scalars.integer(1, Limits.MAX_DAEMON_CPU_PERCENT));
        int memoryMegabytes = fields.optional(
                "memoryMegabytes",
                usual.memoryMegabytes(),
                Scalars.integer(Limits.MIN_DAEMON_MEGABYTES, Limits.MAX_DAEMON_MEGABYTES));
        return fields.finish() ? new ResourceLimits(cpuWeight, cpuPercent, memoryMegabytes) : null;
    }
}
