package io.vireo.dataplane.path;

/**
 * What check finds out about a packet, as an {@code int}, so that a plain packet is recognised by one comparison.
 *
 * <pre>
 *    25         16 15   12  11  10 9          0
 *   +-------------+-------+----+--+------------+
 *   | local-only  | family|    |id| disposition|      id: it says a VPN-ID
 *   +-------------+-------+----+--+------------+
 * </pre>
 *
 * The disposition (see {@link Disposition}) is final if it is not {@link Disposition#FORWARD}. The local-only reason is the
 * disposition of a packet that only the router itself may take, in case it is for somebody else.
 */
public final class CheckResult {
    /** {@link #family} of a packet that is not IP. */
    public static final int FAMILY_NONE = 0;

    public static final int FAMILY_IPV4 = 4;
    public static final int FAMILY_IPV6 = 6;

    /** Of a packet behind a label stack. */
    public static final int FAMILY_MPLS = 1;

    private static final int FAMILY_SHIFT = 12;
    private static final int FAMILY_MASK = 0xf;
    private static final int LOCAL_ONLY_SHIFT = 16;
    private static final int DISPOSITION_MASK = 0x3ff;
    private static final int VPN_ID = 0x400;

    /** A sound IPv4 packet that may go anywhere. */
    public static final int PLAIN_IPV4 = FAMILY_IPV4 << FAMILY_SHIFT;

    /** A sound IPv6 packet that may go anywhere. */
    public static final int PLAIN_IPV6 = FAMILY_IPV6 << FAMILY_SHIFT;

    /** A packet behind a label stack, of which nothing has been looked at. */
    public static final int LABELLED = FAMILY_MPLS << FAMILY_SHIFT;

    private CheckResult() {}

    /** A packet of a family that gets a disposition. */
    public static int of(int family, int disposition) {
        return family << FAMILY_SHIFT | disposition;
    }

    /** The check result with a local-only reason in place of any it has. */
    public static int withLocalOnlyReason(int checkResult, int disposition) {
        return (checkResult & ((1 << LOCAL_ONLY_SHIFT) - 1)) | (disposition << LOCAL_ONLY_SHIFT);
    }

    /** The check result of a packet that says a VPN-ID, by one {@link VpnIdOption}. */
    public static int withVpnId(int checkResult) {
        return checkResult | VPN_ID;
    }

    public static boolean hasVpnId(int checkResult) {
        return (checkResult & VPN_ID) != 0;
    }

    public static int family(int checkResult) {
        return checkResult >>> FAMILY_SHIFT & FAMILY_MASK;
    }

    public static int disposition(int checkResult) {
        return checkResult & DISPOSITION_MASK;
    }

    /** The local-only reason, or {@link Disposition#FORWARD}. */
    public static int localOnlyReason(int checkResult) {
        return checkResult >>> LOCAL_ONLY_SHIFT;
    }
}
