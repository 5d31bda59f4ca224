package io.vireo.dataplane.wire.command;

import io.vireo.dataplane.wire.value.FilterChunk;

/** Carries out the commands about members of VPNs; see {@link CommandHandlers} for what all have in common. */
public interface MemberCommandHandler {
    /** Takes a part of an interface's list of members, which replaces the old one when the last part has come. */
    void onSetMembers(long correlationId, int interfaceId, int totalLongs, int firstLong, FilterChunk part);
}
