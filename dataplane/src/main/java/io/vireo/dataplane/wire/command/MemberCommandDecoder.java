package io.vireo.dataplane.wire.command;

import static io.vireo.dataplane.wire.command.CommandDecoder.MALFORMED;

import io.vireo.dataplane.wire.ring.MessageFrame;
import io.vireo.dataplane.wire.sbe.SetMembersDecoder;
import io.vireo.dataplane.wire.value.FilterChunk;
import org.jspecify.annotations.Nullable;

/** Decodes the commands about members of VPNs. Part of {@link CommandAdapter}. */
final class MemberCommandDecoder {
    private final MessageFrame frame;
    private final CommandRules rules;
    private final MemberCommandHandler members;
    private final SetMembersDecoder setMembers = new SetMembersDecoder();
    private final FilterChunk part = new FilterChunk();

    MemberCommandDecoder(MessageFrame frame, CommandRules rules, MemberCommandHandler members) {
        this.frame = frame;
        this.rules = rules;
        this.members = members;
    }

    /** Puts the decoder in its place. */
    void addTo(CommandDecoders decoders) {
        decoders.put(SetMembersDecoder.TEMPLATE_ID, this::setMembers);
    }

    private @Nullable String setMembers() {
        boolean isWhole = frame.hasBlock(SetMembersDecoder.BLOCK_LENGTH)
                && frame.hasGroup(SetMembersDecoder.ImageDecoder.sbeBlockLength(), FilterChunk.MAX);
        if (!isWhole) {
            return MALFORMED;
        }
        SetMembersDecoder m = setMembers.wrap(frame.buffer(), frame.body(), frame.blockLength(), frame.version());
        part.clear();
        for (SetMembersDecoder.ImageDecoder words = m.image(); words.hasNext(); ) {
            part.add(words.next().word());
        }
        String wrong = rules.setMembers(m.interfaceId(), m.totalLongs(), m.firstLong(), part.size());
        if (wrong == null) {
            members.onSetMembers(m.correlationId(), m.interfaceId(), m.totalLongs(), m.firstLong(), part);
        }
        return wrong;
    }
}
