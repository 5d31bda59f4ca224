package io.vireo.dataplane.membership.policy;

import io.vireo.dataplane.schedule.policy.FilterKey;
import io.vireo.dataplane.schedule.policy.FilterPrefix;
import io.vireo.dataplane.schedule.policy.PortRange;
import java.math.BigInteger;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The slow and obvious way: one tuple after the other, addresses as large numbers. */
final class MemberScan {
    private static final BigInteger TWO_64 = BigInteger.ONE.shiftLeft(64);

    private MemberScan() {}

    static int find(List<MemberTuple> tuples, FilterKey key) {
        for (int n = 0; n < tuples.size(); n++) {
            MemberTuple tuple = tuples.get(n);
            boolean isOfAddresses = isIn(tuple.source(), key.isIpv4, number(key.sourceHigh, key.sourceLow))
                    && isIn(tuple.destination(), key.isIpv4, number(key.destinationHigh, key.destinationLow));
            if (!isOfAddresses || (tuple.protocol() != MemberTuple.ANY && tuple.protocol() != key.protocol)) {
                continue;
            }
            if (tuple.hasPorts() && key.sourcePort == FilterKey.NO_PORT) {
                return CompiledMembers.UNDECIDED;
            }
            if (isIn(tuple.sourcePorts(), key.sourcePort) && isIn(tuple.destinationPorts(), key.destinationPort)) {
                return n;
            }
        }
        return CompiledMembers.NONE;
    }

    private static boolean isIn(@Nullable PortRange ports, int port) {
        return ports == null || (ports.first() <= port && port <= ports.last());
    }

    private static boolean isIn(@Nullable FilterPrefix prefix, boolean isIpv4, BigInteger address) {
        if (prefix == null) {
            return true;
        }
        int rest = (isIpv4 ? 32 : 128) - prefix.length();
        BigInteger network = number(prefix.high(), prefix.low());
        return prefix.isIpv4() == isIpv4 && network.shiftRight(rest).equals(address.shiftRight(rest));
    }

    private static BigInteger number(long high, long low) {
        return unsigned(high).shiftLeft(64).or(unsigned(low));
    }

    private static BigInteger unsigned(long word) {
        BigInteger number = BigInteger.valueOf(word);
        return word < 0 ? number.add(TWO_64) : number;
    }
}
