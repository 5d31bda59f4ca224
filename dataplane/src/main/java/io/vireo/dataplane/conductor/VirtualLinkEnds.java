package io.vireo.dataplane.conductor;

import io.vireo.dataplane.encapsulation.EncapsulationTable;
import io.vireo.dataplane.encapsulation.FixUp;
import io.vireo.dataplane.encapsulation.substrate.SubstrateHeader;
import io.vireo.dataplane.interfaces.InterfaceTable;
import io.vireo.dataplane.interfaces.VirtualLinkTable;
import io.vireo.dataplane.nexthop.Adjacencies;
import io.vireo.dataplane.wire.code.CommandResult;
import io.vireo.dataplane.wire.code.TunnelModes;
import io.vireo.dataplane.wire.value.InterfaceSpec;
import io.vireo.dataplane.wire.value.SubstrateSpec;

/**
 * The ends of virtual links on ports: checks what control asks for, and keeps the workers' tables in step. Allocates nothing after
 * construction. Single user: the conductor.
 *
 * <p>Such an interface has an encapsulation, of the same table as tunnels', which has nothing to look up underneath: its next hop is
 * always the one adjacency that writes the Ethernet header of the substrate link.
 */
final class VirtualLinkEnds {
    /** Refused. */
    static final int NONE = -1;

    private static final int PRIORITY_SHIFT = 13;

    private final VirtualLinkTable table;
    private final EncapsulationTable encapsulations;
    private final Tunnels tunnels;
    private final Adjacencies adjacencies;
    private final Refusal refusal;
    private final int[] etherTypes;
    private final byte[] priorities;
    private int count;

    VirtualLinkEnds(
            InterfaceTable interfaces,
            EncapsulationTable encapsulations,
            Tunnels tunnels,
            Adjacencies adjacencies,
            Refusal refusal) {
        table = interfaces.virtualLinks();
        this.encapsulations = encapsulations;
        this.tunnels = tunnels;
        this.adjacencies = adjacencies;
        this.refusal = refusal;
        etherTypes = new int[interfaces.capacity()];
        priorities = new byte[interfaces.capacity()];
    }

    /** Adds an end, to be {@linkplain #open opened}; returns the index of its encapsulation, or {@link #NONE}: refused. */
    int add(InterfaceSpec spec, int portMtu) {
        if (!isFree(spec)) {
            return NONE;
        }
        int index = tunnels.takeIndex();
        if (index == Tunnels.NONE) {
            return NONE;
        }
        SubstrateSpec link = spec.substrate();
        int tag = link.priority() << PRIORITY_SHIFT | spec.vlan();
        int wire = adjacencies.acquireWire(
                spec.interfaceId(), spec.portId(), link.peerMac(), link.localMac(), tag, portMtu);
        if (wire == Adjacencies.NONE) {
            tunnels.retireIndex(index);
            refusal.because(CommandResult.LIMIT, "interfaceId: no room for another adjacency");
            return NONE;
        }
        encapsulations.define(index, spec.interfaceId(), spec.routerId(), FixUp.SUBSTRATE, SubstrateHeader.BYTES);
        encapsulations.setModes(index, TunnelModes.DEFAULT);
        SubstrateHeader.write(EncapsulationTable.header(encapsulations.record(index)), link.identifier());
        encapsulations.setNextHop(index, wire);
        etherTypes[spec.interfaceId()] = link.etherType();
        priorities[spec.interfaceId()] = (byte) link.priority();
        return index;
    }

    private boolean isFree(InterfaceSpec spec) {
        SubstrateSpec link = spec.substrate();
        int wireType = wireType(link.etherType());
        if (count > 0 && table.etherType() != wireType) {
            return refusal.because(
                    CommandResult.IN_USE, "etherType: ", count, " virtual links have another one; all have the same");
        }
        int holder = table.find(spec.portId(), spec.vlan(), wireMac(link.peerMac()), link.identifier());
        return holder == VirtualLinkTable.NONE
                || refusal.because(
                        CommandResult.IN_USE,
                        "virtualLinkId: interface ",
                        holder,
                        " has this identifier on the same port and VLAN from the same sender");
    }

    /** Begins to receive by an end, whose interface is complete. */
    void open(InterfaceSpec spec) {
        SubstrateSpec link = spec.substrate();
        count++;
        table.setEtherType(wireType(link.etherType()));
        table.add(
                spec.interfaceId(),
                spec.portId(),
                spec.vlan(),
                wireMac(link.peerMac()),
                wireMac(link.localMac()),
                link.identifier());
    }

    /** Refuses what cannot change while it is there. */
    boolean isSame(long record, InterfaceSpec spec) {
        int id = spec.interfaceId();
        SubstrateSpec link = spec.substrate();
        if (InterfaceTable.port(record) != spec.portId()) {
            return refusal.becauseFixed("portId", spec.interfaceId());
        }
        if (InterfaceTable.vlan(record) != spec.vlan()) {
            return refusal.becauseFixed("vlan", spec.interfaceId());
        }
        if (table.receiver(id) != wireMac(link.localMac())) {
            return refusal.becauseFixed("localMac", spec.interfaceId());
        }
        if (table.sender(id) != wireMac(link.peerMac())) {
            return refusal.becauseFixed("peerMac", spec.interfaceId());
        }
        if (table.identifier(id) != link.identifier()) {
            return refusal.becauseFixed("virtualLinkId", spec.interfaceId());
        }
        return (etherTypes[id] == link.etherType() || refusal.becauseFixed("etherType", spec.interfaceId()))
                && (priorities[id] == link.priority() || refusal.becauseFixed("vlanPriority", spec.interfaceId()));
    }

    /** Ends one; its interface goes with it, before the workers' next round is waited for. */
    void remove(int id, int encapsulation) {
        table.remove(id);
        count--;
        if (count == 0) {
            table.setEtherType(VirtualLinkTable.NO_TYPE);
        }
        adjacencies.release(EncapsulationTable.nextHop(encapsulations.record(encapsulation)));
        tunnels.retireIndex(encapsulation);
    }

    /** As a little-endian load of it has it. */
    private static long wireMac(long mac) {
        return Long.reverseBytes(mac) >>> Short.SIZE;
    }

    /** As a little-endian signed load of it has it. */
    private static int wireType(int etherType) {
        return Short.reverseBytes((short) etherType);
    }
}
