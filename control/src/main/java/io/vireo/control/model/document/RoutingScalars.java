package io.vireo.control.model.document;

import io.vireo.control.model.AddressFamily;
import io.vireo.control.model.IpAddress;
import io.vireo.control.model.Limits;
import io.vireo.control.model.Routing.Source;
import io.vireo.control.model.document.yaml.Scalars;

/** How single values of {@code routing} are read. Each throws an IllegalArgumentException that says what is wrong. */
final class RoutingScalars {
    private static final long MAX_AREA = 0xffff_ffffL;

    private RoutingScalars() {}

    static String protocol(String text) {
        return switch (text) {
            case RoutingReader.OSPF, RoutingReader.RIP, RoutingReader.BGP, RoutingReader.STATIC -> text;
            default ->
                throw new IllegalArgumentException(
                        "'" + text + "' is no protocol; there are ospf, rip, bgp and static, or else say daemon");
        };
    }

    static AddressFamily family(String text) {
        return switch (text) {
            case "ipv4" -> AddressFamily.IPV4;
            case "ipv6" -> AddressFamily.IPV6;
            default -> throw new IllegalArgumentException("'" + text + "' is neither ipv4 nor ipv6");
        };
    }

    static Source source(String text) {
        return switch (text) {
            case "connected" -> Source.CONNECTED;
            case RoutingReader.STATIC -> Source.STATIC;
            default -> throw new IllegalArgumentException("'" + text + "' is neither connected nor static");
        };
    }

    static IpAddress routerId(String text) {
        IpAddress id = IpAddress.parse(text);
        if (id.family() != AddressFamily.IPV4 || id.equals(IpAddress.ofIpv4(0))) {
            throw new IllegalArgumentException("'" + text + "' is not an IPv4 address other than 0.0.0.0");
        }
        return id;
    }

    static IpAddress station(String text) {
        IpAddress address = IpAddress.parse(text);
        boolean isOfALink = address.family() == AddressFamily.IPV6 && address.isLinkLocal();
        if (address.isMulticast() || address.isUnspecified() || address.isLoopback() || isOfALink) {
            throw new IllegalArgumentException("'" + text + "' is not the address of one other router");
        }
        return address;
    }

    /** RFC 2328 appendix C.2: 32 bits, written as a number or as an address is. */
    static long area(String text) {
        if (text.indexOf('.') < 0) {
            return Scalars.wideInteger(0, MAX_AREA).apply(text);
        }
        IpAddress address = IpAddress.parse(text);
        if (address.family() != AddressFamily.IPV4) {
            throw new IllegalArgumentException("'" + text + "' is not an area such as 0 or 0.0.0.0");
        }
        return address.high() >>> 32;
    }

    /** RFC 7607: 0 is nobody's; RFC 7300: the last is not used. */
    static long asn(String text) {
        return Scalars.wideInteger(1, Limits.MAX_ASN).apply(text);
    }

    static String argument(String text) {
        if (text.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException("has control characters in it");
        }
        return text;
    }
}
