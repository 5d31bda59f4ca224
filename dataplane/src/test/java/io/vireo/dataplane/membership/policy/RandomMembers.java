package io.vireo.dataplane.membership.policy;

import io.vireo.dataplane.schedule.policy.FilterKey;
import io.vireo.dataplane.schedule.policy.FilterPrefix;
import io.vireo.dataplane.schedule.policy.PortRange;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Tuples and keys out of few addresses, prefixes and ports, so that much overlaps and keys hit. */
final class RandomMembers {
    private static final int[] PROTOCOLS = {6, 17, 132, 1, 58};
    private static final int[] LENGTHS4 = {0, 1, 8, 24, 31, 32};
    private static final int[] LENGTHS6 = {0, 32, 64, 65, 127, 128};

    private final RandomGenerator random;
    private final boolean isOfOnePair;

    /** @param isOfOnePair whether all tuples have the same prefixes, and differ by protocol and ports alone. */
    RandomMembers(RandomGenerator random, boolean isOfOnePair) {
        this.random = random;
        this.isOfOnePair = isOfOnePair;
    }

    List<MemberTuple> tuples(int count) {
        List<MemberTuple> tuples = new ArrayList<>(count);
        for (int n = 0; n < count; n++) {
            tuples.add(tuple(n));
        }
        return tuples;
    }

    private MemberTuple tuple(int vpnId) {
        boolean isIpv4 = random.nextBoolean();
        FilterPrefix source = isOfOnePair || random.nextInt(3) == 0 ? null : prefix(isIpv4);
        FilterPrefix destination = isOfOnePair || random.nextInt(3) == 0 ? null : prefix(isIpv4);
        boolean isOfAny = random.nextInt(4) == 0;
        int protocol = isOfAny ? MemberTuple.ANY : PROTOCOLS[random.nextInt(PROTOCOLS.length)];
        boolean hasPorts = Transport.hasPorts(protocol);
        return new MemberTuple(
                vpnId, protocol, hasPorts ? ports() : null, hasPorts ? ports() : null, source, destination);
    }

    private @Nullable PortRange ports() {
        int first = port();
        return switch (random.nextInt(4)) {
            case 0 -> null;
            case 1 -> new PortRange(first, Math.min(65_535, first + random.nextInt(20_000)));
            default -> PortRange.of(first);
        };
    }

    private int port() {
        return random.nextInt(3) == 0 ? 65_535 * random.nextInt(2) : random.nextInt(64) * 1_000;
    }

    private FilterPrefix prefix(boolean isIpv4) {
        int length = isIpv4 ? LENGTHS4[random.nextInt(LENGTHS4.length)] : LENGTHS6[random.nextInt(LENGTHS6.length)];
        long mask = CompiledMembers.ones(isIpv4 ? length + 32 : length - 64);
        long low = isIpv4 ? address() & 0xffff_ffffL : address();
        return new FilterPrefix(isIpv4, isIpv4 ? 0 : address() & CompiledMembers.ones(length), low & mask, length);
    }

    private long address() {
        return random.nextInt(5) == 0 ? -random.nextInt(2) : random.nextLong() & 0xc000_0007_c000_0007L;
    }

    FilterKey key() {
        FilterKey key = new FilterKey();
        key.isIpv4 = random.nextBoolean();
        key.protocol = PROTOCOLS[random.nextInt(PROTOCOLS.length)];
        boolean showsPorts = Transport.hasPorts(key.protocol) && random.nextInt(5) > 0;
        key.sourcePort = showsPorts ? port() : FilterKey.NO_PORT;
        key.destinationPort = showsPorts ? port() : FilterKey.NO_PORT;
        key.sourceHigh = key.isIpv4 ? 0 : address();
        key.sourceLow = key.isIpv4 ? address() & 0xffff_ffffL : address();
        key.destinationHigh = key.isIpv4 ? 0 : address();
        key.destinationLow = key.isIpv4 ? address() & 0xffff_ffffL : address();
        return key;
    }
}
