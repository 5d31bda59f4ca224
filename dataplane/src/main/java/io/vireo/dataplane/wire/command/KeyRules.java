package io.vireo.dataplane.wire.command;

import io.vireo.dataplane.wire.sbe.AddSecurityAssociationDecoder;
import io.vireo.dataplane.wire.value.SecurityAssociationSpec;
import org.jspecify.annotations.Nullable;

/** What the fields of commands about keys must satisfy; {@link CommandRules} says what the methods have in common. */
final class KeyRules {
    private static final FieldRange TICKET = FieldRange.of(
            "ticket", AddSecurityAssociationDecoder.ticketMinValue(), AddSecurityAssociationDecoder.ticketMaxValue());
    private static final FieldRange MAX_PACKETS = FieldRange.of(
            "maxPackets",
            AddSecurityAssociationDecoder.maxPacketsMinValue(),
            AddSecurityAssociationDecoder.maxPacketsMaxValue());
    private static final FieldRange MAX_BYTES = FieldRange.of(
            "maxBytes",
            AddSecurityAssociationDecoder.maxBytesMinValue(),
            AddSecurityAssociationDecoder.maxBytesMaxValue());
    private static final FieldRange MAX_SECONDS = FieldRange.of(
            "maxSeconds",
            AddSecurityAssociationDecoder.maxSecondsMinValue(),
            AddSecurityAssociationDecoder.maxSecondsMaxValue());
    private static final FieldRange SPI = FieldRange.of(
            "spi", AddSecurityAssociationDecoder.spiMinValue(), AddSecurityAssociationDecoder.spiMaxValue());
    private static final FieldRange OUTBOUND = FieldRange.of(
            "outbound",
            AddSecurityAssociationDecoder.outboundMinValue(),
            AddSecurityAssociationDecoder.outboundMaxValue());

    private final CommandRules rules;

    KeyRules(CommandRules rules) {
        this.rules = rules;
    }

    @Nullable
    String add(SecurityAssociationSpec spec) {
        return CommandRules.first(
                CommandRules.first(rules.interfaceId(spec.interfaceId()), spi(spec.spi())),
                TICKET.check(spec.ticket()),
                MAX_PACKETS.check(spec.maxPackets()),
                CommandRules.first(MAX_BYTES.check(spec.maxBytes()), MAX_SECONDS.check(spec.maxSeconds())));
    }

    @Nullable
    String remove(int interfaceId, int spi) {
        return CommandRules.first(rules.interfaceId(interfaceId), spi(spi));
    }

    private static @Nullable String spi(int spi) {
        return SPI.check(Integer.toUnsignedLong(spi));
    }

    /** A flag as a message carries it. */
    @Nullable
    String direction(int outbound) {
        return OUTBOUND.check(outbound);
    }
}
