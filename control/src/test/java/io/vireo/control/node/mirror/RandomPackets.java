package io.vireo.control.node.mirror;

import io.vireo.control.linux.netlink.RouteQuery;
import io.vireo.control.model.AddressFamily;
import io.vireo.control.model.IpAddress;
import io.vireo.control.model.IpPrefix;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** Random packets to and around the prefixes of {@link RandomCommands}, from hosts beyond the router's links. */
final class RandomPackets {
    private static final List<IpPrefix> IPV4 = prefixes(
            "0.0.0.0/0",
            "10.0.0.0/8",
            "10.1.0.0/16",
            "10.9.0.0/16",
            "10.9.8.0/24",
            "10.9.8.0/25",
            "10.9.8.7/32",
            "10.2.0.0/24",
            "10.2.0.128/25",
            "10.2.0.9/32",
            "20.0.0.0/8",
            "20.1.0.0/16",
            "20.1.2.0/23",
            "10.5.0.0/24",
            "10.6.0.2/32",
            "10.3.0.1/32",
            "10.3.0.255/32",
            "10.4.0.0/24",
            "240.1.0.0/16");
    private static final List<IpPrefix> IPV6 = prefixes(
            "2000::/3",
            "2001:db8::/32",
            "2001:db8:9::/48",
            "2001:db8:9:8::/64",
            "2001:db8:9:8::7/128",
            "2001:db8:9:8::/65",
            "2001:db8:2:0:8000::/65",
            "2001:db8:2::/64",
            "2001:db8:1::9/128",
            "3000::/8",
            "3001::/16",
            "3001:2::/33",
            "2001:db8:5::/64",
            "2001:db8:6::2/128",
            "2001:db8:3::1/128",
            "2001:db8:4::/64");
    private static final List<IpPrefix> IPV4_SOURCES = prefixes("172.16.0.0/12", "198.18.0.0/15");
    private static final List<IpPrefix> IPV6_SOURCES =
            prefixes("2001:db8:1::1:0/112", "2001:db8:77::/48", "3001:77::/32");

    /** The next packet, or null while no interface is up. */
    RouteQuery.@Nullable Packet next(SplittableRandom random, MirroredNamespace namespace) {
        List<String> up =
                MirroredNamespace.KNOWN.stream().filter(namespace::isUp).toList();
        if (up.isEmpty()) {
            return null;
        }
        boolean isIpv4 = random.nextBoolean();
        return new RouteQuery.Packet(
                namespace.ifindex(up.get(random.nextInt(up.size()))),
                within(random, isIpv4 ? IPV4_SOURCES : IPV6_SOURCES),
                within(random, isIpv4 ? IPV4 : IPV6),
                1 + random.nextInt(65_535),
                1 + random.nextInt(65_535));
    }

    private static IpAddress within(SplittableRandom random, List<IpPrefix> prefixes) {
        IpPrefix prefix = prefixes.get(random.nextInt(prefixes.size()));
        while (true) {
            IpAddress address = within(random, prefix);
            boolean isOrdinary = !address.isMulticast() && !address.isLoopback() && !address.isLinkLocal();
            if (isOrdinary && (address.family() == AddressFamily.IPV6 || isUnicast(address))) {
                return address;
            }
        }
    }

    private static IpAddress within(SplittableRandom random, IpPrefix prefix) {
        IpAddress first = prefix.network();
        IpAddress last = prefix.last();
        long high = first.high() | (random.nextLong() & (first.high() ^ last.high()));
        long low = first.low() | (random.nextLong() & (first.low() ^ last.low()));
        return new IpAddress(prefix.family(), high, low);
    }

    /** Neither "this network" nor the limited broadcast: the data plane does not route them. */
    private static boolean isUnicast(IpAddress address) {
        long firstOctet = address.high() >>> 56;
        return firstOctet != 0 && firstOctet != 255;
    }

    private static List<IpPrefix> prefixes(String... texts) {
        return List.of(texts).stream().map(IpPrefix::parse).toList();
    }
}
