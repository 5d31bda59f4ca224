package io.vireo.control.model;

import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Routing daemons that the node runs in the namespace of a virtual router. No secret is in it, only where there is one.
 *
 * @param speaker what runs.
 * @param families of which routes are exchanged; at least one.
 * @param routerId by which other routers know this one, an IPv4 address; null: derived from the addresses.
 * @param redistribute which other routes of the router are announced by the protocol.
 * @param bfd whether a neighbour that is gone is noticed by BFD (RFC 5880), where the neighbour has it too.
 * @param limits what the daemons may use of the machine together.
 */
public record Routing(
        Speaker speaker,
        Set<AddressFamily> families,
        @Nullable IpAddress routerId,
        Set<Source> redistribute,
        boolean bfd,
        ResourceLimits limits) {
    public static final Set<AddressFamily> DEFAULT_FAMILIES = Set.of(AddressFamily.IPV4);

    public Routing {
        families = Set.copyOf(families);
        redistribute = Set.copyOf(redistribute);
    }

    /** Routes that are announced by a protocol although they are not its own, in the order in which they are written. */
    public enum Source {
        /** To the subnets of the interfaces that do not take part in the protocol themselves. */
        CONNECTED,
        /** The {@code routes} of the router in the document, and what others have installed in its namespace. */
        STATIC
    }

    /** What daemons may use of the machine, all those of a router together. */
    public record ResourceLimits(int cpuWeight, int cpuPercent, int memoryMegabytes) {
        /** As {@code cpu.weight}, of one core, and enough for a full table of the Internet. */
        public static final ResourceLimits DEFAULT = new ResourceLimits(100, 100, 1024);
    }

    /** A protocol with its settings, or a program that speaks whatever it likes. */
    public sealed interface Speaker {
        /** No protocol: the routes of the document are all there is. */
        record None() implements Speaker {}

        /**
         * OSPFv2 (RFC 2328), and OSPFv3 (RFC 5340) for IPv6.
         *
         * @param area of the interfaces that do not say another, 32 bits.
         * @param interfaces settings of some of the interfaces; all others take part with the defaults.
         */
        record Ospf(long area, List<OspfInterface> interfaces) implements Speaker {
            public Ospf {
                interfaces = List.copyOf(interfaces);
            }
        }

        /**
         * RIP version 2 (RFC 2453), and RIPng (RFC 2080) for IPv6.
         *
         * @param interfaces settings of some of the interfaces; all others take part with the defaults.
         */
        record Rip(RipTimers timers, List<RipInterface> interfaces) implements Speaker {
            public Rip {
                interfaces = List.copyOf(interfaces);
            }
        }

        /**
         * BGP-4 (RFC 4271), and its extensions for IPv6 (RFC 2545).
         *
         * @param asn autonomous system of this router, 32 bits (RFC 6793).
         * @param networks what it announces of its own.
         */
        record Bgp(long asn, List<BgpNeighbor> neighbors, List<IpPrefix> networks) implements Speaker {
            public Bgp {
                neighbors = List.copyOf(neighbors);
                networks = List.copyOf(networks);
            }
        }

        /** A program of the customer's own, which stays in the foreground: an absolute path, and arguments. */
        record Own(List<String> command) implements Speaker {
            public Own {
                command = List.copyOf(command);
            }
        }
    }

    /** Whether an interface takes part in a protocol. */
    public enum Part {
        /** It speaks to neighbours, and its subnets are announced. */
        ACTIVE,
        /** Its subnets are announced. */
        PASSIVE,
        /** Neither. */
        EXCLUDED
    }

    /**
     * An interface in OSPF.
     *
     * @param name of the router's interface.
     * @param area null: that of the router.
     * @param cost null: from its bandwidth, as FRR does.
     * @param helloSeconds between two hellos.
     * @param deadSeconds without a hello after which a neighbour is gone.
     * @param pointToPoint whether there is one neighbour at most (RFC 2328 §9.1); null: on ends of links and tunnels.
     */
    public record OspfInterface(
            String name,
            @Nullable Long area,
            @Nullable Integer cost,
            Part part,
            int helloSeconds,
            int deadSeconds,
            @Nullable Boolean pointToPoint) {}

    /** An interface in RIP. */
    public record RipInterface(String name, Part part) {}

    /** RFC 2453 §3.8: between two updates; without one until a route is invalid; until it is forgotten then. In seconds. */
    public record RipTimers(int updateSeconds, int timeoutSeconds, int garbageSeconds) {
        public static final RipTimers DEFAULT = new RipTimers(30, 180, 120);
    }

    /**
     * A router that BGP speaks to.
     *
     * @param passwordFile with the secret of RFC 2385's signatures, or null.
     */
    public record BgpNeighbor(
            IpAddress address, long remoteAsn, @Nullable Path passwordFile) {}

    /** In the order of their names, whichever of the sets they come from. */
    public List<AddressFamily> orderedFamilies() {
        return List.copyOf(EnumSet.copyOf(families));
    }
}
