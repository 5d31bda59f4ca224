package io.vireo.dataplane.wire.command;

import io.vireo.dataplane.wire.ring.Claim;
import io.vireo.dataplane.wire.ring.MessageFrame;
import io.vireo.dataplane.wire.sbe.AddInterfaceEncoder;
import io.vireo.dataplane.wire.sbe.AddInterfaceMacEncoder;
import io.vireo.dataplane.wire.sbe.AddPortEncoder;
import io.vireo.dataplane.wire.sbe.AddRouterEncoder;
import io.vireo.dataplane.wire.sbe.AddressFamilyCode;
import io.vireo.dataplane.wire.sbe.DetachPortEncoder;
import io.vireo.dataplane.wire.sbe.EncapsulationCode;
import io.vireo.dataplane.wire.sbe.EspAlgorithmCode;
import io.vireo.dataplane.wire.sbe.InterfaceKindCode;
import io.vireo.dataplane.wire.sbe.MessageHeaderEncoder;
import io.vireo.dataplane.wire.sbe.RemoveInterfaceEncoder;
import io.vireo.dataplane.wire.sbe.RemoveInterfaceMacEncoder;
import io.vireo.dataplane.wire.sbe.RemovePortEncoder;
import io.vireo.dataplane.wire.sbe.RemoveRouterEncoder;
import io.vireo.dataplane.wire.sbe.SetInterfaceLinkEncoder;
import io.vireo.dataplane.wire.sbe.SetInterfaceStateEncoder;
import io.vireo.dataplane.wire.sbe.SetPortLinkEncoder;
import io.vireo.dataplane.wire.sbe.SetPuntBudgetEncoder;
import io.vireo.dataplane.wire.value.InterfaceSpec;
import io.vireo.dataplane.wire.value.TunnelSpec;

/** Commands about ports, virtual routers and interfaces. Part of {@link DataplaneProxy}, which says what the methods have in common. */
public final class TopologyProxy {
    private final Claim claim;
    private final CommandRules rules;

    TopologyProxy(Claim claim, CommandRules rules) {
        this.claim = claim;
        this.rules = rules;
    }

    /** Opens and starts a port. Answered by PortState, or by CommandResult when refused. */
    public boolean addPort(
            long correlationId,
            int portId,
            int rxQueues,
            int descriptors,
            int mtu,
            CharSequence name,
            CharSequence devargs) {
        CommandRules.require("AddPort", rules.addPort(portId, rxQueues, descriptors, mtu, name, devargs));
        int length = AddPortEncoder.BLOCK_LENGTH + MessageFrame.textLength(name) + MessageFrame.textLength(devargs);
        int index = claim.tryClaim(length);
        if (index < 0) {
            return false;
        }
        new AddPortEncoder()
                .wrapAndApplyHeader(claim.buffer(), index, new MessageHeaderEncoder())
                .correlationId(correlationId)
                .portId(portId)
                .rxQueues(rxQueues)
                .descriptors(descriptors)
                .mtu(mtu)
                .name(name)
                .devargs(devargs);
        return claim.commit(index);
    }

    /** Stops and closes a port. Answered by PortState, or by CommandResult when refused. */
    public boolean removePort(long correlationId, int portId) {
        CommandRules.require("RemovePort", rules.port(portId));
        int index = claim.tryClaim(RemovePortEncoder.BLOCK_LENGTH);
        if (index < 0) {
            return false;
        }
        new RemovePortEncoder()
                .wrapAndApplyHeader(claim.buffer(), index, new MessageHeaderEncoder())
                .correlationId(correlationId)
                .portId(portId);
        return claim.commit(index);
    }

    /** Says whether a port whose driver does not see it has a carrier; also before {@link #addPort}. */
    public boolean setPortLink(long correlationId, int portId, boolean up) {
        CommandRules.require("SetPortLink", rules.port(portId));
        int index = claim.tryClaim(SetPortLinkEncoder.BLOCK_LENGTH);
        if (index < 0) {
            return false;
        }
        new SetPortLinkEncoder()
                .wrapAndApplyHeader(claim.buffer(), index, new MessageHeaderEncoder())
                .correlationId(correlationId)
                .portId(portId)
                .up((short) (up ? 1 : 0));
        return claim.commit(index);
    }

    /** Closes the device of a port, which keeps its interfaces. Answered by PortState, or by CommandResult when refused. */
    public boolean detachPort(long correlationId, int portId) {
        CommandRules.require("DetachPort", rules.port(portId));
        int index = claim.tryClaim(DetachPortEncoder.BLOCK_LENGTH);
        if (index < 0) {
            return false;
        }
        new DetachPortEncoder()
                .wrapAndApplyHeader(claim.buffer(), index, new MessageHeaderEncoder())
                .correlationId(correlationId)
                .portId(portId);
        return claim.commit(index);
    }

    /** Creates a virtual router, or changes its punt limit. */
    public boolean addRouter(
            long correlationId,
            int routerId,
            long vpnId,
            int puntPacketsPerSecond,
            int puntBurstPackets,
            CharSequence name) {
        CommandRules.require(
                "AddRouter", rules.addRouter(routerId, vpnId, puntPacketsPerSecond, puntBurstPackets, name));
        int index = claim.tryClaim(AddRouterEncoder.BLOCK_LENGTH + MessageFrame.textLength(name));
        if (index < 0) {
            return false;
        }
        new AddRouterEncoder()
                .wrapAndApplyHeader(claim.buffer(), index, new MessageHeaderEncoder())
                .correlationId(correlationId)
                .routerId(routerId)
                .vpnId(vpnId)
                .puntPacketsPerSecond(puntPacketsPerSecond)
                .puntBurstPackets(puntBurstPackets)
                .name(name);
        return claim.commit(index);
    }

    /**
     * Gives a class of punted packets another budget than its share of the router's rate, until the next {@link #addRouter}.
     *
     * @param puntClass {@link io.vireo.dataplane.wire.code.PuntClass} code
     */
    public boolean setPuntBudget(
            long correlationId,
            int routerId,
            int puntClass,
            int packetsPerSecond,
            int burstPackets,
            int interfacePacketsPerSecond,
            int interfaceBurstPackets) {
        CommandRules.require(
                "SetPuntBudget",
                rules.setPuntBudget(
                        routerId,
                        puntClass,
                        packetsPerSecond,
                        burstPackets,
                        interfacePacketsPerSecond,
                        interfaceBurstPackets));
        int index = claim.tryClaim(SetPuntBudgetEncoder.BLOCK_LENGTH);
        if (index < 0) {
            return false;
        }
        new SetPuntBudgetEncoder()
                .wrapAndApplyHeader(claim.buffer(), index, new MessageHeaderEncoder())
                .correlationId(correlationId)
                .routerId(routerId)
                .puntClass((short) puntClass)
                .packetsPerSecond(packetsPerSecond)
                .burstPackets(burstPackets)
                .interfacePacketsPerSecond(interfacePacketsPerSecond)
                .interfaceBurstPackets(interfaceBurstPackets);
        return claim.commit(index);
    }

    /** Frees a virtual router. */
    public boolean removeRouter(long correlationId, int routerId) {
        CommandRules.require("RemoveRouter", rules.router(routerId));
        int index = claim.tryClaim(RemoveRouterEncoder.BLOCK_LENGTH);
        if (index < 0) {
            return false;
        }
        new RemoveRouterEncoder()
                .wrapAndApplyHeader(claim.buffer(), index, new MessageHeaderEncoder())
                .correlationId(correlationId)
                .routerId(routerId);
        return claim.commit(index);
    }

    /** Creates an interface, or changes its MAC address and MTU. */
    public boolean addInterface(long correlationId, InterfaceSpec spec) {
        CommandRules.require("AddInterface", rules.addInterface(spec));
        int index = claim.tryClaim(AddInterfaceEncoder.BLOCK_LENGTH + MessageFrame.textLength(spec.name()));
        if (index < 0) {
            return false;
        }
        TunnelSpec tunnel = spec.tunnel();
        KeepaliveMessageFields.put(SubstrateFields.begin(claim.buffer(), index, spec.substrate()), tunnel.keepalive())
                .correlationId(correlationId)
                .mac(spec.mac())
                .interfaceId(spec.interfaceId())
                .routerId(spec.routerId())
                .peerInterfaceId(spec.peerInterfaceId())
                .portId(spec.portId())
                .vlan(spec.vlan())
                .mtu(spec.mtuBytes())
                .kind(InterfaceKindCode.get((short) spec.kind().code()))
                .encapsulation(
                        EncapsulationCode.get((short) tunnel.encapsulation().code()))
                .outerFamily(AddressFamilyCode.get((short) tunnel.outerFamily().code()))
                .hopLimit((short) tunnel.hopLimit())
                .underlayRouterId(tunnel.underlayRouterId())
                .localHigh(tunnel.localHigh())
                .localLow(tunnel.localLow())
                .remoteHigh(tunnel.remoteHigh())
                .remoteLow(tunnel.remoteLow())
                .tunnelKey(Integer.toUnsignedLong(tunnel.key()))
                .greOptions((short) tunnel.greOptions())
                .vnsOption((short) tunnel.vnsOption())
                .tunnelModes(tunnel.modes())
                .espAlgorithm(
                        EspAlgorithmCode.get((short) tunnel.esp().algorithm().code()))
                .espWindow(tunnel.esp().window())
                .espExtended((short) (tunnel.esp().isExtended() ? 1 : 0))
                .udpPort(tunnel.udpPort())
                .outLabel(tunnel.outLabel())
                .takesLabels((short) (spec.takesLabels() ? 1 : 0))
                .name(spec.name());
        return claim.commit(index);
    }

    /** Removes an interface with its neighbours. */
    public boolean removeInterface(long correlationId, int interfaceId) {
        CommandRules.require("RemoveInterface", rules.interfaceId(interfaceId));
        int index = claim.tryClaim(RemoveInterfaceEncoder.BLOCK_LENGTH);
        if (index < 0) {
            return false;
        }
        new RemoveInterfaceEncoder()
                .wrapAndApplyHeader(claim.buffer(), index, new MessageHeaderEncoder())
                .correlationId(correlationId)
                .interfaceId(interfaceId);
        return claim.commit(index);
    }

    /** Opens or closes an interface. */
    public boolean setInterfaceState(long correlationId, int interfaceId, boolean up) {
        CommandRules.require("SetInterfaceState", rules.interfaceId(interfaceId));
        int index = claim.tryClaim(SetInterfaceStateEncoder.BLOCK_LENGTH);
        if (index < 0) {
            return false;
        }
        new SetInterfaceStateEncoder()
                .wrapAndApplyHeader(claim.buffer(), index, new MessageHeaderEncoder())
                .correlationId(correlationId)
                .interfaceId(interfaceId)
                .up((short) (up ? 1 : 0));
        return claim.commit(index);
    }

    /** Changes MAC address and MTU of an interface, until the next {@link #addInterface}. */
    public boolean setInterfaceLink(long correlationId, int interfaceId, long mac, int mtu) {
        CommandRules.require("SetInterfaceLink", rules.interfaceLink(interfaceId, mac, mtu));
        int index = claim.tryClaim(SetInterfaceLinkEncoder.BLOCK_LENGTH);
        if (index < 0) {
            return false;
        }
        new SetInterfaceLinkEncoder()
                .wrapAndApplyHeader(claim.buffer(), index, new MessageHeaderEncoder())
                .correlationId(correlationId)
                .mac(mac)
                .interfaceId(interfaceId)
                .mtu(mtu);
        return claim.commit(index);
    }

    /** Has an interface take frames for another MAC address too. */
    public boolean addInterfaceMac(long correlationId, int interfaceId, long mac) {
        CommandRules.require("AddInterfaceMac", rules.interfaceMac(interfaceId, mac));
        int index = claim.tryClaim(AddInterfaceMacEncoder.BLOCK_LENGTH);
        if (index < 0) {
            return false;
        }
        new AddInterfaceMacEncoder()
                .wrapAndApplyHeader(claim.buffer(), index, new MessageHeaderEncoder())
                .correlationId(correlationId)
                .mac(mac)
                .interfaceId(interfaceId);
        return claim.commit(index);
    }

    /** Has an interface take frames for that MAC address no longer. */
    public boolean removeInterfaceMac(long correlationId, int interfaceId, long mac) {
        CommandRules.require("RemoveInterfaceMac", rules.interfaceMac(interfaceId, mac));
        int index = claim.tryClaim(RemoveInterfaceMacEncoder.BLOCK_LENGTH);
        if (index < 0) {
            return false;
        }
        new RemoveInterfaceMacEncoder()
                .wrapAndApplyHeader(claim.buffer(), index, new MessageHeaderEncoder())
                .correlationId(correlationId)
                .mac(mac)
                .interfaceId(interfaceId);
        return claim.commit(index);
    }
}
