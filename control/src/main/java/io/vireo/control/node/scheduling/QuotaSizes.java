package io.vireo.control.node.scheduling;

import io.vireo.control.model.Configuration;
import io.vireo.control.model.Limits;
import io.vireo.control.model.Problem;
import io.vireo.control.model.Vpn;
import io.vireo.control.model.VpnBuffers;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How the packets that a port can hold queued are divided: half is everybody's, of the other half each VPN with buffers of
 * its own has what it says, and those that say nothing divide what is left evenly. Immutable.
 *
 * <p>So a VPN whose classes are full takes nothing from another's, and the quotas never add up to more than there is.
 */
public final class QuotaSizes {
    /** Below this a queue cannot even take a burst. */
    private static final int MIN_SHARE_PACKETS = 16;

    private final int ownPackets;
    private final int sharePackets;
    private final long configuredPackets;

    private QuotaSizes(int queuePackets, long configuredPackets, int sharers) {
        ownPackets = queuePackets - queuePackets / 2;
        this.configuredPackets = configuredPackets;
        sharePackets = (int) Math.max(1, (ownPackets - configuredPackets) / Math.max(1, sharers));
    }

    /**
     * The sizes of quotas that exist together.
     *
     * @param queuePackets what the classes of one port can hold
     */
    static QuotaSizes of(int queuePackets, Collection<QuotaPlan> quotas) {
        List<VpnBuffers> configured = new ArrayList<>();
        for (QuotaPlan quota : quotas) {
            if (quota.configured() != null) {
                configured.add(quota.configured());
            }
        }
        return of(queuePackets, configured, quotas.size() - configured.size());
    }

    private static QuotaSizes of(int queuePackets, List<VpnBuffers> configured, int sharers) {
        return new QuotaSizes(
                queuePackets, configured.stream().mapToLong(VpnBuffers::packets).sum(), sharers);
    }

    /** How much a VPN has. */
    VpnBuffers of(QuotaPlan quota) {
        VpnBuffers configured = quota.configured();
        return configured == null ? new VpnBuffers(sharePackets, Limits.MAX_BUFFER_BYTES) : configured;
    }

    /** What of a configuration does not fit into the ports' queues. */
    public static List<Problem> check(Configuration configuration, int queuePackets) {
        List<VpnBuffers> configured = new ArrayList<>();
        int sharers = 0;
        int lastWithBuffers = 0;
        int lastSharer = 0;
        for (int i = 0; i < configuration.vpns().size(); i++) {
            Vpn vpn = configuration.vpns().get(i);
            if (vpn.buffers() != null) {
                configured.add(vpn.buffers());
                lastWithBuffers = i;
            } else if (vpn.hasOwnBuffers()) {
                sharers++;
                lastSharer = i;
            }
        }
        QuotaSizes sizes = of(queuePackets, configured, sharers);
        String reason = sizes.refusal(sharers, queuePackets);
        int culprit = sizes.configuredPackets > sizes.ownPackets || sharers == 0 ? lastWithBuffers : lastSharer;
        return reason == null ? List.of() : List.of(Problem.at("vpns[" + culprit + "].buffers", reason));
    }

    private @Nullable String refusal(int sharers, int queuePackets) {
        String room = "a port can hold " + queuePackets + " packets queued, " + ownPackets
                + " of them for VPNs with buffers of their own (setting vireo.port.packets of the data plane)";
        if (configuredPackets > ownPackets) {
            return "all VPNs together would have " + configuredPackets + " packets, but " + room;
        }
        if (sharers > 0 && sharePackets < MIN_SHARE_PACKETS) {
            return "are not enough for " + sharers
                    + " VPNs with guarantees and no buffers configured, which would have "
                    + (ownPackets - configuredPackets) + " packets together: " + room;
        }
        return null;
    }
}
