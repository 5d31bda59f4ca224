package io.vireo.dataplane.wire.event;

import io.vireo.dataplane.wire.sbe.SecurityAssociationEntryDecoder;
import io.vireo.dataplane.wire.sbe.SecurityAssociationEntryEncoder;
import io.vireo.dataplane.wire.value.SecurityAssociationState;

/** What a SecurityAssociationEntry carries beyond its correlation id. */
final class AssociationEntry {
    private AssociationEntry() {}

    static void encode(SecurityAssociationEntryEncoder entry, SecurityAssociationState state) {
        entry.packets(state.packets())
                .bytes(state.bytes())
                .forged(state.forged())
                .replays(state.replays())
                .interfaceId(state.interfaceId())
                .ageSeconds(state.ageSeconds())
                .spi(Integer.toUnsignedLong(state.spi()))
                .outbound((short) (state.isOutbound() ? 1 : 0))
                .ended((short) (state.isEnded() ? 1 : 0));
    }

    static void decode(SecurityAssociationEntryDecoder entry, SecurityAssociationState state) {
        state.of(entry.interfaceId(), entry.outbound() == 1, (int) entry.spi(), entry.ageSeconds(), entry.ended() == 1)
                .counts(entry.packets(), entry.bytes(), entry.forged(), entry.replays());
    }
}
