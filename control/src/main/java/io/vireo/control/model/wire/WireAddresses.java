package io.vireo.control.model.wire;

import io.vireo.control.model.AddressFamily;
import io.vireo.control.model.IpAddress;
import io.vireo.control.model.IpPrefix;

/**
 * Addresses in the form of the wire protocol: an IPv4 address is a number in the low half, where the model keeps it
 * left-aligned in the high one.
 */
public final class WireAddresses {
    private WireAddresses() {}

    public static io.vireo.dataplane.wire.code.AddressFamily family(AddressFamily family) {
        return family == AddressFamily.IPV4
                ? io.vireo.dataplane.wire.code.AddressFamily.IPV4
                : io.vireo.dataplane.wire.code.AddressFamily.IPV6;
    }

    public static long high(IpAddress address) {
        return address.family() == AddressFamily.IPV4 ? 0 : address.high();
    }

    public static long low(IpAddress address) {
        return address.family() == AddressFamily.IPV4 ? address.high() >>> Integer.SIZE : address.low();
    }

    public static IpAddress address(io.vireo.dataplane.wire.code.AddressFamily family, long high, long low) {
        return family == io.vireo.dataplane.wire.code.AddressFamily.IPV4
                ? IpAddress.ofIpv4((int) low)
                : IpAddress.ofIpv6(high, low);
    }

    public static IpPrefix prefix(
            io.vireo.dataplane.wire.code.AddressFamily family, long high, long low, int prefixLength) {
        return new IpPrefix(address(family, high, low), prefixLength);
    }
}
