package io.vireo.dataplane.wire.command;

import static io.vireo.dataplane.wire.command.CommandDecoder.MALFORMED;

import io.vireo.dataplane.wire.ring.MessageFrame;
import io.vireo.dataplane.wire.sbe.AddSecurityAssociationDecoder;
import io.vireo.dataplane.wire.sbe.DumpSecurityAssociationsDecoder;
import io.vireo.dataplane.wire.sbe.RemoveSecurityAssociationDecoder;
import io.vireo.dataplane.wire.value.SecurityAssociationSpec;
import org.jspecify.annotations.Nullable;

/** Decodes the commands about keys of ESP tunnels. Part of {@link CommandAdapter}. */
final class KeyCommandDecoder {
    private final MessageFrame frame;
    private final KeyRules rules;
    private final KeyCommandHandler keys;
    private final DumpCommandHandler dumps;
    private final AddSecurityAssociationDecoder add = new AddSecurityAssociationDecoder();
    private final RemoveSecurityAssociationDecoder remove = new RemoveSecurityAssociationDecoder();
    private final DumpSecurityAssociationsDecoder dump = new DumpSecurityAssociationsDecoder();
    private final SecurityAssociationSpec spec = new SecurityAssociationSpec();

    KeyCommandDecoder(MessageFrame frame, KeyRules rules, CommandHandlers handlers) {
        this.frame = frame;
        this.rules = rules;
        keys = handlers.keys();
        dumps = handlers.dumps();
    }

    /** Puts the decoders in their places. */
    void addTo(CommandDecoders decoders) {
        decoders.put(AddSecurityAssociationDecoder.TEMPLATE_ID, this::add);
        decoders.put(RemoveSecurityAssociationDecoder.TEMPLATE_ID, this::remove);
        decoders.put(DumpSecurityAssociationsDecoder.TEMPLATE_ID, this::dump);
    }

    private @Nullable String add() {
        if (!frame.hasBlock(AddSecurityAssociationDecoder.BLOCK_LENGTH)) {
            return MALFORMED;
        }
        try {
            return add(add.wrap(frame.buffer(), frame.body(), frame.blockLength(), frame.version()));
        } finally {
            spec.wipe();
        }
    }

    private @Nullable String add(AddSecurityAssociationDecoder m) {
        spec.of(m.interfaceId(), m.outbound() == 1, (int) m.spi())
                .key((int) m.salt(), m.key0(), m.key1(), m.key2(), m.key3())
                .once(m.incarnation(), m.ticket())
                .lifetime(m.maxPackets(), m.maxBytes(), m.maxSeconds());
        String wrong = CommandRules.first(rules.add(spec), rules.direction(m.outbound()));
        if (wrong == null) {
            keys.onAddSecurityAssociation(m.correlationId(), spec);
        }
        return wrong;
    }

    private @Nullable String remove() {
        if (!frame.hasBlock(RemoveSecurityAssociationDecoder.BLOCK_LENGTH)) {
            return MALFORMED;
        }
        RemoveSecurityAssociationDecoder m =
                remove.wrap(frame.buffer(), frame.body(), frame.blockLength(), frame.version());
        String wrong = CommandRules.first(rules.remove(m.interfaceId(), (int) m.spi()), rules.direction(m.outbound()));
        if (wrong == null) {
            keys.onRemoveSecurityAssociation(m.correlationId(), m.interfaceId(), (int) m.spi(), m.outbound() == 1);
        }
        return wrong;
    }

    private @Nullable String dump() {
        if (!frame.hasBlock(DumpSecurityAssociationsDecoder.BLOCK_LENGTH)) {
            return MALFORMED;
        }
        DumpSecurityAssociationsDecoder m =
                dump.wrap(frame.buffer(), frame.body(), frame.blockLength(), frame.version());
        dumps.onDumpSecurityAssociations(m.correlationId());
        return null;
    }
}
