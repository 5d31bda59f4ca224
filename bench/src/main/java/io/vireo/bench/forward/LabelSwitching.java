package io.vireo.bench.forward;

import io.vireo.bench.forward.tunnel.LabelStackEntry;
import io.vireo.dataplane.wire.value.InterfaceSpec;
import io.vireo.dataplane.wire.value.LabelSpec;

/**
 * Packets come behind a label, each flow's behind its own, and leave behind another one, or without.
 *
 * @param pops whether they leave without, as the last router but one sends them (RFC 3031 §3.16)
 * @param flows how many there are
 */
record LabelSwitching(boolean pops, int flows) implements Tunnelling {
    static final int FIRST_IN = 1000;
    static final int FIRST_OUT = 2000;

    /** Of the label; the packet beneath has the same. */
    private static final int TTL = FlowFrames.HOP_LIMIT;

    private static final int FLOW_OFFSET = 17; // of the destination its second and third octet: WorkloadRoute.own

    @Override
    public int neighbour() {
        return TunnelWorkloads.FAR_END_NEIGHBOUR;
    }

    @Override
    public InterfaceSpec ingress(InterfaceSpec spec, int port, int vlan) {
        return spec.access(port, vlan).takesLabels(true);
    }

    @Override
    public Payload offered(byte[] packet) {
        return new Payload(LabelStackEntry.ETHERTYPE, LabelStackEntry.push(FIRST_IN + flow(packet), TTL, packet));
    }

    /** Where the label has another one's place, the packet beneath is as it came. */
    @Override
    public byte[] forwarded(Payload sent) {
        if (pops) {
            return sent.of(Payload.ETHERTYPE_IPV4);
        }
        byte[] labelled = sent.of(LabelStackEntry.ETHERTYPE);
        byte[] packet = LabelStackEntry.packet(labelled);
        return FlowFrames.forwarded(LabelStackEntry.pop(FIRST_OUT + flow(packet), TTL - 1, labelled));
    }

    @Override
    public void install(WorkloadCommands commands) {
        int egress = Topology.egress(0);
        commands.addNeighbour(egress, neighbour(), Topology.NEIGHBOUR_MAC + neighbour());
        for (int flow = 0; flow < flows; flow++) {
            LabelSpec spec = new LabelSpec().of(0, FIRST_IN + flow).uniform(true);
            commands.addLabel(pops ? spec : spec.push(FIRST_OUT + flow), egress, neighbour());
        }
    }

    private static int flow(byte[] packet) {
        if (packet.length <= FLOW_OFFSET + 1) {
            throw new IllegalArgumentException("no room for a packet");
        }
        return Byte.toUnsignedInt(packet[FLOW_OFFSET]) << Byte.SIZE | Byte.toUnsignedInt(packet[FLOW_OFFSET + 1]);
    }
}
