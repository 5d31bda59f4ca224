package io.vireo.dataplane.wire.command;

import io.vireo.dataplane.wire.code.AddressFamily;
import io.vireo.dataplane.wire.code.AddressUse;
import io.vireo.dataplane.wire.code.RouteKind;
import io.vireo.dataplane.wire.value.ClassSpec;
import io.vireo.dataplane.wire.value.EmulationSpec;
import io.vireo.dataplane.wire.value.FilterChunk;
import io.vireo.dataplane.wire.value.InterfaceSpec;
import io.vireo.dataplane.wire.value.LabelSpec;
import io.vireo.dataplane.wire.value.NextHops;
import io.vireo.dataplane.wire.value.SecurityAssociationSpec;

/** Counts the commands and touches every text, next hop and field, so that nothing is optimised away. */
public class CountingCommandHandler implements AllCommands.Handler {
    public long calls;
    long touched;

    @Override
    public void onAddPort(
            long correlationId,
            int portId,
            int rxQueues,
            int descriptors,
            int mtu,
            CharSequence name,
            CharSequence devargs) {
        calls++;
        touched += correlationId
                + portId
                + rxQueues
                + descriptors
                + mtu
                + name.charAt(name.length() - 1)
                + devargs.charAt(devargs.length() - 1);
    }

    @Override
    public void onRemovePort(long correlationId, int portId) {
        calls++;
        touched += correlationId + portId;
    }

    @Override
    public void onSetPortLink(long correlationId, int portId, boolean up) {
        calls++;
        touched += correlationId + portId + (up ? 1 : 0);
    }

    @Override
    public void onDetachPort(long correlationId, int portId) {
        calls++;
        touched += correlationId + portId;
    }

    @Override
    public void onAddRouter(
            long correlationId,
            int routerId,
            long vpnId,
            int puntPacketsPerSecond,
            int puntBurstPackets,
            CharSequence name) {
        calls++;
        touched += correlationId
                + routerId
                + vpnId
                + puntPacketsPerSecond
                + puntBurstPackets
                + name.charAt(name.length() - 1);
    }

    @Override
    public void onSetPuntBudget(
            long correlationId,
            int routerId,
            int puntClass,
            int packetsPerSecond,
            int burstPackets,
            int interfacePacketsPerSecond,
            int interfaceBurstPackets) {
        calls++;
        touched += correlationId
                + routerId
                + puntClass
                + packetsPerSecond
                + burstPackets
                + interfacePacketsPerSecond
                + interfaceBurstPackets;
    }

    @Override
    public void onSetEmulation(long correlationId, int interfaceId, EmulationSpec spec) {
        calls++;
        touched += correlationId + interfaceId + spec.delayNs() + spec.limitPackets() + spec.seed();
    }

    @Override
    public void onSetMembers(long correlationId, int interfaceId, int totalLongs, int firstLong, FilterChunk part) {
        calls++;
        touched += correlationId + interfaceId + totalLongs + firstLong + part.size();
    }

    @Override
    public void onRemoveRouter(long correlationId, int routerId) {
        calls++;
        touched += correlationId + routerId;
    }

    @Override
    public void onAddInterface(long correlationId, InterfaceSpec spec) {
        calls++;
        touched += correlationId
                + spec.interfaceId()
                + spec.routerId()
                + spec.mac()
                + spec.mtuBytes()
                + spec.name().charAt(spec.name().length() - 1);
        touched += switch (spec.kind()) {
            case ACCESS -> spec.portId() + spec.vlan();
            case LINK -> spec.peerInterfaceId();
            case SUBSTRATE ->
                spec.vlan()
                        + spec.peerInterfaceId()
                        + spec.substrate().peerMac()
                        + spec.substrate().identifier();
            case TUNNEL ->
                spec.tunnel().underlayRouterId()
                        + spec.tunnel().localLow()
                        + spec.tunnel().remoteLow()
                        + spec.tunnel().hopLimit();
        };
    }

    @Override
    public void onRemoveInterface(long correlationId, int interfaceId) {
        calls++;
        touched += correlationId + interfaceId;
    }

    @Override
    public void onSetInterfaceState(long correlationId, int interfaceId, boolean up) {
        calls++;
        touched += correlationId + interfaceId + (up ? 1 : 0);
    }

    @Override
    public void onSetInterfaceLink(long correlationId, int interfaceId, long mac, int mtu) {
        calls++;
        touched += correlationId + interfaceId + mac + mtu;
    }

    @Override
    public void onAddInterfaceMac(long correlationId, int interfaceId, long mac) {
        calls++;
        touched += correlationId + interfaceId + mac;
    }

    @Override
    public void onRemoveInterfaceMac(long correlationId, int interfaceId, long mac) {
        calls++;
        touched += correlationId + interfaceId + mac;
    }

    @Override
    public void onAddInterfaceAddress(
            long correlationId,
            int interfaceId,
            AddressFamily family,
            long addressHigh,
            long addressLow,
            AddressUse use) {
        calls++;
        touched += correlationId + interfaceId + family.code() + addressHigh + addressLow + use.code();
    }

    @Override
    public void onRemoveInterfaceAddress(
            long correlationId, int interfaceId, AddressFamily family, long addressHigh, long addressLow) {
        calls++;
        touched += correlationId + interfaceId + family.code() + addressHigh + addressLow;
    }

    @Override
    public void onAddNeighbour(
            long correlationId, int interfaceId, AddressFamily family, long addressHigh, long addressLow, long mac) {
        calls++;
        touched += correlationId + interfaceId + family.code() + addressHigh + addressLow + mac;
    }

    @Override
    public void onRemoveNeighbour(
            long correlationId, int interfaceId, AddressFamily family, long addressHigh, long addressLow) {
        calls++;
        touched += correlationId + interfaceId + family.code() + addressHigh + addressLow;
    }

    @Override
    public void onAddRoute(
            long correlationId,
            int routerId,
            AddressFamily family,
            long prefixHigh,
            long prefixLow,
            int prefixLength,
            RouteKind kind,
            NextHops nextHops) {
        calls++;
        touched += correlationId
                + routerId
                + family.code()
                + prefixHigh
                + prefixLow
                + prefixLength
                + kind.code()
                + nextHops.size();
    }

    @Override
    public void onRemoveRoute(
            long correlationId, int routerId, AddressFamily family, long prefixHigh, long prefixLow, int prefixLength) {
        calls++;
        touched += correlationId + routerId + family.code() + prefixHigh + prefixLow + prefixLength;
    }

    @Override
    public void onSetFlowSeed(long correlationId, long seed) {
        calls++;
        touched += correlationId + seed;
    }

    @Override
    public void onResyncBegin(long correlationId, long epoch) {
        calls++;
        touched += correlationId + epoch;
    }

    @Override
    public void onResyncEnd(long correlationId, long epoch) {
        calls++;
        touched += correlationId + epoch;
    }

    @Override
    public void onDumpRoutes(long correlationId, int routerId) {
        calls++;
        touched += correlationId + routerId;
    }

    @Override
    public void onDumpNeighbours(long correlationId, int routerId) {
        calls++;
        touched += correlationId + routerId;
    }

    @Override
    public void onStartCapture(
            long correlationId, int captureId, int interfaceId, int dropReason, int snapLength, long packetLimit) {
        calls++;
        touched += correlationId + captureId + interfaceId + dropReason + snapLength + packetLimit;
    }

    @Override
    public void onStopCapture(long correlationId, int captureId) {
        calls++;
        touched += correlationId + captureId;
    }

    @Override
    public void onSetPortRate(long correlationId, int portId, long rateBitsPerSecond, int overheadBytes) {
        calls++;
        touched += correlationId + portId + rateBitsPerSecond + overheadBytes;
    }

    @Override
    public void onAddClass(
            long correlationId,
            int classId,
            int parentClassId,
            int portId,
            int interfaceId,
            ClassSpec spec,
            CharSequence name) {
        calls++;
        touched += correlationId + classId + parentClassId + portId + interfaceId + spec.quotaId() + name.length();
    }

    @Override
    public void onRemoveClass(long correlationId, int classId) {
        calls++;
        touched += correlationId + classId;
    }

    @Override
    public void onSetClassFilter(
            long correlationId, int interfaceId, int defaultClassId, int totalLongs, int firstLong, FilterChunk chunk) {
        calls++;
        touched += correlationId + interfaceId + defaultClassId + totalLongs + firstLong + chunk.size();
    }

    @Override
    public void onSetQuota(long correlationId, int quotaId, int packets, long bytes) {
        calls++;
        touched += correlationId + quotaId + packets + bytes;
    }

    @Override
    public void onDumpScheduling(long correlationId) {
        calls++;
        touched += correlationId;
    }

    @Override
    public void onAddSecurityAssociation(long correlationId, SecurityAssociationSpec spec) {
        calls++;
        touched += correlationId + spec.interfaceId() + spec.spi() + spec.key0();
    }

    @Override
    public void onRemoveSecurityAssociation(long correlationId, int interfaceId, int spi, boolean isOutbound) {
        calls++;
        touched += correlationId + interfaceId + spi + (isOutbound ? 1 : 0);
    }

    @Override
    public void onDumpSecurityAssociations(long correlationId) {
        calls++;
        touched += correlationId;
    }

    @Override
    public void onAddLabel(long correlationId, LabelSpec spec, NextHops nextHops) {
        calls++;
        touched += correlationId + spec.label() + spec.outCount() + nextHops.size();
    }

    @Override
    public void onRemoveLabel(long correlationId, int routerId, int label) {
        calls++;
        touched += correlationId + routerId + label;
    }

    @Override
    public void onDumpLabels(long correlationId) {
        calls++;
        touched += correlationId;
    }

    @Override
    public void onBarrier(long correlationId) {
        calls++;
        touched += correlationId;
    }

    @Override
    public void onInvalid(long correlationId, String reason) {
        touched += correlationId + reason.charAt(reason.length() - 1);
    }
}
