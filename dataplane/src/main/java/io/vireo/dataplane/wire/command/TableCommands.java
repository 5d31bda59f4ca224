package io.vireo.dataplane.wire.command;

import static io.vireo.dataplane.wire.command.CommandAdapter.MALFORMED;

import io.vireo.dataplane.wire.code.AddressFamily;
import io.vireo.dataplane.wire.code.RouteKind;
import io.vireo.dataplane.wire.ring.MessageFrame;
import io.vireo.dataplane.wire.sbe.AddNeighbourDecoder;
import io.vireo.dataplane.wire.sbe.AddRouteDecoder;
import io.vireo.dataplane.wire.sbe.DumpNeighboursDecoder;
import io.vireo.dataplane.wire.sbe.DumpRoutesDecoder;
import io.vireo.dataplane.wire.sbe.RemoveNeighbourDecoder;
import io.vireo.dataplane.wire.sbe.RemoveRouteDecoder;
import io.vireo.dataplane.wire.value.NextHops;
import org.agrona.DirectBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Decodes the commands about routes and neighbours. Each method returns null when the handler was called, else what is
 * wrong. Part of {@link CommandAdapter}.
 */
final class TableCommands {
    private final MessageFrame frame;
    private final CommandRules rules;
    private final CommandHandler handler;
    private final AddRouteDecoder addRoute = new AddRouteDecoder();
    private final RemoveRouteDecoder removeRoute = new RemoveRouteDecoder();
    private final AddNeighbourDecoder addNeighbour = new AddNeighbourDecoder();
    private final RemoveNeighbourDecoder removeNeighbour = new RemoveNeighbourDecoder();
    private final DumpRoutesDecoder dumpRoutes = new DumpRoutesDecoder();
    private final DumpNeighboursDecoder dumpNeighbours = new DumpNeighboursDecoder();
    private final NextHops nextHops = new NextHops();

    TableCommands(MessageFrame frame, CommandRules rules, CommandHandler handler) {
        this.frame = frame;
        this.rules = rules;
        this.handler = handler;
    }

    @Nullable
    String addRoute(DirectBuffer buffer) {
        AddRouteDecoder m = addRoute;
        if (!frame.hasBlock(AddRouteDecoder.BLOCK_LENGTH)
                || !frame.hasGroup(AddRouteDecoder.NextHopsDecoder.sbeBlockLength(), NextHops.MAX)) {
            return MALFORMED;
        }
        m.wrap(buffer, frame.body(), frame.blockLength(), frame.version());
        AddressFamily family = AddressFamily.ofCode(m.familyRaw());
        RouteKind kind = RouteKind.ofCode(m.kindRaw());
        NextHops hops = nextHops.clear();
        for (AddRouteDecoder.NextHopsDecoder hop = m.nextHops(); hop.hasNext(); ) {
            hop.next();
            hops.add(hop.interfaceId(), hop.gatewayHigh(), hop.gatewayLow(), hop.weight());
        }
        String wrong =
                rules.addRoute(m.routerId(), family, m.prefixHigh(), m.prefixLow(), m.prefixLength(), kind, hops);
        if (wrong == null && family != null && kind != null) {
            handler.onAddRoute(
                    m.correlationId(),
                    m.routerId(),
                    family,
                    m.prefixHigh(),
                    m.prefixLow(),
                    m.prefixLength(),
                    kind,
                    hops);
        }
        return wrong;
    }

    @Nullable
    String removeRoute(DirectBuffer buffer) {
        RemoveRouteDecoder m = removeRoute;
        if (!frame.hasBlock(RemoveRouteDecoder.BLOCK_LENGTH)) {
            return MALFORMED;
        }
        m.wrap(buffer, frame.body(), frame.blockLength(), frame.version());
        AddressFamily family = AddressFamily.ofCode(m.familyRaw());
        String wrong = rules.route(m.routerId(), family, m.prefixHigh(), m.prefixLow(), m.prefixLength());
        if (wrong == null && family != null) {
            handler.onRemoveRoute(
                    m.correlationId(), m.routerId(), family, m.prefixHigh(), m.prefixLow(), m.prefixLength());
        }
        return wrong;
    }

    @Nullable
    String addNeighbour(DirectBuffer buffer) {
        AddNeighbourDecoder m = addNeighbour;
        if (!frame.hasBlock(AddNeighbourDecoder.BLOCK_LENGTH)) {
            return MALFORMED;
        }
        m.wrap(buffer, frame.body(), frame.blockLength(), frame.version());
        AddressFamily family = AddressFamily.ofCode(m.familyRaw());
        String wrong = rules.addNeighbour(m.interfaceId(), family, m.addressHigh(), m.addressLow(), m.mac());
        if (wrong == null && family != null) {
            handler.onAddNeighbour(
                    m.correlationId(), m.interfaceId(), family, m.addressHigh(), m.addressLow(), m.mac());
        }
        return wrong;
    }

    @Nullable
    String removeNeighbour(DirectBuffer buffer) {
        RemoveNeighbourDecoder m = removeNeighbour;
        if (!frame.hasBlock(RemoveNeighbourDecoder.BLOCK_LENGTH)) {
            return MALFORMED;
        }
        m.wrap(buffer, frame.body(), frame.blockLength(), frame.version());
        AddressFamily family = AddressFamily.ofCode(m.familyRaw());
        String wrong = rules.neighbour(m.interfaceId(), family, m.addressHigh(), m.addressLow());
        if (wrong == null && family != null) {
            handler.onRemoveNeighbour(m.correlationId(), m.interfaceId(), family, m.addressHigh(), m.addressLow());
        }
        return wrong;
    }

    @Nullable
    String dumpRoutes(DirectBuffer buffer) {
        DumpRoutesDecoder m = dumpRoutes;
        if (!frame.hasBlock(DumpRoutesDecoder.BLOCK_LENGTH)) {
            return MALFORMED;
        }
        m.wrap(buffer, frame.body(), frame.blockLength(), frame.version());
        String wrong = rules.router(m.routerId());
        if (wrong == null) {
            handler.onDumpRoutes(m.correlationId(), m.routerId());
        }
        return wrong;
    }

    @Nullable
    String dumpNeighbours(DirectBuffer buffer) {
        DumpNeighboursDecoder m = dumpNeighbours;
        if (!frame.hasBlock(DumpNeighboursDecoder.BLOCK_LENGTH)) {
            return MALFORMED;
        }
        m.wrap(buffer, frame.body(), frame.blockLength(), frame.version());
        String wrong = rules.router(m.routerId());
        if (wrong == null) {
            handler.onDumpNeighbours(m.correlationId(), m.routerId());
        }
        return wrong;
    }
}
