package io.vireo.dataplane.conductor;

import io.vireo.dataplane.encapsulation.EncapsulationTable;
import io.vireo.dataplane.encapsulation.FixUp;
import io.vireo.dataplane.encapsulation.esp.EspHeader;
import io.vireo.dataplane.encapsulation.gre.GreHeader;
import io.vireo.dataplane.encapsulation.outer.OuterHeader;
import io.vireo.dataplane.encapsulation.vns.VnsHeader;
import io.vireo.dataplane.path.Ipv4;
import io.vireo.dataplane.path.Ipv6;
import io.vireo.dataplane.path.VpnIdOption;
import io.vireo.dataplane.wire.code.AddressFamily;
import io.vireo.dataplane.wire.value.InterfaceSpec;

/** Writes what all packets of a tunnel have in common before the packet inside. Single user: the conductor. */
final class TunnelHeaders {
    private final EncapsulationTable encapsulations;

    TunnelHeaders(EncapsulationTable encapsulations) {
        this.encapsulations = encapsulations;
    }

    /** Fills the record of a tunnel that no worker can reach; its packets go nowhere yet. */
    void define(int index, InterfaceSpec spec) {
        int outerBytes = isOverIpv4(spec) ? Ipv4.MIN_HEADER_BYTES : Ipv6.HEADER_BYTES;
        long header = header(index);
        writeOuter(header, spec);
        switch (spec.encapsulation()) {
            case NONE -> throw new IllegalArgumentException("a tunnel has an encapsulation");
            case IPIP -> {
                int fixUp = isOverIpv4(spec) ? FixUp.IPIP_OVER_IPV4 : FixUp.IPIP_OVER_IPV6;
                define(index, spec, fixUp, outerBytes);
            }
            case GRE -> {
                int fixUp = isOverIpv4(spec) ? FixUp.GRE_OVER_IPV4 : FixUp.GRE_OVER_IPV6;
                define(index, spec, fixUp, outerBytes + GreHeader.bytesOfOptions(spec.greOptions()));
                GreHeader.write(header + outerBytes, spec.greOptions(), spec.tunnelKey());
            }
            case ESP -> {
                // The sender writes the header as a whole.
                int fixUp = isOverIpv4(spec) ? FixUp.ESP_OVER_IPV4 : FixUp.ESP_OVER_IPV6;
                define(index, spec, fixUp, outerBytes + EspHeader.BYTES);
                encapsulations.setEspOptions(index, EspOptions.of(spec));
            }
            case VNS -> {
                define(index, spec, FixUp.VNS_OVER_IPV4, outerBytes + VpnIdOption.roomBytes(spec.vnsOption()));
                VnsHeader.write(header, spec.vnsOption(), spec.tunnelKey());
            }
        }
    }

    private long header(int index) {
        return EncapsulationTable.header(encapsulations.record(index));
    }

    private static boolean isOverIpv4(InterfaceSpec spec) {
        return spec.outerFamily() == AddressFamily.IPV4;
    }

    private void define(int index, InterfaceSpec spec, int fixUp, int headerBytes) {
        encapsulations.define(index, spec.interfaceId(), spec.underlayRouterId(), fixUp, headerBytes);
        setModes(index, spec);
    }

    private static void writeOuter(long header, InterfaceSpec spec) {
        switch (spec.outerFamily()) {
            case IPV4 -> OuterHeader.writeIpv4(header, (int) spec.localLow(), (int) spec.remoteLow(), spec.hopLimit());
            case IPV6 ->
                OuterHeader.writeIpv6(
                        header,
                        spec.localHigh(),
                        spec.localLow(),
                        spec.remoteHigh(),
                        spec.remoteLow(),
                        spec.hopLimit());
        }
    }

    /** Changes how the outer header of the packets to come depends on them. */
    void setModes(int index, InterfaceSpec spec) {
        encapsulations.setModes(index, spec.tunnelModes());
    }

    /** Changes the hop limit of the packets to come. */
    void setHopLimit(int index, InterfaceSpec spec) {
        long header = header(index);
        switch (spec.outerFamily()) {
            case IPV4 -> OuterHeader.setTtl(header, spec.hopLimit());
            case IPV6 -> OuterHeader.setHopLimit(header, spec.hopLimit());
        }
    }
}
