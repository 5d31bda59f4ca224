package io.vireo.control.linux.netlink;

import io.vireo.control.model.IpAddress;
import io.vireo.control.model.OutgoingLabels;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A next hop of a route.
 *
 * @param ifindex the interface, or 0 when a request leaves it to the kernel
 * @param gateway the next router, of either family (RFC 5549 in {@code RTA_VIA}), or null when on-link
 * @param weight share of the traffic, 1 to 256
 * @param flags {@link #DEAD}, {@link #LINK_DOWN} and others
 * @param encapsulation a hash of the tunnel header that is to be put on (MPLS, segment routing), 0 for none, or for labels in a request
 * @param labels the MPLS labels that are put on, if that is the header; else null
 */
public record NextHop(
        int ifindex,
        @Nullable IpAddress gateway,
        int weight,
        int flags,
        long encapsulation,
        @Nullable OutgoingLabels labels) {
    /** The interface is down ({@code RTNH_F_DEAD}). */
    public static final int DEAD = 1;

    /** The interface has no carrier ({@code RTNH_F_LINKDOWN}). */
    public static final int LINK_DOWN = 16;

    /** The gateway is on the link although no route says so ({@code RTNH_F_ONLINK}). */
    public static final int ON_LINK = 4;

    /** A plain next hop of weight 1. */
    public static NextHop of(int ifindex, @Nullable IpAddress gateway) {
        return new NextHop(ifindex, gateway, 1, 0, 0);
    }

    /** One that puts nothing on, or what is known by a hash only. */
    public NextHop(int ifindex, @Nullable IpAddress gateway, int weight, int flags, long encapsulation) {
        this(ifindex, gateway, weight, flags, encapsulation, null);
    }

    /** The same, its gateway being on the link although no route says so. */
    public NextHop onLink() {
        return new NextHop(ifindex, gateway, weight, flags | ON_LINK, encapsulation, labels);
    }

    /** The same in a request, with labels or without. */
    public NextHop withLabels(@Nullable OutgoingLabels stack) {
        return new NextHop(ifindex, gateway, weight, flags, encapsulation, stack);
    }

    /** The same with another weight. */
    public NextHop withWeight(int newWeight) {
        return new NextHop(ifindex, gateway, newWeight, flags, encapsulation, labels);
    }

    /** The same with other flags. */
    public NextHop withFlags(int newFlags) {
        return new NextHop(ifindex, gateway, weight, newFlags, encapsulation, labels);
    }

    /** Whether a header is to be put on that is no label stack. */
    public boolean isEncapsulated() {
        return encapsulation != 0 && labels == null;
    }

    /** Whether packets can leave by this next hop. */
    public boolean isAlive() {
        return (flags & (DEAD | LINK_DOWN)) == 0;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return this == other
                || (other instanceof NextHop hop
                        && ifindex == hop.ifindex
                        && weight == hop.weight
                        && flags == hop.flags
                        && encapsulation == hop.encapsulation
                        && Objects.equals(labels, hop.labels)
                        && Objects.equals(gateway, hop.gateway));
    }

    @Override
    public int hashCode() { // as of IpAddress: a record's own is slow
        return 31 * (31 * ifindex + Objects.hashCode(gateway)) + weight + flags + Long.hashCode(encapsulation);
    }
}
