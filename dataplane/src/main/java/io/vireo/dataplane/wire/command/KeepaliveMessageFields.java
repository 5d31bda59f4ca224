package io.vireo.dataplane.wire.command;

import io.vireo.dataplane.wire.code.AddressFamily;
import io.vireo.dataplane.wire.sbe.AddInterfaceDecoder;
import io.vireo.dataplane.wire.sbe.AddInterfaceEncoder;
import io.vireo.dataplane.wire.sbe.AddressFamilyCode;
import io.vireo.dataplane.wire.value.KeepaliveSpec;
import io.vireo.dataplane.wire.value.TunnelSpec;
import org.jspecify.annotations.Nullable;

/** The fields of a tunnel's keepalives in its message. Part of {@link TopologyProxy} and {@link InterfaceCommandDecoder}. */
final class KeepaliveMessageFields {
    private KeepaliveMessageFields() {}

    /** Writes them into a message that has begun; returns it. */
    static AddInterfaceEncoder put(AddInterfaceEncoder m, KeepaliveSpec keepalive) {
        return m.keepaliveTargetHigh(keepalive.targetHigh())
                .keepaliveTargetLow(keepalive.targetLow())
                .keepaliveInterval(keepalive.intervalMs())
                .keepaliveMisses((short) keepalive.misses())
                .keepaliveFamily(
                        AddressFamilyCode.get((short) keepalive.family().code()));
    }

    /** Reads them from a message that has them; returns what is wrong, or null. */
    static @Nullable String take(AddInterfaceDecoder m, TunnelSpec tunnel) {
        AddressFamily family = AddressFamily.ofCode(m.keepaliveFamilyRaw());
        if (family == null) {
            return "keepaliveFamily: must be IPv4 or IPv6";
        }
        tunnel.keepalive(
                family, m.keepaliveTargetHigh(), m.keepaliveTargetLow(), m.keepaliveInterval(), m.keepaliveMisses());
        return null;
    }
}
