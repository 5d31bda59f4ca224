package io.vireo.dataplane.wire.command;

import static io.vireo.dataplane.wire.command.CommandDecoder.MALFORMED;

import io.vireo.dataplane.wire.code.AddressFamily;
import io.vireo.dataplane.wire.code.Encapsulation;
import io.vireo.dataplane.wire.code.InterfaceKind;
import io.vireo.dataplane.wire.ring.MessageFrame;
import io.vireo.dataplane.wire.ring.TextView;
import io.vireo.dataplane.wire.sbe.AddInterfaceDecoder;
import io.vireo.dataplane.wire.sbe.AddInterfaceMacDecoder;
import io.vireo.dataplane.wire.sbe.AddPortDecoder;
import io.vireo.dataplane.wire.sbe.AddRouterDecoder;
import io.vireo.dataplane.wire.sbe.DetachPortDecoder;
import io.vireo.dataplane.wire.sbe.RemoveInterfaceDecoder;
import io.vireo.dataplane.wire.sbe.RemoveInterfaceMacDecoder;
import io.vireo.dataplane.wire.sbe.RemovePortDecoder;
import io.vireo.dataplane.wire.sbe.RemoveRouterDecoder;
import io.vireo.dataplane.wire.sbe.SetInterfaceLinkDecoder;
import io.vireo.dataplane.wire.sbe.SetInterfaceStateDecoder;
import io.vireo.dataplane.wire.sbe.SetPortLinkDecoder;
import io.vireo.dataplane.wire.sbe.SetPuntBudgetDecoder;
import io.vireo.dataplane.wire.value.InterfaceSpec;
import org.jspecify.annotations.Nullable;

/**
 * Decodes the commands about ports, routers and interfaces. Part of {@link CommandAdapter}.
 */
final class TopologyCommandDecoder {
    private final MessageFrame frame;
    private final CommandRules rules;
    private final PortCommandHandler ports;
    private final RouterCommandHandler routers;
    private final InterfaceCommandHandler interfaces;
    private final AddPortDecoder addPort = new AddPortDecoder();
    private final RemovePortDecoder removePort = new RemovePortDecoder();
    private final SetPortLinkDecoder setPortLink = new SetPortLinkDecoder();
    private final DetachPortDecoder detachPort = new DetachPortDecoder();
    private final AddRouterDecoder addRouter = new AddRouterDecoder();
    private final SetPuntBudgetDecoder setPuntBudget = new SetPuntBudgetDecoder();
    private final RemoveRouterDecoder removeRouter = new RemoveRouterDecoder();
    private final AddInterfaceDecoder addInterface = new AddInterfaceDecoder();
    private final RemoveInterfaceDecoder removeInterface = new RemoveInterfaceDecoder();
    private final SetInterfaceStateDecoder setInterfaceState = new SetInterfaceStateDecoder();
    private final AddInterfaceMacDecoder addInterfaceMac = new AddInterfaceMacDecoder();
    private final SetInterfaceLinkDecoder setInterfaceLink = new SetInterfaceLinkDecoder();
    private final RemoveInterfaceMacDecoder removeInterfaceMac = new RemoveInterfaceMacDecoder();
    private final TextView name = new TextView();
    private final TextView devargs = new TextView();
    private final InterfaceSpec spec = new InterfaceSpec();

    TopologyCommandDecoder(MessageFrame frame, CommandRules rules, CommandHandlers handlers) {
        this.frame = frame;
        this.rules = rules;
        ports = handlers.ports();
        routers = handlers.routers();
        interfaces = handlers.interfaces();
    }

    /** Puts the decoders in their places. */
    void addTo(CommandDecoders decoders) {
        decoders.put(AddPortDecoder.TEMPLATE_ID, this::addPort);
        decoders.put(RemovePortDecoder.TEMPLATE_ID, this::removePort);
        decoders.put(SetPortLinkDecoder.TEMPLATE_ID, this::setPortLink);
        decoders.put(DetachPortDecoder.TEMPLATE_ID, this::detachPort);
        decoders.put(AddRouterDecoder.TEMPLATE_ID, this::addRouter);
        decoders.put(SetPuntBudgetDecoder.TEMPLATE_ID, this::setPuntBudget);
        decoders.put(RemoveRouterDecoder.TEMPLATE_ID, this::removeRouter);
        decoders.put(AddInterfaceDecoder.TEMPLATE_ID, this::addInterface);
        decoders.put(RemoveInterfaceDecoder.TEMPLATE_ID, this::removeInterface);
        decoders.put(SetInterfaceStateDecoder.TEMPLATE_ID, this::setInterfaceState);
        decoders.put(AddInterfaceMacDecoder.TEMPLATE_ID, this::addInterfaceMac);
        decoders.put(SetInterfaceLinkDecoder.TEMPLATE_ID, this::setInterfaceLink);
        decoders.put(RemoveInterfaceMacDecoder.TEMPLATE_ID, this::removeInterfaceMac);
    }

    private @Nullable String addPort() {
        if (!frame.hasBlock(AddPortDecoder.BLOCK_LENGTH) || !frame.hasBytes() || !frame.hasBytes()) {
            return MALFORMED;
        }
        AddPortDecoder m = addPort.wrap(frame.buffer(), frame.body(), frame.blockLength(), frame.version());
        m.wrapName(name.bytes());
        m.wrapDevargs(devargs.bytes());
        CharSequence portName = name.text();
        CharSequence device = devargs.text();
        String wrong = rules.addPort(m.portId(), m.rxQueues(), m.descriptors(), m.mtu(), portName, device);
        if (wrong == null) {
            ports.onAddPort(m.correlationId(), m.portId(), m.rxQueues(), m.descriptors(), m.mtu(), portName, device);
        }
        return wrong;
    }

    private @Nullable String removePort() {
        if (!frame.hasBlock(RemovePortDecoder.BLOCK_LENGTH)) {
            return MALFORMED;
        }
        RemovePortDecoder m = removePort.wrap(frame.buffer(), frame.body(), frame.blockLength(), frame.version());
        String wrong = rules.port(m.portId());
        if (wrong == null) {
            ports.onRemovePort(m.correlationId(), m.portId());
        }
        return wrong;
    }

    private @Nullable String setPortLink() {
        if (!frame.hasBlock(SetPortLinkDecoder.BLOCK_LENGTH)) {
            return MALFORMED;
        }
        SetPortLinkDecoder m = setPortLink.wrap(frame.buffer(), frame.body(), frame.blockLength(), frame.version());
        String wrong = rules.portLink(m.portId(), m.up());
        if (wrong == null) {
            ports.onSetPortLink(m.correlationId(), m.portId(), m.up() == 1);
        }
        return wrong;
    }

    private @Nullable String detachPort() {
        if (!frame.hasBlock(DetachPortDecoder.BLOCK_LENGTH)) {
            return MALFORMED;
        }
        DetachPortDecoder m = detachPort.wrap(frame.buffer(), frame.body(), frame.blockLength(), frame.version());
        String wrong = rules.port(m.portId());
        if (wrong == null) {
            ports.onDetachPort(m.correlationId(), m.portId());
        }
        return wrong;
    }

    private @Nullable String addRouter() {
        if (!frame.hasBlock(AddRouterDecoder.BLOCK_LENGTH) || !frame.hasBytes()) {
            return MALFORMED;
        }
        AddRouterDecoder m = addRouter.wrap(frame.buffer(), frame.body(), frame.blockLength(), frame.version());
        m.wrapName(name.bytes());
        CharSequence routerName = name.text();
        String wrong =
                rules.addRouter(m.routerId(), m.vpnId(), m.puntPacketsPerSecond(), m.puntBurstPackets(), routerName);
        if (wrong == null) {
            routers.onAddRouter(
                    m.correlationId(),
                    m.routerId(),
                    m.vpnId(),
                    m.puntPacketsPerSecond(),
                    m.puntBurstPackets(),
                    routerName);
        }
        return wrong;
    }

    private @Nullable String setPuntBudget() {
        if (!frame.hasBlock(SetPuntBudgetDecoder.BLOCK_LENGTH)) {
            return MALFORMED;
        }
        SetPuntBudgetDecoder m = setPuntBudget.wrap(frame.buffer(), frame.body(), frame.blockLength(), frame.version());
        String wrong = rules.setPuntBudget(
                m.routerId(),
                m.puntClass(),
                m.packetsPerSecond(),
                m.burstPackets(),
                m.interfacePacketsPerSecond(),
                m.interfaceBurstPackets());
        if (wrong == null) {
            routers.onSetPuntBudget(
                    m.correlationId(),
                    m.routerId(),
                    m.puntClass(),
                    m.packetsPerSecond(),
                    m.burstPackets(),
                    m.interfacePacketsPerSecond(),
                    m.interfaceBurstPackets());
        }
        return wrong;
    }

    private @Nullable String removeRouter() {
        if (!frame.hasBlock(RemoveRouterDecoder.BLOCK_LENGTH)) {
            return MALFORMED;
        }
        RemoveRouterDecoder m = removeRouter.wrap(frame.buffer(), frame.body(), frame.blockLength(), frame.version());
        String wrong = rules.router(m.routerId());
        if (wrong == null) {
            routers.onRemoveRouter(m.correlationId(), m.routerId());
        }
        return wrong;
    }

    private @Nullable String addInterface() {
        boolean isOld = frame.version() < AddInterfaceDecoder.encapsulationSinceVersion();
        int neededLength = isOld ? AddInterfaceDecoder.encapsulationEncodingOffset() : AddInterfaceDecoder.BLOCK_LENGTH;
        if (!frame.hasBlock(neededLength) || !frame.hasBytes()) {
            return MALFORMED;
        }
        AddInterfaceDecoder m = addInterface.wrap(frame.buffer(), frame.body(), frame.blockLength(), frame.version());
        InterfaceKind kind = InterfaceKind.ofCode(m.kindRaw());
        if (kind == null) {
            return "kind: must be ACCESS, LINK or TUNNEL";
        }
        m.wrapName(name.bytes());
        spec.id(m.interfaceId(), m.routerId()).mac(m.mac()).mtuBytes(m.mtu()).name(name.text());
        String wrong = switch (kind) {
            case ACCESS -> rules.addInterface(spec.access(m.portId(), m.vlan()));
            case LINK -> rules.addInterface(spec.link(m.peerInterfaceId()));
            case TUNNEL -> tunnel(m);
        };
        if (wrong == null) {
            interfaces.onAddInterface(m.correlationId(), spec);
        }
        return wrong;
    }

    private @Nullable String tunnel(AddInterfaceDecoder m) {
        Encapsulation encapsulation = Encapsulation.ofCode(m.encapsulationRaw());
        AddressFamily family = AddressFamily.ofCode(m.outerFamilyRaw());
        if (encapsulation == null) {
            return "encapsulation: must be a known kind of tunnel";
        }
        if (family == null) {
            return "outerFamily: must be IPv4 or IPv6";
        }
        spec.tunnel(
                encapsulation,
                m.underlayRouterId(),
                family,
                m.localHigh(),
                m.localLow(),
                m.remoteHigh(),
                m.remoteLow(),
                m.hopLimit());
        return rules.addInterface(spec);
    }

    private @Nullable String removeInterface() {
        if (!frame.hasBlock(RemoveInterfaceDecoder.BLOCK_LENGTH)) {
            return MALFORMED;
        }
        RemoveInterfaceDecoder m =
                removeInterface.wrap(frame.buffer(), frame.body(), frame.blockLength(), frame.version());
        String wrong = rules.interfaceId(m.interfaceId());
        if (wrong == null) {
            interfaces.onRemoveInterface(m.correlationId(), m.interfaceId());
        }
        return wrong;
    }

    private @Nullable String setInterfaceState() {
        if (!frame.hasBlock(SetInterfaceStateDecoder.BLOCK_LENGTH)) {
            return MALFORMED;
        }
        SetInterfaceStateDecoder m =
                setInterfaceState.wrap(frame.buffer(), frame.body(), frame.blockLength(), frame.version());
        String wrong = rules.interfaceState(m.interfaceId(), m.up());
        if (wrong == null) {
            interfaces.onSetInterfaceState(m.correlationId(), m.interfaceId(), m.up() == 1);
        }
        return wrong;
    }

    private @Nullable String setInterfaceLink() {
        if (!frame.hasBlock(SetInterfaceLinkDecoder.BLOCK_LENGTH)) {
            return MALFORMED;
        }
        SetInterfaceLinkDecoder m =
                setInterfaceLink.wrap(frame.buffer(), frame.body(), frame.blockLength(), frame.version());
        String wrong = rules.interfaceLink(m.interfaceId(), m.mac(), m.mtu());
        if (wrong == null) {
            interfaces.onSetInterfaceLink(m.correlationId(), m.interfaceId(), m.mac(), m.mtu());
        }
        return wrong;
    }

    private @Nullable String addInterfaceMac() {
        if (!frame.hasBlock(AddInterfaceMacDecoder.BLOCK_LENGTH)) {
            return MALFORMED;
        }
        AddInterfaceMacDecoder m =
                addInterfaceMac.wrap(frame.buffer(), frame.body(), frame.blockLength(), frame.version());
        String wrong = rules.interfaceMac(m.interfaceId(), m.mac());
        if (wrong == null) {
            interfaces.onAddInterfaceMac(m.correlationId(), m.interfaceId(), m.mac());
        }
        return wrong;
    }

    private @Nullable String removeInterfaceMac() {
        if (!frame.hasBlock(RemoveInterfaceMacDecoder.BLOCK_LENGTH)) {
            return MALFORMED;
        }
        RemoveInterfaceMacDecoder m =
                removeInterfaceMac.wrap(frame.buffer(), frame.body(), frame.blockLength(), frame.version());
        String wrong = rules.interfaceMac(m.interfaceId(), m.mac());
        if (wrong == null) {
            interfaces.onRemoveInterfaceMac(m.correlationId(), m.interfaceId(), m.mac());
        }
        return wrong;
    }
}
