package io.vireo.dataplane.schedule.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class CompiledFilterTest {
    private static final int DEFAULT = 99;
    private static final int UDP = 17;
    private static final int TCP = 6;

    private final Random random = new Random(7);

    @Test
    void shouldFindTheFirstRuleThatMatchesAsAScanDoes() {
        for (int round = 0; round < 200; round++) {
            List<ClassFilterRule> rules = new ArrayList<>();
            int count = random.nextInt(round % 10 == 0 ? 200 : 20);
            for (int i = 0; i < count; i++) {
                rules.add(rule(i));
            }
            long[] image = ClassFilterCompiler.compile(rules, DEFAULT);
            long[] memory = new long[image.length + 50];
            System.arraycopy(image, 0, memory, 33, image.length);
            assertThat(CompiledFilter.words(memory, 33)).isEqualTo(image.length);
            for (int i = 0; i < 1_000; i++) {
                FilterKey key = key();
                assertThat(CompiledFilter.classOf(memory, 33, key)).isEqualTo(scan(rules, key));
            }
        }
    }

    private ClassFilterRule rule(int classId) {
        ClassFilterRule rule = ClassFilterRule.to(classId);
        rule = random.nextInt(3) > 0 ? rule : rule.withDscp(random.nextInt(64));
        rule = random.nextInt(3) > 0 ? rule : rule.withProtocol(protocol());
        rule = random.nextInt(3) > 0 ? rule : rule.fromPorts(ports());
        rule = random.nextInt(3) > 0 ? rule : rule.toPorts(ports());
        boolean isIpv4 = random.nextBoolean();
        rule = random.nextInt(3) > 0 ? rule : rule.fromPrefix(prefix(isIpv4));
        return random.nextInt(3) > 0 ? rule : rule.toPrefix(prefix(isIpv4));
    }

    private int protocol() {
        return random.nextInt(4) == 0 ? random.nextInt(256) : random.nextBoolean() ? TCP : UDP;
    }

    private PortRange ports() {
        int first = port();
        return new PortRange(first, Math.min(65_535, first + (random.nextBoolean() ? 0 : random.nextInt(40_000))));
    }

    private int port() {
        return switch (random.nextInt(4)) {
            case 0 -> 0;
            case 1 -> 65_535;
            case 2 -> 5_060;
            default -> random.nextInt(65_536);
        };
    }

    /** Few bits are free, so that prefixes nest and keys hit them. */
    private FilterPrefix prefix(boolean isIpv4) {
        long bits = address();
        int length = random.nextInt(isIpv4 ? 33 : 129);
        long high = isIpv4 ? 0 : bits & (length == 0 ? 0 : -1L << (64 - Math.min(64, length)));
        int lowLength = isIpv4 ? length + 32 : Math.max(0, length - 64);
        long low = bits & (lowLength == 0 ? 0 : -1L << (64 - lowLength));
        return new FilterPrefix(isIpv4, high, isIpv4 ? low & 0xFFFF_FFFFL : low, length);
    }

    private long address() {
        return switch (random.nextInt(4)) {
            case 0 -> 0;
            case 1 -> -1;
            default -> random.nextLong() & 0xC000_0003_C000_0003L;
        };
    }

    private FilterKey key() {
        FilterKey key = new FilterKey();
        key.isIpv4 = random.nextBoolean();
        key.dscp = random.nextInt(64);
        key.protocol = protocol();
        boolean hasPorts = random.nextInt(5) > 0;
        key.sourcePort = hasPorts ? port() : FilterKey.NO_PORT;
        key.destinationPort = hasPorts ? port() : FilterKey.NO_PORT;
        key.sourceHigh = key.isIpv4 ? 0 : address();
        key.sourceLow = key.isIpv4 ? address() & 0xFFFF_FFFFL : address();
        key.destinationHigh = key.isIpv4 ? 0 : address();
        key.destinationLow = key.isIpv4 ? address() & 0xFFFF_FFFFL : address();
        return key;
    }

    private static int scan(List<ClassFilterRule> rules, FilterKey key) {
        return rules.stream()
                .filter(rule -> matches(rule, key))
                .mapToInt(ClassFilterRule::classId)
                .findFirst()
                .orElse(DEFAULT);
    }

    private static boolean matches(ClassFilterRule rule, FilterKey key) {
        return (rule.dscp() < 0 || rule.dscp() == key.dscp)
                && (rule.protocol() < 0 || rule.protocol() == key.protocol)
                && isIn(rule.sourcePorts(), key.sourcePort)
                && isIn(rule.destinationPorts(), key.destinationPort)
                && isIn(rule.source(), key.isIpv4, key.sourceHigh, key.sourceLow)
                && isIn(rule.destination(), key.isIpv4, key.destinationHigh, key.destinationLow);
    }

    private static boolean isIn(@Nullable PortRange range, int port) {
        return range == null || (port >= range.first() && port <= range.last());
    }

    /** Bit by bit. */
    private static boolean isIn(@Nullable FilterPrefix prefix, boolean isIpv4, long high, long low) {
        if (prefix == null) {
            return true;
        }
        if (prefix.isIpv4() != isIpv4) {
            return false;
        }
        for (int bit = 0; bit < prefix.length(); bit++) {
            int place = isIpv4 ? bit + 96 : bit;
            if (bitOf(prefix.high(), prefix.low(), place) != bitOf(high, low, place)) {
                return false;
            }
        }
        return true;
    }

    private static long bitOf(long high, long low, int place) {
        return (place < 64 ? high >>> (63 - place) : low >>> (127 - place)) & 1;
    }

    @Test
    void shouldReadLikeAConfiguration() throws UnknownHostException {
        List<ClassFilterRule> rules = List.of(
                ClassFilterRule.to(1).withDscp(46),
                ClassFilterRule.to(2).withProtocol(UDP).toPorts(new PortRange(16_384, 32_767)),
                ClassFilterRule.to(3).toPrefix(FilterPrefix.of(InetAddress.getByName("2001:db8::"), 32)),
                ClassFilterRule.to(4).fromPrefix(FilterPrefix.of(InetAddress.getByName("10.1.2.3"), 8)));
        long[] image = ClassFilterCompiler.compile(rules, DEFAULT);
        FilterKey key = new FilterKey();
        key.isIpv4 = true;
        key.protocol = UDP;
        key.destinationPort = 20_000;
        assertThat(CompiledFilter.classOf(image, 0, key)).isEqualTo(2);
        key.dscp = 46;
        assertThat(CompiledFilter.classOf(image, 0, key)).isEqualTo(1);
        key.dscp = 0;
        key.protocol = TCP;
        assertThat(CompiledFilter.classOf(image, 0, key)).isEqualTo(DEFAULT);
        key.sourceLow = 0x0A_00_00_01L;
        assertThat(CompiledFilter.classOf(image, 0, key)).isEqualTo(4);
    }

    @Test
    void shouldRefuseWhatIsNoRule() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ClassFilterRule.to(-1))
                .withMessageContaining("class");
        ClassFilterRule rule = ClassFilterRule.to(1);
        assertThatIllegalArgumentException().isThrownBy(() -> rule.withDscp(64)).withMessageContaining("dscp");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> rule.withProtocol(256))
                .withMessageContaining("protocol");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new PortRange(2, 1))
                .withMessageContaining("ports");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new FilterPrefix(true, 0, 1, 24))
                .withMessageContaining("behind");
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        rule.fromPrefix(new FilterPrefix(true, 0, 0, 0)).toPrefix(new FilterPrefix(false, 0, 0, 0)))
                .withMessageContaining("family");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ClassFilterCompiler.compile(Collections.nCopies(1_025, rule), 0))
                .withMessageContaining("1025");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ClassFilterCompiler.compile(List.of(), -1))
                .withMessageContaining("default");
    }
}
