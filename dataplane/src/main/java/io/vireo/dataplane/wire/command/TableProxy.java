package io.vireo.dataplane.wire.command;

import io.vireo.dataplane.wire.code.AddressFamily;
import io.vireo.dataplane.wire.code.AddressUse;
import io.vireo.dataplane.wire.code.RouteKind;
import io.vireo.dataplane.wire.ring.Claim;
import io.vireo.dataplane.wire.sbe.AddInterfaceAddressEncoder;
import io.vireo.dataplane.wire.sbe.AddNeighbourEncoder;
import io.vireo.dataplane.wire.sbe.AddRouteEncoder;
import io.vireo.dataplane.wire.sbe.AddressFamilyCode;
import io.vireo.dataplane.wire.sbe.AddressUseCode;
import io.vireo.dataplane.wire.sbe.DumpNeighboursEncoder;
import io.vireo.dataplane.wire.sbe.DumpRoutesEncoder;
import io.vireo.dataplane.wire.sbe.GroupSizeEncodingEncoder;
import io.vireo.dataplane.wire.sbe.MessageHeaderEncoder;
import io.vireo.dataplane.wire.sbe.RemoveInterfaceAddressEncoder;
import io.vireo.dataplane.wire.sbe.RemoveNeighbourEncoder;
import io.vireo.dataplane.wire.sbe.RemoveRouteEncoder;
import io.vireo.dataplane.wire.sbe.RouteKindCode;
import io.vireo.dataplane.wire.sbe.SetFlowSeedEncoder;
import io.vireo.dataplane.wire.value.NextHops;

/**
 * Commands about routes, neighbours and interfaces' own addresses. Part of {@link DataplaneProxy}, which says what the
 * methods have in common.
 */
public final class TableProxy {
    private final Claim claim;
    private final CommandRules rules;

    TableProxy(Claim claim, CommandRules rules) {
        this.claim = claim;
        this.rules = rules;
    }

    /** Has the data plane answer for an address of an interface, or changes the address's use. */
    public boolean addInterfaceAddress(
            long correlationId,
            int interfaceId,
            AddressFamily family,
            long addressHigh,
            long addressLow,
            AddressUse use) {
        CommandRules.require(
                "AddInterfaceAddress", rules.addInterfaceAddress(interfaceId, family, addressHigh, addressLow, use));
        int index = claim.tryClaim(AddInterfaceAddressEncoder.BLOCK_LENGTH);
        if (index < 0) {
            return false;
        }
        new AddInterfaceAddressEncoder()
                .wrapAndApplyHeader(claim.buffer(), index, new MessageHeaderEncoder())
                .correlationId(correlationId)
                .addressHigh(addressHigh)
                .addressLow(addressLow)
                .interfaceId(interfaceId)
                .family(code(family))
                .use(AddressUseCode.get((short) use.code()));
        return claim.commit(index);
    }

    /** Leaves it to the kernel to answer for an address. */
    public boolean removeInterfaceAddress(
            long correlationId, int interfaceId, AddressFamily family, long addressHigh, long addressLow) {
        CommandRules.require("RemoveInterfaceAddress", rules.neighbour(interfaceId, family, addressHigh, addressLow));
        int index = claim.tryClaim(RemoveInterfaceAddressEncoder.BLOCK_LENGTH);
        if (index < 0) {
            return false;
        }
        new RemoveInterfaceAddressEncoder()
                .wrapAndApplyHeader(claim.buffer(), index, new MessageHeaderEncoder())
                .correlationId(correlationId)
                .addressHigh(addressHigh)
                .addressLow(addressLow)
                .interfaceId(interfaceId)
                .family(code(family));
        return claim.commit(index);
    }

    /** Binds an address on an interface's link to a MAC address. */
    public boolean addNeighbour(
            long correlationId, int interfaceId, AddressFamily family, long addressHigh, long addressLow, long mac) {
        CommandRules.require("AddNeighbour", rules.addNeighbour(interfaceId, family, addressHigh, addressLow, mac));
        int index = claim.tryClaim(AddNeighbourEncoder.BLOCK_LENGTH);
        if (index < 0) {
            return false;
        }
        new AddNeighbourEncoder()
                .wrapAndApplyHeader(claim.buffer(), index, new MessageHeaderEncoder())
                .correlationId(correlationId)
                .addressHigh(addressHigh)
                .addressLow(addressLow)
                .mac(mac)
                .interfaceId(interfaceId)
                .family(code(family));
        return claim.commit(index);
    }

    /** Forgets a neighbour. */
    public boolean removeNeighbour(
            long correlationId, int interfaceId, AddressFamily family, long addressHigh, long addressLow) {
        CommandRules.require("RemoveNeighbour", rules.neighbour(interfaceId, family, addressHigh, addressLow));
        int index = claim.tryClaim(RemoveNeighbourEncoder.BLOCK_LENGTH);
        if (index < 0) {
            return false;
        }
        new RemoveNeighbourEncoder()
                .wrapAndApplyHeader(claim.buffer(), index, new MessageHeaderEncoder())
                .correlationId(correlationId)
                .addressHigh(addressHigh)
                .addressLow(addressLow)
                .interfaceId(interfaceId)
                .family(code(family));
        return claim.commit(index);
    }

    /**
     * Inserts or replaces the route of a prefix.
     *
     * @param nextHops 1..128 for a UNICAST route, {@link NextHops#NONE} for any other
     */
    public boolean addRoute(
            long correlationId,
            int routerId,
            AddressFamily family,
            long prefixHigh,
            long prefixLow,
            int prefixLength,
            RouteKind kind,
            NextHops nextHops) {
        CommandRules.require(
                "AddRoute", rules.addRoute(routerId, family, prefixHigh, prefixLow, prefixLength, kind, nextHops));
        int index = claim.tryClaim(AddRouteEncoder.BLOCK_LENGTH
                + GroupSizeEncodingEncoder.ENCODED_LENGTH
                + nextHops.size() * AddRouteEncoder.NextHopsEncoder.sbeBlockLength()
                + RouteLabels.bytes(nextHops));
        if (index < 0) {
            return false;
        }
        AddRouteEncoder message = new AddRouteEncoder();
        AddRouteEncoder.NextHopsEncoder hops = message.wrapAndApplyHeader(
                        claim.buffer(), index, new MessageHeaderEncoder())
                .correlationId(correlationId)
                .prefixHigh(prefixHigh)
                .prefixLow(prefixLow)
                .routerId(routerId)
                .prefixLength((short) prefixLength)
                .family(code(family))
                .kind(RouteKindCode.get((short) kind.code()))
                .nextHopsCount(nextHops.size());
        for (int i = 0; i < nextHops.size(); i++) {
            hops.next()
                    .gatewayHigh(nextHops.gatewayHigh(i))
                    .gatewayLow(nextHops.gatewayLow(i))
                    .interfaceId(nextHops.interfaceId(i))
                    .weight((short) nextHops.weight(i));
        }
        RouteLabels.encode(message, nextHops);
        return claim.commit(index);
    }

    /** Removes the route of a prefix. */
    public boolean removeRoute(
            long correlationId, int routerId, AddressFamily family, long prefixHigh, long prefixLow, int prefixLength) {
        CommandRules.require("RemoveRoute", rules.route(routerId, family, prefixHigh, prefixLow, prefixLength));
        int index = claim.tryClaim(RemoveRouteEncoder.BLOCK_LENGTH);
        if (index < 0) {
            return false;
        }
        new RemoveRouteEncoder()
                .wrapAndApplyHeader(claim.buffer(), index, new MessageHeaderEncoder())
                .correlationId(correlationId)
                .prefixHigh(prefixHigh)
                .prefixLow(prefixLow)
                .routerId(routerId)
                .prefixLength((short) prefixLength)
                .family(code(family));
        return claim.commit(index);
    }

    /** Changes the hash that chooses between equal-cost next hops. */
    public boolean setFlowSeed(long correlationId, long seed) {
        int index = claim.tryClaim(SetFlowSeedEncoder.BLOCK_LENGTH);
        if (index < 0) {
            return false;
        }
        new SetFlowSeedEncoder()
                .wrapAndApplyHeader(claim.buffer(), index, new MessageHeaderEncoder())
                .correlationId(correlationId)
                .seed(seed);
        return claim.commit(index);
    }

    /** Asks for all routes of a virtual router. Answered by RouteEntry events, then DumpEnd. */
    public boolean dumpRoutes(long correlationId, int routerId) {
        CommandRules.require("DumpRoutes", rules.router(routerId));
        int index = claim.tryClaim(DumpRoutesEncoder.BLOCK_LENGTH);
        if (index < 0) {
            return false;
        }
        new DumpRoutesEncoder()
                .wrapAndApplyHeader(claim.buffer(), index, new MessageHeaderEncoder())
                .correlationId(correlationId)
                .routerId(routerId);
        return claim.commit(index);
    }

    /** Asks for all neighbours of a virtual router. Answered by NeighbourEntry events, then DumpEnd. */
    public boolean dumpNeighbours(long correlationId, int routerId) {
        CommandRules.require("DumpNeighbours", rules.router(routerId));
        int index = claim.tryClaim(DumpNeighboursEncoder.BLOCK_LENGTH);
        if (index < 0) {
            return false;
        }
        new DumpNeighboursEncoder()
                .wrapAndApplyHeader(claim.buffer(), index, new MessageHeaderEncoder())
                .correlationId(correlationId)
                .routerId(routerId);
        return claim.commit(index);
    }

    private static AddressFamilyCode code(AddressFamily family) {
        return AddressFamilyCode.get((short) family.code());
    }
}
