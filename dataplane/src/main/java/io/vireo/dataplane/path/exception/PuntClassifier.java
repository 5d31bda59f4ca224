package io.vireo.dataplane.path.exception;

import io.vireo.dataplane.path.ControlProtocol;
import io.vireo.dataplane.wire.code.PuntClass;
import io.vireo.dataplane.wire.code.PuntReason;

/** Finds the {@link PuntClass} of a packet: by its protocol if that is network control, else by why it is punted. Stateless. */
final class PuntClassifier {
    private static final int[] BY_REASON = byReason();

    private static final int ROUTING = PuntClass.ROUTING.code();
    private static final int NEIGHBOUR = PuntClass.NEIGHBOUR.code();
    private static final int LINK = PuntClass.LINK.code();
    private static final int GROUP = PuntClass.GROUP.code();

    private PuntClassifier() {}

    /**
     * Returns the code of the class.
     *
     * @param reason {@link PuntReason} code
     * @param network where the packet lies, behind its Ethernet header
     * @param bytes from there to its end
     */
    static int classOf(int reason, long network, int bytes) {
        int byReason = BY_REASON[reason];
        if (isTransit(byReason)) {
            return byReason; // whose protocol is not the router's business
        }
        return switch (ControlProtocol.ofNetwork(network, bytes)) {
            case ControlProtocol.ROUTING -> ROUTING;
            case ControlProtocol.NEIGHBOUR -> NEIGHBOUR;
            case ControlProtocol.GROUP -> GROUP;
            case ControlProtocol.LINK -> LINK;
            default -> byReason;
        };
    }

    /** What is on its way to somebody else. A router alert (RFC 2113) or a route that punts may be for the router itself. */
    private static boolean isTransit(int puntClass) {
        return puntClass == PuntClass.GLEAN.code()
                || puntClass == PuntClass.TTL.code()
                || puntClass == PuntClass.TOO_BIG.code()
                || puntClass == PuntClass.UNREACHABLE.code();
    }

    private static int[] byReason() {
        PuntReason[] reasons = PuntReason.values();
        int[] classes = new int[reasons.length];
        for (PuntReason reason : reasons) {
            classes[reason.code()] = classOf(reason).code();
        }
        return classes;
    }

    private static PuntClass classOf(PuntReason reason) {
        return switch (reason) {
            case LOCAL, LINK_LOCAL -> PuntClass.LOCAL;
            case ARP -> PuntClass.NEIGHBOUR;
            case LINK_MULTICAST, BROADCAST -> PuntClass.GROUP;
            case NEIGHBOUR_UNKNOWN, GATEWAY_UNKNOWN -> PuntClass.GLEAN;
            case TTL_EXPIRED -> PuntClass.TTL;
            case TOO_BIG -> PuntClass.TOO_BIG;
            case OPTIONS -> PuntClass.OPTIONS;
            case NO_ROUTE, UNREACHABLE, PROHIBIT -> PuntClass.UNREACHABLE;
            case PUNT_ROUTE, REDIRECT -> PuntClass.ROUTED;
            case OTHER -> PuntClass.LINK;
            case MULTICAST -> PuntClass.MULTICAST;
        };
    }
}
