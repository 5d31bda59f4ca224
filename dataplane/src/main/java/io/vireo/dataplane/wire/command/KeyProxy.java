package io.vireo.dataplane.wire.command;

import io.vireo.dataplane.wire.ring.Claim;
import io.vireo.dataplane.wire.sbe.AddSecurityAssociationEncoder;
import io.vireo.dataplane.wire.sbe.DumpSecurityAssociationsEncoder;
import io.vireo.dataplane.wire.sbe.MessageHeaderEncoder;
import io.vireo.dataplane.wire.sbe.RemoveSecurityAssociationEncoder;
import io.vireo.dataplane.wire.value.SecurityAssociationSpec;

/**
 * Commands about keys of ESP tunnels. Part of {@link DataplaneProxy}, which says what the methods have in common. A key is written
 * into the ring and nowhere else; the reader of the ring wipes what it has read.
 */
public final class KeyProxy {
    private final Claim claim;
    private final KeyRules rules;

    KeyProxy(Claim claim, KeyRules rules) {
        this.claim = claim;
        this.rules = rules;
    }

    /** Gives a tunnel a key for one direction; an outbound one replaces that before it. */
    public boolean addSecurityAssociation(long correlationId, SecurityAssociationSpec spec) {
        CommandRules.require("AddSecurityAssociation", rules.add(spec));
        int index = claim.tryClaim(AddSecurityAssociationEncoder.BLOCK_LENGTH);
        if (index < 0) {
            return false;
        }
        new AddSecurityAssociationEncoder()
                .wrapAndApplyHeader(claim.buffer(), index, new MessageHeaderEncoder())
                .correlationId(correlationId)
                .incarnation(spec.incarnation())
                .ticket(spec.ticket())
                .maxPackets(spec.maxPackets())
                .maxBytes(spec.maxBytes())
                .key0(spec.key0())
                .key1(spec.key1())
                .key2(spec.key2())
                .key3(spec.key3())
                .interfaceId(spec.interfaceId())
                .maxSeconds(spec.maxSeconds())
                .spi(Integer.toUnsignedLong(spec.spi()))
                .salt(Integer.toUnsignedLong(spec.salt()))
                .outbound((short) (spec.isOutbound() ? 1 : 0));
        return claim.commit(index);
    }

    /** Forgets a key. */
    public boolean removeSecurityAssociation(long correlationId, int interfaceId, int spi, boolean isOutbound) {
        CommandRules.require("RemoveSecurityAssociation", rules.remove(interfaceId, spi));
        int index = claim.tryClaim(RemoveSecurityAssociationEncoder.BLOCK_LENGTH);
        if (index < 0) {
            return false;
        }
        new RemoveSecurityAssociationEncoder()
                .wrapAndApplyHeader(claim.buffer(), index, new MessageHeaderEncoder())
                .correlationId(correlationId)
                .interfaceId(interfaceId)
                .spi(Integer.toUnsignedLong(spi))
                .outbound((short) (isOutbound ? 1 : 0));
        return claim.commit(index);
    }

    /** Asks for all security associations: an entry event each, then DumpEnd. */
    public boolean dumpSecurityAssociations(long correlationId) {
        int index = claim.tryClaim(DumpSecurityAssociationsEncoder.BLOCK_LENGTH);
        if (index < 0) {
            return false;
        }
        new DumpSecurityAssociationsEncoder()
                .wrapAndApplyHeader(claim.buffer(), index, new MessageHeaderEncoder())
                .correlationId(correlationId);
        return claim.commit(index);
    }
}
