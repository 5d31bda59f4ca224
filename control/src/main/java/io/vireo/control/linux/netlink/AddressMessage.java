package io.vireo.control.linux.netlink;

import io.vireo.control.model.InterfaceAddress;

/**
 * An address of an interface.
 *
 * @param protocol who put it there ({@code IFA_PROTO}, since Linux 5.18; 0 unknown)
 * @param flags {@link #TENTATIVE} and others
 */
public record AddressMessage(int ifindex, InterfaceAddress address, int scope, int protocol, int flags) {
    public static final int NO_DUPLICATE_DETECTION = 0x02;
    public static final int TENTATIVE = 0x40;
    public static final int SCOPE_LINK = 253;
    private static final int PERMANENT = 0x80;

    /** Whether it stays until it is removed. */
    public boolean isPermanent() {
        return (flags & PERMANENT) != 0;
    }
}
