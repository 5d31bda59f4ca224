package io.vireo.dataplane.wire.command;

import static io.vireo.dataplane.wire.command.CommandDecoder.MALFORMED;

import io.vireo.dataplane.wire.code.AddressFamily;
import io.vireo.dataplane.wire.code.AddressUse;
import io.vireo.dataplane.wire.code.RouteKind;
import io.vireo.dataplane.wire.ring.MessageFrame;
import io.vireo.dataplane.wire.sbe.AddInterfaceAddressDecoder;
import io.vireo.dataplane.wire.sbe.AddNeighbourDecoder;
import io.vireo.dataplane.wire.sbe.AddRouteDecoder;
import io.vireo.dataplane.wire.sbe.DumpNeighboursDecoder;
import io.vireo.dataplane.wire.sbe.DumpRoutesDecoder;
import io.vireo.dataplane.wire.sbe.RemoveInterfaceAddressDecoder;
import io.vireo.dataplane.wire.sbe.RemoveNeighbourDecoder;
import io.vireo.dataplane.wire.sbe.RemoveRouteDecoder;
import io.vireo.dataplane.wire.sbe.SetFlowSeedDecoder;
import io.vireo.dataplane.wire.value.NextHops;
import org.jspecify.annotations.Nullable;

/**
 * Decodes the commands about routes, neighbours and interfaces' own addresses. Part of {@link CommandAdapter}.
 */
final class TableCommandDecoder {
    private final MessageFrame frame;
    private final CommandRules rules;
    private final RouteCommandHandler routes;
    private final NeighbourCommandHandler neighbours;
    private final AddressCommandHandler addresses;
    private final DumpCommandHandler dumps;
    private final AddRouteDecoder addRoute = new AddRouteDecoder();
    private final RemoveRouteDecoder removeRoute = new RemoveRouteDecoder();
    private final SetFlowSeedDecoder setFlowSeed = new SetFlowSeedDecoder();
    private final AddNeighbourDecoder addNeighbour = new AddNeighbourDecoder();
    private final RemoveNeighbourDecoder removeNeighbour = new RemoveNeighbourDecoder();
    private final AddInterfaceAddressDecoder addInterfaceAddress = new AddInterfaceAddressDecoder();
    private final RemoveInterfaceAddressDecoder removeInterfaceAddress = new RemoveInterfaceAddressDecoder();
    private final DumpRoutesDecoder dumpRoutes = new DumpRoutesDecoder();
    private final DumpNeighboursDecoder dumpNeighbours = new DumpNeighboursDecoder();
    private final NextHops nextHops = new NextHops();

    TableCommandDecoder(MessageFrame frame, CommandRules rules, CommandHandlers handlers) {
        this.frame = frame;
        this.rules = rules;
        routes = handlers.routes();
        neighbours = handlers.neighbours();
        addresses = handlers.addresses();
        dumps = handlers.dumps();
    }

    /** Puts the decoders in their places. */
    void addTo(CommandDecoders decoders) {
        decoders.put(AddRouteDecoder.TEMPLATE_ID, this::addRoute);
        decoders.put(RemoveRouteDecoder.TEMPLATE_ID, this::removeRoute);
        decoders.put(SetFlowSeedDecoder.TEMPLATE_ID, this::setFlowSeed);
        decoders.put(AddNeighbourDecoder.TEMPLATE_ID, this::addNeighbour);
        decoders.put(RemoveNeighbourDecoder.TEMPLATE_ID, this::removeNeighbour);
        decoders.put(AddInterfaceAddressDecoder.TEMPLATE_ID, this::addInterfaceAddress);
        decoders.put(RemoveInterfaceAddressDecoder.TEMPLATE_ID, this::removeInterfaceAddress);
        decoders.put(DumpRoutesDecoder.TEMPLATE_ID, this::dumpRoutes);
        decoders.put(DumpNeighboursDecoder.TEMPLATE_ID, this::dumpNeighbours);
    }

    private @Nullable String addRoute() {
        if (!frame.hasBlock(AddRouteDecoder.BLOCK_LENGTH)
                || !frame.hasGroup(AddRouteDecoder.NextHopsDecoder.sbeBlockLength(), NextHops.MAX)
                || !hasLabels()) {
            return MALFORMED;
        }
        AddRouteDecoder m = addRoute.wrap(frame.buffer(), frame.body(), frame.blockLength(), frame.version());
        AddressFamily family = AddressFamily.ofCode(m.familyRaw());
        RouteKind kind = RouteKind.ofCode(m.kindRaw());
        NextHops hops = nextHops.clear();
        for (AddRouteDecoder.NextHopsDecoder hop = m.nextHops(); hop.hasNext(); ) {
            hop.next();
            hops.add(hop.interfaceId(), hop.gatewayHigh(), hop.gatewayLow(), hop.weight());
        }
        String wrong = CommandRules.first(
                RouteLabels.decode(m.labels(), hops),
                rules.addRoute(m.routerId(), family, m.prefixHigh(), m.prefixLow(), m.prefixLength(), kind, hops));
        if (wrong == null && family != null && kind != null) {
            routes.onAddRoute(
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

    /** An older control sends none. */
    private boolean hasLabels() {
        return frame.version() < AddRouteDecoder.labelsDecoderSinceVersion()
                || frame.hasGroup(AddRouteDecoder.LabelsDecoder.sbeBlockLength(), NextHops.MAX_TOTAL_LABELS);
    }

    private @Nullable String removeRoute() {
        if (!frame.hasBlock(RemoveRouteDecoder.BLOCK_LENGTH)) {
            return MALFORMED;
        }
        RemoveRouteDecoder m = removeRoute.wrap(frame.buffer(), frame.body(), frame.blockLength(), frame.version());
        AddressFamily family = AddressFamily.ofCode(m.familyRaw());
        String wrong = rules.route(m.routerId(), family, m.prefixHigh(), m.prefixLow(), m.prefixLength());
        if (wrong == null && family != null) {
            routes.onRemoveRoute(
                    m.correlationId(), m.routerId(), family, m.prefixHigh(), m.prefixLow(), m.prefixLength());
        }
        return wrong;
    }

    private @Nullable String setFlowSeed() {
        if (!frame.hasBlock(SetFlowSeedDecoder.BLOCK_LENGTH)) {
            return MALFORMED;
        }
        SetFlowSeedDecoder m = setFlowSeed.wrap(frame.buffer(), frame.body(), frame.blockLength(), frame.version());
        routes.onSetFlowSeed(m.correlationId(), m.seed());
        return null;
    }

    private @Nullable String addNeighbour() {
        if (!frame.hasBlock(AddNeighbourDecoder.BLOCK_LENGTH)) {
            return MALFORMED;
        }
        AddNeighbourDecoder m = addNeighbour.wrap(frame.buffer(), frame.body(), frame.blockLength(), frame.version());
        AddressFamily family = AddressFamily.ofCode(m.familyRaw());
        String wrong = rules.addNeighbour(m.interfaceId(), family, m.addressHigh(), m.addressLow(), m.mac());
        if (wrong == null && family != null) {
            neighbours.onAddNeighbour(
                    m.correlationId(), m.interfaceId(), family, m.addressHigh(), m.addressLow(), m.mac());
        }
        return wrong;
    }

    private @Nullable String removeNeighbour() {
        if (!frame.hasBlock(RemoveNeighbourDecoder.BLOCK_LENGTH)) {
            return MALFORMED;
        }
        RemoveNeighbourDecoder m =
                removeNeighbour.wrap(frame.buffer(), frame.body(), frame.blockLength(), frame.version());
        AddressFamily family = AddressFamily.ofCode(m.familyRaw());
        String wrong = rules.neighbour(m.interfaceId(), family, m.addressHigh(), m.addressLow());
        if (wrong == null && family != null) {
            neighbours.onRemoveNeighbour(m.correlationId(), m.interfaceId(), family, m.addressHigh(), m.addressLow());
        }
        return wrong;
    }

    private @Nullable String addInterfaceAddress() {
        if (!frame.hasBlock(AddInterfaceAddressDecoder.BLOCK_LENGTH)) {
            return MALFORMED;
        }
        AddInterfaceAddressDecoder m =
                addInterfaceAddress.wrap(frame.buffer(), frame.body(), frame.blockLength(), frame.version());
        AddressFamily family = AddressFamily.ofCode(m.familyRaw());
        AddressUse use = AddressUse.ofCode(m.useRaw());
        String wrong = rules.addInterfaceAddress(m.interfaceId(), family, m.addressHigh(), m.addressLow(), use);
        if (wrong == null && family != null && use != null) {
            addresses.onAddInterfaceAddress(
                    m.correlationId(), m.interfaceId(), family, m.addressHigh(), m.addressLow(), use);
        }
        return wrong;
    }

    private @Nullable String removeInterfaceAddress() {
        if (!frame.hasBlock(RemoveInterfaceAddressDecoder.BLOCK_LENGTH)) {
            return MALFORMED;
        }
        RemoveInterfaceAddressDecoder m =
                removeInterfaceAddress.wrap(frame.buffer(), frame.body(), frame.blockLength(), frame.version());
        AddressFamily family = AddressFamily.ofCode(m.familyRaw());
        String wrong = rules.neighbour(m.interfaceId(), family, m.addressHigh(), m.addressLow());
        if (wrong == null && family != null) {
            addresses.onRemoveInterfaceAddress(
                    m.correlationId(), m.interfaceId(), family, m.addressHigh(), m.addressLow());
        }
        return wrong;
    }

    private @Nullable String dumpRoutes() {
        if (!frame.hasBlock(DumpRoutesDecoder.BLOCK_LENGTH)) {
            return MALFORMED;
        }
        DumpRoutesDecoder m = dumpRoutes.wrap(frame.buffer(), frame.body(), frame.blockLength(), frame.version());
        String wrong = rules.router(m.routerId());
        if (wrong == null) {
            dumps.onDumpRoutes(m.correlationId(), m.routerId());
        }
        return wrong;
    }

    private @Nullable String dumpNeighbours() {
        if (!frame.hasBlock(DumpNeighboursDecoder.BLOCK_LENGTH)) {
            return MALFORMED;
        }
        DumpNeighboursDecoder m =
                dumpNeighbours.wrap(frame.buffer(), frame.body(), frame.blockLength(), frame.version());
        String wrong = rules.router(m.routerId());
        if (wrong == null) {
            dumps.onDumpNeighbours(m.correlationId(), m.routerId());
        }
        return wrong;
    }
}
