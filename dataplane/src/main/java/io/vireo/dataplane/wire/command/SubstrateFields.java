package io.vireo.dataplane.wire.command;

import io.vireo.dataplane.wire.sbe.AddInterfaceEncoder;
import io.vireo.dataplane.wire.sbe.MessageHeaderEncoder;
import io.vireo.dataplane.wire.value.SubstrateSpec;
import org.agrona.MutableDirectBuffer;

/** The fields of a virtual link's end in its message. Part of {@link TopologyProxy}. */
final class SubstrateFields {
    private SubstrateFields() {}

    /** Begins an AddInterface with them: what it says of other kinds comes after. */
    static AddInterfaceEncoder begin(MutableDirectBuffer buffer, int index, SubstrateSpec substrate) {
        return new AddInterfaceEncoder()
                .wrapAndApplyHeader(buffer, index, new MessageHeaderEncoder())
                .localMac(substrate.localMac())
                .peerMac(substrate.peerMac())
                .virtualLinkId(substrate.identifier())
                .etherType(substrate.etherType())
                .vlanPriority((short) substrate.priority());
    }
}
