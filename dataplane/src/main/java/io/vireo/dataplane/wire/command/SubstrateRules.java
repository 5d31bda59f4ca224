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
    private static final int TYPE_IPV4 = 0x0800;
    private static final int TYPE_ARP = 0x0806;
    private static final int TYPE_VLAN = 0x8100;
    private static final int TYPE_IPV6 = 0x86dd;

    private SubstrateRules() {}

    static @Nullable String check(SubstrateSpec spec) {
        return CommandRules.first(
                IDENTIFIER.check(spec.identifier()),
                etherType(spec.etherType()),
                PRIORITY.check(spec.priority()),
                macs(spec));
    }

    private static @Nullable String etherType(int etherType) {
        return switch (etherType) {
            case TYPE_IPV4, TYPE_ARP, TYPE_VLAN, TYPE_IPV6 -> "etherType: is that of another protocol";
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
