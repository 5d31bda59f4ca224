package io.vireo.dataplane.wire.command;

import static io.vireo.dataplane.wire.command.CommandDecoder.MALFORMED;

import io.vireo.dataplane.wire.ring.MessageFrame;
import io.vireo.dataplane.wire.ring.TextView;
import io.vireo.dataplane.wire.sbe.AddPortDecoder;
import io.vireo.dataplane.wire.sbe.AddRouterDecoder;
import io.vireo.dataplane.wire.sbe.DetachPortDecoder;
import io.vireo.dataplane.wire.sbe.RemovePortDecoder;
import io.vireo.dataplane.wire.sbe.RemoveRouterDecoder;
import io.vireo.dataplane.wire.sbe.SetPortLinkDecoder;
import io.vireo.dataplane.wire.sbe.SetPuntBudgetDecoder;
import org.jspecify.annotations.Nullable;

/**
 * Decodes the commands about ports and routers. Part of {@link CommandAdapter}.
 */
final class TopologyCommandDecoder {
    private final MessageFrame frame;
    private final CommandRules rules;
    private final PortCommandHandler ports;
    private final RouterCommandHandler routers;
    private final AddPortDecoder addPort = new AddPortDecoder();
    private final RemovePortDecoder removePort = new RemovePortDecoder();
    private final SetPortLinkDecoder setPortLink = new SetPortLinkDecoder();
    private final DetachPortDecoder detachPort = new DetachPortDecoder();
    private final AddRouterDecoder addRouter = new AddRouterDecoder();
    private final SetPuntBudgetDecoder setPuntBudget = new SetPuntBudgetDecoder();
    private final RemoveRouterDecoder removeRouter = new RemoveRouterDecoder();
    private final TextView name = new TextView();
    private final TextView devargs = new TextView();

    TopologyCommandDecoder(MessageFrame frame, CommandRules rules, CommandHandlers handlers) {
        this.frame = frame;
        this.rules = rules;
        ports = handlers.ports();
        routers = handlers.routers();
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
}
