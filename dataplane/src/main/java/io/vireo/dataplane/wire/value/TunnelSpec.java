package io.vireo.dataplane.wire.value;

import io.vireo.dataplane.wire.code.AddressFamily;
import io.vireo.dataplane.wire.code.Encapsulation;
import io.vireo.dataplane.wire.code.EspAlgorithm;
import io.vireo.dataplane.wire.code.GreOptions;
import io.vireo.dataplane.wire.code.TunnelModes;
import io.vireo.dataplane.wire.code.VnsOption;
import org.jspecify.annotations.Nullable;

/**
 * What a tunnel is to be: its kind, its underlay, its two ends, and what its kind has beyond that. Fields that its kind does not have
 * are as {@link #clear} leaves them. Part of {@link InterfaceSpec}, which says what the methods have in common.
 */
public final class TunnelSpec {
    private Encapsulation encapsulation = Encapsulation.NONE;
    private int underlayRouterId = InterfaceSpec.NONE;
    private AddressFamily outerFamily = AddressFamily.IPV4;
    private long localHigh;
    private long localLow;
    private long remoteHigh;
    private long remoteLow;
    private int hopLimit;
    private int modes = TunnelModes.DEFAULT;
    private int key;
    private int greOptions = GreOptions.NONE;
    private int vnsOption = VnsOption.NONE;
    private int udpPort;
    private int outLabel;
    private final EspSpec esp = new EspSpec();
    private final KeepaliveSpec keepalive = new KeepaliveSpec();

    /** No tunnel. */
    public TunnelSpec clear() {
        return kind(Encapsulation.NONE, InterfaceSpec.NONE)
                .ends(AddressFamily.IPV4, 0, 0, 0, 0)
                .hopLimit(0)
                .modes(TunnelModes.DEFAULT)
                .gre(GreOptions.NONE, 0)
                .vns(VnsOption.NONE, 0)
                .vxlan(0, 0)
                .mpls(0, 0)
                .esp(EspAlgorithm.NONE, 0, false)
                .keepalive(AddressFamily.IPV4, 0, 0, 0, 0);
    }

    /** Becomes equal to another. */
    public TunnelSpec copyFrom(TunnelSpec other) {
        keepalive.copyFrom(other.keepalive);
        return kind(other.encapsulation, other.underlayRouterId)
                .ends(other.outerFamily, other.localHigh, other.localLow, other.remoteHigh, other.remoteLow)
                .hopLimit(other.hopLimit)
                .modes(other.modes)
                .gre(other.greOptions, other.key)
                .vns(other.vnsOption, other.key)
                .vxlan(other.udpPort, other.key)
                .mpls(other.outLabel, other.key)
                .esp(other.esp.algorithm(), other.esp.window(), other.esp.isExtended());
    }

    /**
     * How packets are wrapped, and who sends them.
     *
     * @param underlayRouterId the router that forwards the outer packets
     */
    public TunnelSpec kind(Encapsulation encapsulation, int underlayRouterId) {
        this.encapsulation = encapsulation;
        this.underlayRouterId = underlayRouterId;
        return this;
    }

    /**
     * Between which addresses.
     *
     * @param outerFamily of local and remote
     * @param localHigh source of the outer packets, an address of the underlay router
     * @param remoteHigh destination of the outer packets
     */
    public TunnelSpec ends(AddressFamily outerFamily, long localHigh, long localLow, long remoteHigh, long remoteLow) {
        this.outerFamily = outerFamily;
        this.localHigh = localHigh;
        this.localLow = localLow;
        this.remoteHigh = remoteHigh;
        this.remoteLow = remoteLow;
        return this;
    }

    /** Of the outer packets. */
    public TunnelSpec hopLimit(int hopLimit) {
        this.hopLimit = hopLimit;
        return this;
    }

    /** Sum of {@link TunnelModes}. */
    public TunnelSpec modes(int modes) {
        this.modes = modes;
        return this;
    }

    /**
     * Of GRE: what its header has beyond the first four bytes.
     *
     * @param greOptions sum of {@link GreOptions}
     * @param key all 32 bits of it; 0 without {@link GreOptions#KEY}
     */
    public TunnelSpec gre(int greOptions, int key) {
        this.greOptions = greOptions;
        this.key = key;
        return this;
    }

    /** Of VNS: one of {@link VnsOption}, and all 32 bits of the VPN-ID, which is the {@link #key}. */
    public TunnelSpec vns(int option, int vpnId) {
        vnsOption = option;
        key = vpnId;
        return this;
    }

    /** Of VXLAN: to which UDP port of the far end packets go, and come here, and the VNI, which is the {@link #key}. */
    public TunnelSpec vxlan(int udpPort, int vni) {
        this.udpPort = udpPort;
        key = vni;
        return this;
    }

    /** Of MPLS: the label of what leaves, and that of what comes, which is the {@link #key}. */
    public TunnelSpec mpls(int outLabel, int inLabel) {
        this.outLabel = outLabel;
        key = inLabel;
        return this;
    }

    /** Of ESP: in UDP (RFC 3948), from this port to the same one of the far end; 0: in IP itself. */
    public TunnelSpec espInUdp(int port) {
        udpPort = port;
        return this;
    }

    /** Of MPLS within UDP: to which port of the far end packets go, and come here; then {@link #mpls}. */
    public TunnelSpec udpPort(int port) {
        udpPort = port;
        return this;
    }

    /** Of ESP. */
    public TunnelSpec esp(EspAlgorithm algorithm, int window, boolean isExtended) {
        esp.set(algorithm, window, isExtended);
        return this;
    }

    /**
     * Of a tunnel whose far end is watched by echo requests that are sent through it.
     *
     * @param family of the target
     * @param targetHigh whom they are sent to; 0/0: none are
     * @param intervalMs time between two of them
     * @param misses how many in a row may be without an answer
     */
    public TunnelSpec keepalive(AddressFamily family, long targetHigh, long targetLow, int intervalMs, int misses) {
        keepalive.set(family, targetHigh, targetLow, intervalMs, misses);
        return this;
    }

    /** Returns how packets are wrapped. */
    public Encapsulation encapsulation() {
        return encapsulation;
    }

    /** Returns the router that forwards the outer packets, or {@link InterfaceSpec#NONE}. */
    public int underlayRouterId() {
        return underlayRouterId;
    }

    /** Returns the family of the outer addresses. */
    public AddressFamily outerFamily() {
        return outerFamily;
    }

    /** Returns the high half of the outer source. */
    public long localHigh() {
        return localHigh;
    }

    /** Returns the low half of the outer source. */
    public long localLow() {
        return localLow;
    }

    /** Returns the high half of the outer destination. */
    public long remoteHigh() {
        return remoteHigh;
    }

    /** Returns the low half of the outer destination. */
    public long remoteLow() {
        return remoteLow;
    }

    /** Returns the hop limit of the outer packets. */
    public int hopLimit() {
        return hopLimit;
    }

    /** Returns the {@link TunnelModes}. */
    public int modes() {
        return modes;
    }

    /** Returns the key of a kind that has one, of VNS the VPN-ID, of VXLAN the VNI, of MPLS the label of what comes; else 0. */
    public int key() {
        return key;
    }

    /** Whether the {@link #key} distinguishes it from other tunnels between its ends. */
    public boolean isKeyed() {
        return (greOptions & GreOptions.KEY) != 0
                || encapsulation == Encapsulation.VNS
                || encapsulation == Encapsulation.VXLAN
                || encapsulation.isMpls();
    }

    /** Whether frames are wrapped, and not packets: then the interface has neighbours as that of a port has. */
    public boolean isEthernet() {
        return (greOptions & GreOptions.ETHERNET) != 0 || encapsulation == Encapsulation.VXLAN;
    }

    /** Whether its packets have an outer header of IP. Without one nobody says from whom they come: a label alone finds the tunnel. */
    public boolean hasOuterHeader() {
        return encapsulation != Encapsulation.MPLS;
    }

    /** Returns the high half of the source of the outer packets that come; 0 where they have none. */
    public long outerSourceHigh() {
        return hasOuterHeader() ? remoteHigh : 0;
    }

    /** Returns the low half of {@link #outerSourceHigh}. */
    public long outerSourceLow() {
        return hasOuterHeader() ? remoteLow : 0;
    }

    /** Returns the high half of the destination of the outer packets that come; 0 where they have none. */
    public long outerDestinationHigh() {
        return hasOuterHeader() ? localHigh : 0;
    }

    /** Returns the low half of {@link #outerDestinationHigh}. */
    public long outerDestinationLow() {
        return hasOuterHeader() ? localLow : 0;
    }

    /** Returns which {@link GreOptions} a GRE tunnel has; other tunnels have none. */
    public int greOptions() {
        return greOptions;
    }

    /** Returns the label of what leaves by an MPLS tunnel; others have none. */
    public int outLabel() {
        return outLabel;
    }

    /** Returns which {@link VnsOption} a VNS tunnel has; others have none. */
    public int vnsOption() {
        return vnsOption;
    }

    /** Returns the UDP port of a tunnel within UDP; others have none, 0. */
    public int udpPort() {
        return udpPort;
    }

    /** Returns how it finds out whether its far end answers. */
    public KeepaliveSpec keepalive() {
        return keepalive;
    }

    /** Returns what an ESP tunnel has beyond its ends. */
    public EspSpec esp() {
        return esp;
    }

    /** Returns the first field that differs of those that a tunnel keeps for its life: all but hop limit and modes; null: none. */
    public @Nullable String fixedDifference(TunnelSpec other) {
        return TunnelDifference.fixed(this, other);
    }

    /** Every field, for people and to compare two. */
    @Override
    public String toString() {
        return encapsulation + " in router " + underlayRouterId + " from " + outerFamily + " "
                + Long.toHexString(localHigh) + "/" + Long.toHexString(localLow) + " to "
                + Long.toHexString(remoteHigh) + "/" + Long.toHexString(remoteLow)
                + " hop limit " + hopLimit + " key " + Integer.toUnsignedString(key)
                + " options " + greOptions + " VPN-ID option " + vnsOption + " UDP port " + udpPort + " out label "
                + outLabel + " " + esp
                + " modes " + modes + keepalive;
    }
}
