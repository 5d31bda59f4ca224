package io.vireo.dataplane.path.classify;

import io.vireo.dataplane.interfaces.InterfaceLabels;
import io.vireo.dataplane.interfaces.InterfaceTable;
import io.vireo.dataplane.path.Burst;
import io.vireo.dataplane.path.CheckResult;
import io.vireo.dataplane.path.Disposition;
import io.vireo.dataplane.path.Ipv4;
import io.vireo.dataplane.path.Ipv6;
import io.vireo.dataplane.path.Lookups;
import io.vireo.dataplane.wire.code.DropReason;
import io.vireo.dpdk.Memory;

/** Lists a packet whose interface is known for what comes next: a table of its router, or the tunnel that its label says. */
public final class Listing {
    private static final int LABELS_NOT_TAKEN = Disposition.drop(DropReason.LABELS_NOT_TAKEN);

    private Listing() {}

    /** A packet that came in by the interface with this record, with what check says of it. */
    public static void list(Burst burst, int i, long record, int checkResult) {
        int disposition = CheckResult.disposition(checkResult);
        if (disposition != Disposition.FORWARD) {
            burst.except(i, disposition);
        } else if (CheckResult.family(checkResult) == CheckResult.FAMILY_IPV4) {
            listIpv4(burst.ipv4, i, burst.network[i], InterfaceTable.table4(record));
        } else if (CheckResult.family(checkResult) == CheckResult.FAMILY_MPLS) {
            listLabelled(burst, i, record, CheckResult.localOnlyReason(checkResult));
        } else {
            listIpv6(burst.ipv6, i, burst.network[i], InterfaceTable.table6(record));
        }
    }

    /** What came to everybody is for nobody's labels: there is no multicast here (RFC 5332 §4). */
    private static void listLabelled(Burst burst, int i, long record, int localOnlyReason) {
        if (!InterfaceLabels.areTaken(record)) {
            burst.except(i, LABELS_NOT_TAKEN);
        } else if (localOnlyReason != Disposition.FORWARD) {
            burst.except(i, localOnlyReason);
        } else {
            burst.labelled.packet[burst.labelled.count++] = i;
        }
    }

    /** An IPv4 packet that nothing is to be said of. */
    static void listIpv4(Lookups list, int i, long header, int table) {
        int k = list.count++;
        list.packet[k] = i;
        list.table[k] = table;
        list.destination[k] = Memory.getIntBigEndian(header + Ipv4.DESTINATION);
    }

    /** As {@link #listIpv4}, of IPv6. */
    static void listIpv6(Lookups list, int i, long header, int table) {
        int k = list.count++;
        list.packet[k] = i;
        list.table[k] = table;
        list.destinationHigh[k] = Memory.getLongBigEndian(header + Ipv6.DESTINATION);
        list.destinationLow[k] = Memory.getLongBigEndian(header + Ipv6.DESTINATION + Long.BYTES);
    }
}
