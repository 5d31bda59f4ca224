package io.vireo.dataplane.path.check;

import io.vireo.dataplane.path.Burst;
import io.vireo.dataplane.path.CheckResult;
import io.vireo.dataplane.path.Disposition;
import io.vireo.dataplane.path.Ipv4;
import io.vireo.dataplane.path.VpnIdOption;
import io.vireo.dataplane.wire.code.DropReason;
import io.vireo.dataplane.wire.code.PuntReason;
import io.vireo.dpdk.Memory;

/**
 * RFC 1812 §5.2.2 (header), §5.3.4, §5.3.5 (broadcast, multicast), §5.3.7 (martians), RFC 3927 §7 (link-local). Which addresses
 * are unicast: {@link Ipv4#isUnicast}.
 */
final class Ipv4Check {
    private static final int TRUNCATED = Disposition.drop(DropReason.IPV4_TRUNCATED);
    private static final int BAD_VERSION = Disposition.drop(DropReason.IPV4_BAD_VERSION);
    private static final int BAD_HEADER_LENGTH = Disposition.drop(DropReason.IPV4_BAD_HEADER_LENGTH);
    private static final int BAD_TOTAL_LENGTH = Disposition.drop(DropReason.IPV4_BAD_TOTAL_LENGTH);
    private static final int BAD_CHECKSUM = Disposition.drop(DropReason.IPV4_BAD_CHECKSUM);
    private static final int MARTIAN_SOURCE = Disposition.drop(DropReason.MARTIAN_SOURCE);
    private static final int MARTIAN_DESTINATION = Disposition.drop(DropReason.MARTIAN_DESTINATION);
    private static final int LINK_LOCAL = Disposition.drop(DropReason.LINK_LOCAL);
    private static final int MULTICAST = Disposition.punt(PuntReason.MULTICAST);
    private static final int LINK_MULTICAST = Disposition.punt(PuntReason.LINK_MULTICAST);
    private static final int BROADCAST = Disposition.punt(PuntReason.BROADCAST);
    private static final int OPTIONS = Disposition.punt(PuntReason.OPTIONS);

    /** Version 4, header of 5 words. */
    private static final int PLAIN_HEADER = 0x45;

    private static final int BROADCAST_OCTET = 255;
    private static final int LINK_LOCAL_NET = 0xa9fe; // 169.254/16
    private static final int LINK_SCOPE_GROUPS = 0xe00000; // 224.0.0/24, RFC 5771 §4

    private Ipv4Check() {}

    /** By first octet: whether {@link #addresses} must take the slow path. */
    private static final byte[] IS_SPECIAL = specialOctets();

    private static byte[] specialOctets() {
        byte[] special = new byte[1 << Byte.SIZE];
        for (int octet = 0; octet < special.length; octet++) {
            boolean isPlain = Ipv4.isUnicast((octet << (Integer.SIZE - Byte.SIZE)) | 1)
                    && octet != 0
                    && octet != BROADCAST_OCTET
                    && octet != LINK_LOCAL_NET >>> Byte.SIZE;
            special[octet] = (byte) (isPlain ? 0 : 1);
        }
        return special;
    }

    /** Whether a packet is sound, without options, and both addresses may be anywhere: most packets. */
    static boolean isPlain(long header, int available) {
        int first = Memory.getIntBigEndian(header);
        int totalLength = first & 0xffff;
        int special = IS_SPECIAL[Memory.getUnsignedByte(header + Ipv4.SOURCE)]
                | IS_SPECIAL[Memory.getUnsignedByte(header + Ipv4.DESTINATION)];
        return first >>> 24 == PLAIN_HEADER
                && totalLength >= Ipv4.MIN_HEADER_BYTES
                && totalLength <= available
                && special == 0
                && Ipv4.isChecksumRight(header);
    }

    /** Returns the {@link CheckResult} on a packet that is not plain, and stores its length. */
    static int validate(Burst burst, int i, long header, int available) {
        if (available < Ipv4.MIN_HEADER_BYTES) {
            return TRUNCATED;
        }
        int totalLength = Ipv4.totalLength(header);
        burst.networkLength[i] = totalLength;
        if (Memory.getByte(header) != PLAIN_HEADER) {
            return withOptions(header, available, totalLength);
        }
        if (totalLength < Ipv4.MIN_HEADER_BYTES) {
            return BAD_TOTAL_LENGTH;
        }
        if (totalLength > available) {
            return TRUNCATED;
        }
        return Ipv4.isChecksumRight(header) ? addresses(header) : BAD_CHECKSUM;
    }

    private static int addresses(long header) {
        int source = Memory.getIntBigEndian(header + Ipv4.SOURCE);
        int destination = Memory.getIntBigEndian(header + Ipv4.DESTINATION);
        if (Ipv4.isUnicast(source) && Ipv4.isUnicast(destination)) {
            boolean isLinkLocal = source >>> 16 == LINK_LOCAL_NET || destination >>> 16 == LINK_LOCAL_NET;
            return isLinkLocal
                    ? CheckResult.withLocalOnlyReason(CheckResult.PLAIN_IPV4, LINK_LOCAL)
                    : CheckResult.PLAIN_IPV4;
        }
        return special(source, destination);
    }

    private static int special(int source, int destination) {
        // From a host that has no address yet: DHCP, IGMP (RFC 1122 §3.2.1.3).
        boolean isFromNowhere = source == Ipv4.UNSPECIFIED;
        if (Ipv4.isMulticast(source) || source == Ipv4.LIMITED_BROADCAST) {
            return MARTIAN_SOURCE;
        }
        if (destination == Ipv4.LIMITED_BROADCAST || (isFromNowhere && destination == Ipv4.UNSPECIFIED)) {
            return BROADCAST; // whatever else the source is: Linux looks at it
        }
        if (!Ipv4.isUnicast(source) && !isFromNowhere) {
            return MARTIAN_SOURCE;
        }
        if (Ipv4.isMulticast(destination)) {
            return (destination >>> 8) == LINK_SCOPE_GROUPS ? LINK_MULTICAST : MULTICAST;
        }
        return Ipv4.isUnicast(destination) ? MARTIAN_SOURCE : MARTIAN_DESTINATION;
    }

    /**
     * Not the plain header: either broken, or with options. A VPN-ID alone asks nothing of a router (RFC 1812 §4.2.2.1 of the
     * stream identifier, §4.2.2.6 of what is unknown), so such a packet is plain. All others are the kernel's, unless they are
     * for a tunnel's end.
     */
    private static int withOptions(long header, int available, int totalLength) {
        int headerBytes = Ipv4.headerBytes(header);
        if (!Ipv4.isVersion4(header)) {
            return BAD_VERSION;
        }
        if (headerBytes < Ipv4.MIN_HEADER_BYTES) {
            return BAD_HEADER_LENGTH;
        }
        if (totalLength < headerBytes) {
            return BAD_TOTAL_LENGTH;
        }
        if (totalLength > available) {
            return TRUNCATED;
        }
        if (!Ipv4.isChecksumRight(header, headerBytes)) {
            return BAD_CHECKSUM;
        }
        int checkResult = addresses(header);
        if (Disposition.isDrop(CheckResult.disposition(checkResult))) {
            return checkResult;
        }
        int found = VpnIdOption.find(header, headerBytes);
        if (VpnIdOption.isAlone(found)) {
            return CheckResult.withVpnId(checkResult);
        }
        int withOthers =
                checkResult == CheckResult.PLAIN_IPV4 ? CheckResult.withLocalOnlyReason(checkResult, OPTIONS) : OPTIONS;
        return VpnIdOption.isThere(found) ? CheckResult.withVpnId(withOthers) : withOthers;
    }
}
