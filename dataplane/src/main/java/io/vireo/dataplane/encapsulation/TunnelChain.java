package io.vireo.dataplane.encapsulation;

import io.vireo.dataplane.encapsulation.esp.EspHeader;
import io.vireo.dataplane.encapsulation.esp.SecurityAssociationTable;
import io.vireo.dataplane.encapsulation.outer.OuterFragments;
import io.vireo.dataplane.encapsulation.vns.VpnIdMarker;
import io.vireo.dataplane.nexthop.AdjacencyTable;
import io.vireo.dataplane.path.Disposition;
import io.vireo.dataplane.path.Ipv4;
import io.vireo.dataplane.path.TunnelWires;
import io.vireo.dataplane.wire.code.DropReason;
import io.vireo.dataplane.wire.code.TunnelModes;

/**
 * The encapsulations that a packet gets, from the tunnel it is sent by to the adjacency of a neighbour, found before a byte of it is
 * written; and at which of them it is fragmented, if at any. Single user: its encapsulator.
 */
final class TunnelChain {
    /** Encapsulations within each other. A chain that leads back to itself ends here too (RFC 2473 §4.1.2). */
    static final int MAX_DEPTH = TunnelWires.MAX_WIRES;

    /** No tunnel of the chain. */
    static final int NOWHERE = -1;

    /** No labels. */
    static final long NOT_LABELLED = 0;

    private static final int UNDERLAY_UNRESOLVED = Disposition.drop(DropReason.UNDERLAY_UNRESOLVED);
    private static final int NESTED_TOO_DEEP = Disposition.drop(DropReason.NESTED_TOO_DEEP);
    private static final int ENCAPSULATED_TOO_BIG = Disposition.drop(DropReason.ENCAPSULATED_TOO_BIG);
    private static final int VPN_ID_FOREIGN = Disposition.drop(DropReason.VPN_ID_FOREIGN);
    private static final int NOT_MARKED = Disposition.drop(DropReason.NOT_MARKED);

    private final EncapsulationTable encapsulations;
    private final SecurityAssociationTable associations;
    private final UnderlayPaths paths;
    private final FrameHeaders frames;

    /** Records of the encapsulations, the innermost first. */
    final long[] records = new long[MAX_DEPTH];

    /** The security association that each encrypts by. */
    final long[] chainAssociations = new long[MAX_DEPTH];

    /** How long the packet is with each of them. */
    final int[] chainBytes = new int[MAX_DEPTH];

    int depth;

    /** Whether any of their wires is emulated. */
    boolean isEmulated;

    /** Of the neighbour at its end. */
    long lastAdjacency;

    /** The adjacency whose labels the packet gets there, or {@link #NOT_LABELLED}. */
    long labelled;

    /** How long the packet is with all of them, and how much of that is behind it. */
    int encapsulatedBytes;

    int bytesBehind;

    /** Bytes of an option that the outermost header gets. */
    int missingBytes;

    /**
     * The tunnel whose packet is fragmented, or {@link #NOWHERE}; how long the fragments may be, what is put around them, and how much
     * of that behind.
     */
    int fragmentAt;

    int fragmentBytes;
    int bytesAround;
    int bytesBehindAround;

    /** The outermost tunnel, as far as the chain is followed, that may fragment its packets. */
    private int mayFragmentAt;

    /** @param frames says what the packet is, and learns by which adjacency it comes to each tunnel. */
    TunnelChain(
            EncapsulationTable encapsulations,
            SecurityAssociationTable associations,
            UnderlayPaths paths,
            FrameHeaders frames) {
        this.encapsulations = encapsulations;
        this.associations = associations;
        this.paths = paths;
        this.frames = frames;
    }

    /** Finds each encapsulation down to the adjacency that is a neighbour's. */
    int follow(int bytes, int first) {
        int encapsulation = first;
        depth = 0;
        isEmulated = false;
        encapsulatedBytes = bytes;
        bytesBehind = 0;
        missingBytes = 0;
        mayFragmentAt = NOWHERE;
        fragmentAt = NOWHERE;
        labelled = NOT_LABELLED;
        while (encapsulation != EncapsulationTable.NONE) {
            if (depth == MAX_DEPTH) {
                return NESTED_TOO_DEEP;
            }
            long record = encapsulations.record(encapsulation);
            int refusal = followKind(record);
            if (refusal != Disposition.FORWARD) {
                return refusal;
            }
            encapsulatedBytes += EncapsulationTable.headerBytes(record);
            chainBytes[depth] = encapsulatedBytes;
            noteFragmenter(record);
            isEmulated |= EncapsulationTable.isEmulated(record);
            records[depth++] = record;
            lastAdjacency = paths.adjacency(record, frames.described(), frames.describedBytes());
            frames.enter(depth, lastAdjacency);
            int disposition = enterPath(AdjacencyTable.disposition(lastAdjacency));
            if (disposition != Disposition.FORWARD) {
                return Disposition.isDrop(disposition) ? disposition : UNDERLAY_UNRESOLVED;
            }
            refusal = leave(record);
            if (refusal != Disposition.FORWARD) {
                return refusal;
            }
            if (!fits(paths.mtu(record, lastAdjacency))) {
                return ENCAPSULATED_TOO_BIG;
            }
            encapsulation = AdjacencyTable.encapsulation(lastAdjacency);
        }
        return Disposition.FORWARD;
    }

    /** Goes on, where the last adjacency has labels, with the one beneath, at which a chain ends; returns the disposition there. */
    private int enterPath(int disposition) {
        if (disposition != AdjacencyTable.LABELLED) {
            return disposition;
        }
        labelled = lastAdjacency;
        lastAdjacency = AdjacencyTable.beneath(labelled);
        int labelBytes = LabelledRoutes.labelBytes(labelled);
        encapsulatedBytes += labelBytes;
        bytesAround += labelBytes;
        return LabelledRoutes.disposition(lastAdjacency);
    }

    /** What is put around the packets of the outermost tunnel that may fragment them, or of the one that does. */
    private void noteFragmenter(long record) {
        boolean mayFragment = (EncapsulationTable.modes(record) & TunnelModes.FRAGMENT_OUTER) != 0;
        if (mayFragment && fragmentAt == NOWHERE) {
            mayFragmentAt = depth;
            bytesAround = 0;
            bytesBehindAround = 0;
        } else {
            int fixUp = EncapsulationTable.fixUp(record);
            bytesBehindAround += FixUp.isEsp(fixUp) ? EspHeader.MAX_BYTES_BEHIND : 0;
            bytesAround += UnderlayPaths.addedBytes(record);
        }
    }

    /** Whether what is underneath takes the packet, perhaps in fragments of one tunnel, made to fit all that is underneath that. */
    private boolean fits(int mtu) {
        int bytes = fragmentAt == NOWHERE ? encapsulatedBytes : fragmentBytes + bytesAround;
        if (bytes <= mtu) {
            return true;
        }
        fragmentAt = mayFragmentAt;
        fragmentBytes = mtu - bytesAround;
        return fragmentAt != NOWHERE;
    }

    /** What the packet gets beside the header. */
    private int followKind(long record) {
        int fixUp = EncapsulationTable.fixUp(record);
        if (FixUp.isEsp(fixUp)) {
            return followEsp(record);
        }
        encapsulatedBytes += FixUp.otherBytes(fixUp, encapsulatedBytes);
        return Disposition.FORWARD;
    }

    /** The association is read once: the next packet may find another. */
    private int followEsp(long record) {
        long association = associations.record(EncapsulationTable.association(record));
        int behind = EspHeader.bytesBehind(encapsulatedBytes);
        chainAssociations[depth] = association;
        encapsulatedBytes += behind;
        bytesBehind += behind;
        return SecurityAssociationTable.sendDisposition(association);
    }

    /** Whether the outermost header may leave by the last adjacency, with room for what that adds. */
    private int leave(long record) {
        if (FixUp.isOnLink(EncapsulationTable.fixUp(record)) && !UnderlayPaths.isPlainLink(lastAdjacency)) {
            return UNDERLAY_UNRESOLVED;
        }
        return AdjacencyTable.isMarking(lastAdjacency) ? mark(record) : Disposition.FORWARD;
    }

    /** Makes room for the VPN-ID of the interface by which the outermost header leaves, if that does not say it itself. */
    private int mark(long record) {
        int missing = VpnIdMarker.missingBytes(EncapsulationTable.header(record), paths.egress(lastAdjacency));
        if (missing < 0) {
            return missing == VpnIdMarker.FOREIGN ? VPN_ID_FOREIGN : NOT_MARKED;
        }
        missingBytes = missing;
        bytesAround += missing;
        encapsulatedBytes += missing;
        return Disposition.FORWARD;
    }

    /** Bytes before the packet that all headers need, but for the Ethernet header. */
    int bytesBefore(int bytes) {
        int fragmentHeader = fragmentAt == NOWHERE ? 0 : OuterFragments.bytesBefore(isOverIpv4(records[fragmentAt]));
        return encapsulatedBytes - bytes - bytesBehind + fragmentHeader;
    }

    static boolean isOverIpv4(long record) {
        return Ipv4.isVersion4(EncapsulationTable.header(record));
    }
}
