package io.vireo.dataplane.wire.value;

import java.util.List;

/** What stands in a security association: test keys may be shown, so here is the text that the classes themselves do not have. */
public final class AssociationText {
    private AssociationText() {}

    public static List<Object> of(SecurityAssociationSpec spec) {
        return List.of(
                spec.interfaceId(),
                spec.isOutbound(),
                spec.spi(),
                spec.salt(),
                spec.key0(),
                spec.key1(),
                spec.key2(),
                spec.key3(),
                spec.incarnation(),
                spec.ticket(),
                spec.maxPackets(),
                spec.maxBytes(),
                spec.maxSeconds());
    }

    public static List<Object> of(SecurityAssociationState state) {
        return List.of(
                state.interfaceId(),
                state.isOutbound(),
                Integer.toUnsignedLong(state.spi()),
                state.isEnded(),
                state.packets(),
                state.bytes(),
                state.forged(),
                state.replays());
    }
}
