package io.vireo.dataplane.wire.command;

import static io.vireo.dataplane.wire.command.CommandAdapter.MALFORMED;

import io.vireo.dataplane.wire.code.AddressFamily;
import io.vireo.dataplane.wire.code.Encapsulation;
import io.vireo.dataplane.wire.code.InterfaceKind;
import io.vireo.dataplane.wire.ring.MessageFrame;
import io.vireo.dataplane.wire.ring.TextView;
import io.vireo.dataplane.wire.sbe.AddInterfaceDecoder;
import io.vireo.dataplane.wire.sbe.AddPortDecoder;
import io.vireo.dataplane.wire.sbe.AddRouterDecoder;
import io.vireo.dataplane.wire.sbe.RemoveInterfaceDecoder;
import io.vireo.dataplane.wire.sbe.RemovePortDecoder;
import io.vireo.dataplane.wire.sbe.RemoveRouterDecoder;
import io.vireo.dataplane.wire.sbe.SetInterfaceStateDecoder;
import io.vireo.dataplane.wire.value.InterfaceSpec;
import org.agrona.DirectBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Decodes the commands about ports, routers and interfaces. Each method returns null when the handler was called, else
 * what is wrong. Part of {@link CommandAdapter}.
 */
final class TopologyCommands {
    private final MessageFrame frame;
    private final CommandRules rules;
    private final CommandHandler handler;
    private final AddPortDecoder addPort = new AddPortDecoder();
    private final RemovePortDecoder removePort = new RemovePortDecoder();
    private final AddRouterDecoder addRouter = new AddRouterDecoder();
    private final RemoveRouterDecoder removeRouter = new RemoveRouterDecoder();
    private final AddInterfaceDecoder addInterface = new AddInterfaceDecoder();
    private final RemoveInterfaceDecoder removeInterface = new RemoveInterfaceDecoder();
    private final SetInterfaceStateDecoder setInterfaceState = new SetInterfaceStateDecoder();
    private final TextView name = new TextView();
    private final TextView devargs = new TextView();
    private final InterfaceSpec spec = new InterfaceSpec();

    TopologyCommands(MessageFrame frame, CommandRules rules, CommandHandler handler) {
        this.frame = frame;
        this.rules = rules;
        this.handler = handler;
    }

    @Nullable
    String addPort(DirectBuffer buffer) {
        AddPortDecoder m = addPort;
        if (!frame.hasBlock(AddPortDecoder.BLOCK_LENGTH) || !frame.hasBytes() || !frame.hasBytes()) {
            return MALFORMED;
        }
        m.wrap(buffer, frame.body(), frame.blockLength(), frame.version());
        m.wrapName(name.bytes());
        m.wrapDevargs(devargs.bytes());
        CharSequence portName = name.text();
        CharSequence device = devargs.text();
        String wrong = rules.addPort(m.portId(), m.rxQueues(), m.descriptors(), m.mtu(), portName, device);
        if (wrong == null) {
            handler.onAddPort(m.correlationId(), m.portId(), m.rxQueues(), m.descriptors(), m.mtu(), portName, device);
        }
        return wrong;
    }

    @Nullable
    String removePort(DirectBuffer buffer) {
        RemovePortDecoder m = removePort;
        if (!frame.hasBlock(RemovePortDecoder.BLOCK_LENGTH)) {
            return MALFORMED;
        }
        m.wrap(buffer, frame.body(), frame.blockLength(), frame.version());
        String wrong = rules.port(m.portId());
        if (wrong == null) {
            handler.onRemovePort(m.correlationId(), m.portId());
        }
        return wrong;
    }

    @Nullable
    String addRouter(DirectBuffer buffer) {
        AddRouterDecoder m = addRouter;
        if (!frame.hasBlock(AddRouterDecoder.BLOCK_LENGTH) || !frame.hasBytes()) {
            return MALFORMED;
        }
        m.wrap(buffer, frame.body(), frame.blockLength(), frame.version());
        m.wrapName(name.bytes());
        CharSequence routerName = name.text();
        String wrong =
                rules.addRouter(m.routerId(), m.vpnId(), m.puntPacketsPerSecond(), m.puntBurstPackets(), routerName);
        if (wrong == null) {
            handler.onAddRouter(
                    m.correlationId(),
                    m.routerId(),
                    m.vpnId(),
                    m.puntPacketsPerSecond(),
                    m.puntBurstPackets(),
                    routerName);
        }
        return wrong;
    }

    @Nullable
    String removeRouter(DirectBuffer buffer) {
        RemoveRouterDecoder m = removeRouter;
        if (!frame.hasBlock(RemoveRouterDecoder.BLOCK_LENGTH)) {
            return MALFORMED;
        }
        m.wrap(buffer, frame.body(), frame.blockLength(), frame.version());
        String wrong = rules.router(m.routerId());
        if (wrong == null) {
            handler.onRemoveRouter(m.correlationId(), m.routerId());
        }
        return wrong;
    }

    @Nullable
    String addInterface(DirectBuffer buffer) {
        AddInterfaceDecoder m = addInterface;
        boolean isOld = frame.version() < AddInterfaceDecoder.encapsulationSinceVersion();
        int neededLength = isOld ? AddInterfaceDecoder.encapsulationEncodingOffset() : AddInterfaceDecoder.BLOCK_LENGTH;
        if (!frame.hasBlock(neededLength) || !frame.hasBytes()) {
            return MALFORMED;
        }
        m.wrap(buffer, frame.body(), frame.blockLength(), frame.version());
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
            handler.onAddInterface(m.correlationId(), spec);
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

    @Nullable
    String removeInterface(DirectBuffer buffer) {
        RemoveInterfaceDecoder m = removeInterface;
        if (!frame.hasBlock(RemoveInterfaceDecoder.BLOCK_LENGTH)) {
            return MALFORMED;
        }
        m.wrap(buffer, frame.body(), frame.blockLength(), frame.version());
        String wrong = rules.interfaceId(m.interfaceId());
        if (wrong == null) {
            handler.onRemoveInterface(m.correlationId(), m.interfaceId());
        }
        return wrong;
    }

    @Nullable
    String setInterfaceState(DirectBuffer buffer) {
        SetInterfaceStateDecoder m = setInterfaceState;
        if (!frame.hasBlock(SetInterfaceStateDecoder.BLOCK_LENGTH)) {
            return MALFORMED;
        }
        m.wrap(buffer, frame.body(), frame.blockLength(), frame.version());
        String wrong = rules.interfaceState(m.interfaceId(), m.up());
        if (wrong == null) {
            handler.onSetInterfaceState(m.correlationId(), m.interfaceId(), m.up() == 1);
        }
        return wrong;
    }
}
