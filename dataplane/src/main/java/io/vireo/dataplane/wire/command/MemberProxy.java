package io.vireo.dataplane.wire.command;

import io.vireo.dataplane.wire.ring.Claim;
import io.vireo.dataplane.wire.sbe.GroupSizeEncodingEncoder;
import io.vireo.dataplane.wire.sbe.MessageHeaderEncoder;
import io.vireo.dataplane.wire.sbe.SetMembersEncoder;
import io.vireo.dataplane.wire.value.FilterChunk;

/** Commands about members of VPNs on shared wires. Part of {@link DataplaneProxy}, which says what the methods have in common. */
public final class MemberProxy {
    private final Claim claim;
    private final CommandRules rules;

    /** Held while the parts of one list are sent, so that they follow each other. */
    private final Object listLock = new Object();

    MemberProxy(Claim claim, CommandRules rules) {
        this.claim = claim;
        this.rules = rules;
    }

    /**
     * Says which packets that come in by an interface are of which VPN, in one message or several. When false, a part may have been sent:
     * it has no effect, send the whole again.
     *
     * @param image a compiled list; empty = none
     */
    public boolean setMembers(long correlationId, int interfaceId, long[] image) {
        synchronized (listLock) {
            return FilterChunk.sendInParts(
                    image, (first, part) -> setMembers(correlationId, interfaceId, image.length, first, part));
        }
    }

    /** Sends one part of a list. */
    public boolean setMembers(long correlationId, int interfaceId, int totalLongs, int firstLong, FilterChunk part) {
        CommandRules.require("SetMembers", rules.setMembers(interfaceId, totalLongs, firstLong, part.size()));
        int index = claim.tryClaim(SetMembersEncoder.BLOCK_LENGTH
                + GroupSizeEncodingEncoder.ENCODED_LENGTH
                + part.size() * SetMembersEncoder.ImageEncoder.sbeBlockLength());
        if (index < 0) {
            return false;
        }
        SetMembersEncoder.ImageEncoder words = new SetMembersEncoder()
                .wrapAndApplyHeader(claim.buffer(), index, new MessageHeaderEncoder())
                .correlationId(correlationId)
                .interfaceId(interfaceId)
                .totalLongs(totalLongs)
                .firstLong(firstLong)
                .imageCount(part.size());
        for (int n = 0; n < part.size(); n++) {
            words.next().word(part.word(n));
        }
        return claim.commit(index);
    }
}
