package io.vireo.dataplane.wire.command;

import io.vireo.dataplane.wire.sbe.AddInterfaceDecoder;
import io.vireo.dataplane.wire.value.SubstrateSpec;
import org.jspecify.annotations.Nullable;

/** What the fields of a virtual link's end must satisfy. Part of {@link CommandRules}, which says what the methods have in common. */
final class SubstrateRules {
    private static final FieldRange IDENTIFIER = FieldRange.of(
            "virtualLinkId", AddInterfaceDecoder.virtualLinkIdMinValue(), AddInterfaceDecoder.virtualLinkIdMaxValue());
    private static final FieldRange ETHER_TYPE = FieldRange.of(
            "etherType", AddInterfaceDecoder.etherTypeMinValue(), AddInterfaceDecoder.etherTypeMaxValue());
    private static final FieldRange PRIORITY = FieldRange.of(
            "vlanPriority", AddInterfaceDecoder.vlanPriorityMinValue(), AddInterfaceDecoder.vlanPriorityMaxValue());
    private static final String OTHERS = "etherType: is that of another protocol";

    private SubstrateRules() {}

    static @Nullable String check(SubstrateSpec spec) {
        return CommandRules.first(
                IDENTIFIER.check(spec.identifier()),
                etherType(spec.etherType()),
                PRIORITY.check(spec.priority()),
                macs(spec));
    }

    /** Refuses what check finds another meaning for: IP, ARP, labels, tags, and what the stations of a link speak. */
    private static @Nullable String etherType(int etherType) {
        return switch (etherType) {
            case 0x0800, 0x0806, 0x86dd, 0x8847, 0x8848, 0x8100, 0x88a8, 0x9100 -> OTHERS;
            case 0x8809, 0x888e, 0x88cc, 0x88f7, 0x8902, 0x8863, 0x8864 -> OTHERS;
            default -> ETHER_TYPE.check(etherType);
        };
    }

    private static @Nullable String macs(SubstrateSpec spec) {
        if (CommandRules.mac(spec.localMac()) != null) {
            return "localMac: must be a unicast address";
        }
        if (CommandRules.mac(spec.peerMac()) != null) {
            return "peerMac: must be a unicast address";
        }
        return spec.localMac() == spec.peerMac() ? "peerMac: must not be the local address" : null;
    }
}
