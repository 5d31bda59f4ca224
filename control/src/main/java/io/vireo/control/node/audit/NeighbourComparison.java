package io.vireo.control.node.audit;

import io.vireo.control.model.IpAddress;
import io.vireo.control.node.mirror.VirtualRouter;
import io.vireo.control.node.session.DataplaneAnswers;
import io.vireo.control.node.session.DataplaneSession;
import java.util.HashMap;
import java.util.Map;

/** Compares the data plane's neighbours of one router with what it should have. Part of {@link Audit}. */
final class NeighbourComparison implements DataplaneAnswers.Dump {
    private final AuditRound round;
    private final VirtualRouter router;
    private final DataplaneSession session;
    private final Map<Neighbour, Long> found = new HashMap<>();

    private record Neighbour(int interfaceId, IpAddress address) {}

    NeighbourComparison(AuditRound round, VirtualRouter router, DataplaneSession session) {
        this.round = round;
        this.router = router;
        this.session = session;
    }

    @Override
    public void onNeighbour(int interfaceId, IpAddress address, long macBits) {
        found.put(new Neighbour(interfaceId, address), macBits);
    }

    @Override
    public void onEnd(long entries) {
        round.compared(entries);
        if (entries == found.size()) {
            compare();
        }
        round.routerDone(router);
    }

    @Override
    public void onFailure(String reason) {
        round.routerDone(router);
    }

    private void compare() {
        Map<Neighbour, Long> expected = new HashMap<>();
        router.sync().neighbours().all().forEach((key, macBits) -> {
            int interfaceId = router.sync().egressId(key.ifindex());
            if (interfaceId >= 0) {
                expected.put(new Neighbour(interfaceId, key.address()), macBits);
            }
        });
        expected.forEach((neighbour, macBits) -> {
            if (!macBits.equals(found.get(neighbour)) && !isTouched(neighbour)) {
                String key = round.report(
                        router, "neighbour " + neighbour.address(), "missing or different in the data plane");
                session.repairNeighbour(round.refusals(), key, neighbour.interfaceId(), neighbour.address(), macBits);
            }
        });
        found.keySet().removeAll(expected.keySet());
        found.keySet().removeIf(this::isTouched);
        found.keySet().forEach(neighbour -> {
            round.report(router, "neighbour " + neighbour.address(), "stale in the data plane");
            session.removeNeighbour(neighbour.interfaceId(), neighbour.address());
        });
    }

    private boolean isTouched(Neighbour neighbour) {
        return router.sync().neighbours().isTouched(neighbour.interfaceId(), neighbour.address());
    }
}
