package io.vireo.control.linux.netlink;

import io.vireo.control.model.InterfaceAddress;

/**
 * An address of an interface.
 *
 * @param protocol who put it there ({@code IFA_PROTO}, since Linux 5.18; 0 unknown)
 * @param flags {@link #TENTATIVE} and others
 */
public record AddressMessage(int ifindex, InterfaceAddress address, int scope, int protocol, int flags) {
    /** Of IPv4: another address of a subnet that has one; of IPv6: temporary (RFC 8981). */
    public static final int SECONDARY = 0x01;

    public static final int NO_DUPLICATE_DETECTION = 0x02;
    public static final int OPTIMISTIC = 0x04;
    public static final int DUPLICATE = 0x08;
    public static final int DEPRECATED = 0x20;
    public static final int TENTATIVE = 0x40;
    public static final int SCOPE_UNIVERSE = 0;
    public static final int SCOPE_LINK = 253;
    private static final int PERMANENT = 0x80;
    private static final int UNUSABLE = OPTIMISTIC | DUPLICATE | TENTATIVE;

    /** Whether it stays until it is removed. */
    public boolean isPermanent() {
        return (flags & PERMANENT) != 0;
    }

    /** Whether the interface may answer for it: nobody else has it, as far as is known. */
    public boolean isUsable() {
        return (flags & UNUSABLE) == 0;
    }
}
