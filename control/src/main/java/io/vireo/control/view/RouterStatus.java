package io.vireo.control.view;

import io.vireo.dataplane.wire.counters.TrafficCounts;
import java.util.List;

/**
 * A virtual router.
 *
 * @param vpn        name of its VPN.
 * @param vpnId      the VPN-ID.
 * @param router     its name.
 * @param routerId   its identity in the data plane.
 * @param namespace  network namespace of its control plane; empty: it has none, as what counts the substrate's crossings.
 * @param counts     what it counted.
 * @param punts      packets handed to its control plane, by class.
 * @param answers    packets that the data plane answered in place of its control plane, by kind.
 * @param interfaces its access interfaces and ends of links.
 */
public record RouterStatus(
        String vpn,
        long vpnId,
        String router,
        int routerId,
        String namespace,
        TrafficCounts counts,
        List<PuntCount> punts,
        List<PuntCount> answers,
        List<InterfaceStatus> interfaces) {

    public RouterStatus {
        punts = List.copyOf(punts);
        answers = List.copyOf(answers);
        interfaces = List.copyOf(interfaces);
    }
}
