package io.vireo.dataplane.wire.value;

import io.vireo.dataplane.wire.code.AddressFamily;
import io.vireo.dataplane.wire.code.Encapsulation;
import io.vireo.dataplane.wire.code.EspAlgorithm;
import io.vireo.dataplane.wire.code.InterfaceKind;
import io.vireo.dataplane.wire.code.TunnelModes;
import io.vireo.dataplane.wire.code.VnsOption;
import java.util.Objects;

/**
 * What an interface is to be: whose it is, its MAC address, MTU and name, and what it is attached to. Fields that its {@link #kind}
 * does not have are as {@link #clear} leaves them. Mutable and reusable: nothing is allocated after construction. Not
 * thread-safe. A handler gets one that is valid during the call only.
 */
public final class InterfaceSpec {
    /** No interface, no router. */
    public static final int NONE = -1;

    private int interfaceId;
    private int routerId;
    private long mac;
    private int mtuBytes;
    private CharSequence name = "";
    private InterfaceKind kind = InterfaceKind.ACCESS;
    private int portId;
    private int vlan;
    private int peerInterfaceId;
    private boolean takesLabels;
    private final TunnelSpec tunnel = new TunnelSpec();
    private final SubstrateSpec substrate = new SubstrateSpec();

    /** Begins as after {@link #clear}. */
    public InterfaceSpec() {
        clear();
    }

    /** Interface 0 of router 0 without MAC address, MTU and name, untagged on port 0. */
    public InterfaceSpec clear() {
        return id(0, 0).mac(0).mtuBytes(0).name("").access(0, 0);
    }

    /** Becomes equal to another; its name is copied. */
    public InterfaceSpec copyFrom(InterfaceSpec other) {
        id(other.interfaceId, other.routerId)
                .mac(other.mac)
                .mtuBytes(other.mtuBytes)
                .name(other.name.toString())
                .kind(other.kind);
        portId = other.portId;
        vlan = other.vlan;
        peerInterfaceId = other.peerInterfaceId;
        takesLabels = other.takesLabels;
        tunnel.copyFrom(other.tunnel);
        substrate.ends(other.substrate.localMac(), other.substrate.peerMac());
        substrate.identified(other.substrate.identifier(), other.substrate.etherType(), other.substrate.priority());
        return this;
    }

    /** Which interface it is, and of which router. */
    public InterfaceSpec id(int interfaceId, int routerId) {
        this.interfaceId = interfaceId;
        this.routerId = routerId;
        return this;
    }

    /** Its MAC address, first octet most significant. */
    public InterfaceSpec mac(long mac) {
        this.mac = mac;
        return this;
    }

    /** The longest IP packet. */
    public InterfaceSpec mtuBytes(int mtuBytes) {
        this.mtuBytes = mtuBytes;
        return this;
    }

    /** As in the configuration, for messages. */
    public InterfaceSpec name(CharSequence name) {
        this.name = name;
        return this;
    }

    /**
     * It is attached to a port.
     *
     * @param vlan VLAN id, or 0 for untagged frames
     */
    public InterfaceSpec access(int portId, int vlan) {
        kind(InterfaceKind.ACCESS);
        this.portId = portId;
        this.vlan = vlan;
        return this;
    }

    /** Of an ACCESS interface, after {@link #access}: whether packets with MPLS labels may come in by it. */
    public InterfaceSpec takesLabels(boolean takesLabels) {
        this.takesLabels = takesLabels;
        return this;
    }

    /** It is an end of a link to another router of the node, whose other end may be added later. */
    public InterfaceSpec link(int peerInterfaceId) {
        kind(InterfaceKind.LINK);
        this.peerInterfaceId = peerInterfaceId;
        return this;
    }

    /**
     * It is an end of a virtual link in frames of a port.
     *
     * @param vlan VLAN id, or 0 for frames without
     * @param localMac source of what it sends
     * @param peerMac destination of that, and the only source of what it receives
     * @param identifier of the virtual link
     * @param etherType of the frames
     * @param priority of their VLAN tag
     */
    public InterfaceSpec substrate(
            int portId, int vlan, long localMac, long peerMac, int identifier, int etherType, int priority) {
        kind(InterfaceKind.SUBSTRATE);
        this.portId = portId;
        this.vlan = vlan;
        substrate.ends(localMac, peerMac);
        substrate.identified(identifier, etherType, priority);
        return this;
    }

    /** Of a SUBSTRATE interface, after {@link #substrate}: by which other one what comes in leaves, past every router; or {@link #NONE}. */
    public InterfaceSpec crossesTo(int peerInterfaceId) {
        this.peerInterfaceId = peerInterfaceId;
        return this;
    }

    /**
     * It is an end of a tunnel.
     *
     * @param underlayRouterId the router that forwards the outer packets
     * @param outerFamily of local and remote
     * @param localHigh source of the outer packets, an address of the underlay router
     * @param remoteHigh destination of the outer packets
     * @param hopLimit of the outer packets
     */
    public InterfaceSpec tunnel(
            Encapsulation encapsulation,
            int underlayRouterId,
            AddressFamily outerFamily,
            long localHigh,
            long localLow,
            long remoteHigh,
            long remoteLow,
            int hopLimit) {
        kind(InterfaceKind.TUNNEL);
        tunnel.kind(encapsulation, underlayRouterId)
                .ends(outerFamily, localHigh, localLow, remoteHigh, remoteLow)
                .hopLimit(hopLimit);
        return this;
    }

    /** Of a GRE tunnel, after {@link #tunnel}: see {@link TunnelSpec#gre}. */
    public InterfaceSpec gre(int greOptions, int key) {
        tunnel.gre(greOptions, key);
        return this;
    }

    /** Of a tunnel, after {@link #tunnel}: sum of {@link TunnelModes}. */
    public InterfaceSpec tunnelModes(int modes) {
        tunnel.modes(modes);
        return this;
    }

    /** Of a VXLAN tunnel, after {@link #tunnel}: see {@link TunnelSpec#vxlan}. */
    public InterfaceSpec vxlan(int udpPort, int vni) {
        tunnel.vxlan(udpPort, vni);
        return this;
    }

    /** Of an MPLS tunnel, after {@link #tunnel}: see {@link TunnelSpec#mpls}. */
    public InterfaceSpec mpls(int outLabel, int inLabel) {
        tunnel.mpls(outLabel, inLabel);
        return this;
    }

    /** Of an ESP tunnel, after {@link #tunnel}. */
    public InterfaceSpec esp(EspAlgorithm algorithm, int window, boolean isExtended) {
        tunnel.esp(algorithm, window, isExtended);
        return this;
    }

    /**
     * Of a VNS tunnel, or an ACCESS interface that is found by the VPN-ID: one of {@link VnsOption}, and all 32 bits of the VPN-ID.
     */
    public InterfaceSpec vns(int option, int vpnId) {
        tunnel.vns(option, vpnId);
        return this;
    }

    /** Leaves nothing of another kind behind. */
    private InterfaceSpec kind(InterfaceKind kind) {
        this.kind = kind;
        portId = 0;
        vlan = 0;
        peerInterfaceId = NONE;
        takesLabels = false;
        tunnel.clear();
        substrate.clear();
        return this;
    }

    public int interfaceId() {
        return interfaceId;
    }

    public int routerId() {
        return routerId;
    }

    public long mac() {
        return mac;
    }

    public int mtuBytes() {
        return mtuBytes;
    }

    public CharSequence name() {
        return name;
    }

    public InterfaceKind kind() {
        return kind;
    }

    /** Returns the port of an ACCESS or SUBSTRATE interface. */
    public int portId() {
        return portId;
    }

    /** Returns the VLAN of an ACCESS or SUBSTRATE interface; 0 = untagged frames. */
    public int vlan() {
        return vlan;
    }

    /** Whether packets with MPLS labels may come in by an ACCESS interface. */
    public boolean takesLabels() {
        return takesLabels;
    }

    /** Returns the other end of a LINK, or where a SUBSTRATE interface crosses to; else {@link #NONE}. */
    public int peerInterfaceId() {
        return peerInterfaceId;
    }

    /** Returns which {@link VnsOption} an ACCESS interface that is found by the VPN-ID has; others have none. */
    public int vnsOption() {
        return tunnel.vnsOption();
    }

    /** Returns the VPN-ID of an ACCESS interface that is found by it; else 0. */
    public int vpnId() {
        return tunnel.key();
    }

    /** Returns what a TUNNEL is beyond an interface; nothing, of another. */
    public TunnelSpec tunnel() {
        return tunnel;
    }

    /** Returns what a SUBSTRATE interface has beyond its port. */
    public SubstrateSpec substrate() {
        return substrate;
    }

    @Override
    public boolean equals(Object object) {
        return object instanceof InterfaceSpec other
                && interfaceId == other.interfaceId
                && routerId == other.routerId
                && mac == other.mac
                && mtuBytes == other.mtuBytes
                && CharSequence.compare(name, other.name) == 0
                && AttachmentText.of(this).equals(AttachmentText.of(other)); // every field of its kind is in it
    }

    @Override
    public int hashCode() {
        return Objects.hash(
                interfaceId, routerId, mac, mtuBytes, kind, portId, vlan, peerInterfaceId, tunnel.remoteLow());
    }

    @Override
    public String toString() {
        return name + ": interface " + interfaceId + " of router " + routerId + ", MAC " + Long.toHexString(mac)
                + ", MTU " + mtuBytes + ", " + AttachmentText.of(this);
    }
}
