package io.vireo.dataplane.path.check;

import io.vireo.dataplane.path.Burst;
import io.vireo.dataplane.path.CheckResult;
import io.vireo.dataplane.path.Disposition;
import io.vireo.dataplane.path.Ipv6;
import io.vireo.dataplane.wire.code.DropReason;
import io.vireo.dataplane.wire.code.PuntReason;
import io.vireo.dpdk.Memory;

/** RFC 8200 §3, §4.3 (header, hop-by-hop options), RFC 4291 §2.5, §2.7 (address kinds). */
final class Ipv6Check {
    private static final int TRUNCATED = Disposition.drop(DropReason.IPV6_TRUNCATED);
    private static final int BAD_VERSION = Disposition.drop(DropReason.IPV6_BAD_VERSION);
    private static final int MARTIAN_SOURCE = Disposition.drop(DropReason.MARTIAN_SOURCE);
    private static final int MARTIAN_DESTINATION = Disposition.drop(DropReason.MARTIAN_DESTINATION);
    private static final int LINK_LOCAL_SOURCE = Disposition.drop(DropReason.LINK_LOCAL);
    private static final int MULTICAST = Disposition.punt(PuntReason.MULTICAST);
    private static final int LINK_MULTICAST = Disposition.punt(PuntReason.LINK_MULTICAST);
    private static final int TO_LINK_LOCAL = Disposition.punt(PuntReason.LINK_LOCAL);
    private static final int OPTIONS = Disposition.punt(PuntReason.OPTIONS);

    private static final int HOP_BY_HOP = 0;
    private static final int MULTICAST_OCTET = 0xff;
    private static final int INTERFACE_SCOPE = 1;
    private static final int LINK_SCOPE = 2;

    /** High half of ::/64, in which ::, ::1 and ::ffff:0:0/96 lie. */
    private static final long RESERVED_HIGH = 0;

    private static final int MAPPED_PREFIX = 0xffff; // ::ffff:0:0/96, RFC 4291 §2.5.5.2: never on the wire

    private Ipv6Check() {}

    /** Returns the {@link CheckResult} on a packet, and stores its length. */
    static int validate(Burst burst, int i, long header, int available) {
        if (available < Ipv6.HEADER_BYTES) {
            return TRUNCATED;
        }
        int length = Ipv6.length(header);
        burst.networkLength[i] = length;
        if (!Ipv6.isVersion6(header)) {
            return BAD_VERSION;
        }
        if (length > available) {
            return TRUNCATED;
        }
        int checkResult = addresses(header);
        boolean hasOptions = Memory.getByte(header + Ipv6.NEXT_HEADER) == HOP_BY_HOP;
        return CheckResult.disposition(checkResult) == Disposition.FORWARD && hasOptions ? OPTIONS : checkResult;
    }

    private static int addresses(long header) {
        long source = Memory.getLongBigEndian(header + Ipv6.SOURCE);
        long destination = Memory.getLongBigEndian(header + Ipv6.DESTINATION);
        int top = (int) (destination >>> 56);
        if (isSpecial(source) || isSpecial(destination)) {
            long sourceLow = Memory.getLongBigEndian(header + Ipv6.SOURCE + Long.BYTES);
            long destinationLow = Memory.getLongBigEndian(header + Ipv6.DESTINATION + Long.BYTES);
            return special(source, sourceLow, destination, destinationLow, top);
        }
        return CheckResult.PLAIN_IPV6;
    }

    /** One of ::/64, fe00::/8 (link-local) or ff00::/8 (multicast): take the slow path. */
    private static boolean isSpecial(long high) {
        return high == RESERVED_HIGH || (high >>> 57) == 0x7f;
    }

    private static int special(long source, long sourceLow, long destination, long destinationLow, int top) {
        boolean unspecified = (source | sourceLow) == 0; // duplicate address detection, RFC 4862 §5.4.2
        if (source >>> 56 == MULTICAST_OCTET || (isReserved(source, sourceLow) && !unspecified)) {
            return MARTIAN_SOURCE;
        }
        if (isReserved(destination, destinationLow)) {
            return MARTIAN_DESTINATION;
        }
        if (top == MULTICAST_OCTET) {
            return toGroup((int) (destination >>> 48) & 0xf);
        }
        if (unspecified) {
            return MARTIAN_SOURCE; // RFC 4291 §2.5.2: never forwarded
        }
        if (Ipv6.isLinkLocal(destination)) {
            return TO_LINK_LOCAL;
        }
        return Ipv6.isLinkLocal(source)
                ? CheckResult.withLocalOnlyReason(CheckResult.PLAIN_IPV6, LINK_LOCAL_SOURCE)
                : CheckResult.PLAIN_IPV6;
    }

    /** RFC 4291 §2.7: scope 1 never leaves a host, scope 2 never leaves the link, 0 is reserved. */
    private static int toGroup(int scope) {
        if (scope <= INTERFACE_SCOPE) {
            return MARTIAN_DESTINATION;
        }
        return scope == LINK_SCOPE ? LINK_MULTICAST : MULTICAST;
    }

    /** Unspecified, loopback, or an IPv4-mapped address. */
    private static boolean isReserved(long high, long low) {
        return high == 0 && (low >>> 1 == 0 || low >>> 32 == MAPPED_PREFIX);
    }
}
