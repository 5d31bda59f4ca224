package io.vireo.dataplane.membership.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.vireo.dataplane.membership.policy.MemberList.Otherwise;
import io.vireo.dataplane.schedule.policy.FilterKey;
import io.vireo.dataplane.schedule.policy.FilterPrefix;
import io.vireo.dataplane.schedule.policy.PortRange;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CompiledMembersTest {
    private static final int AT = 33;
    private static final int UDP = 17;
    private static final FilterPrefix NET = new FilterPrefix(true, 0, 0x0a000000, 24);

    private static MemberList list(List<MemberTuple> tuples) {
        return new MemberList(tuples, List.of(), Otherwise.OWN, 0);
    }

    private static long[] placed(long[] image) {
        long[] memory = new long[image.length + 2 * AT];
        System.arraycopy(image, 0, memory, AT, image.length);
        return memory;
    }

    @ParameterizedTest
    @CsvSource({"false, 20, 200", "false, 300, 20", "true, 20, 100", "true, 300, 10", "true, 3000, 1"})
    void shouldFindTheFirstTupleThatMatchesAsAScanDoes(boolean isOfOnePair, int maxTuples, int rounds) {
        Random random = new Random(maxTuples);
        RandomMembers members = new RandomMembers(random, isOfOnePair);
        Set<Integer> kinds = new HashSet<>();
        for (int round = 0; round < rounds; round++) {
            List<MemberTuple> tuples = members.tuples(maxTuples - random.nextInt(20));
            long[] image = list(tuples).image();
            assertThat(new MemberImageCheck().defectOf(image, 0, image.length)).isNull();
            long[] memory = placed(image);
            assertThat(memory[AT + CompiledMembers.WORDS]).isEqualTo(image.length);
            for (int n = 0; n < 1_000; n++) {
                FilterKey key = members.key();
                int found = CompiledMembers.find(memory, AT, key);
                assertThat(found).isEqualTo(MemberScan.find(tuples, key));
                assertThat(found < 0 || CompiledMembers.vpnId(memory, AT, found) == found)
                        .isTrue();
                kinds.add(Math.min(found, 0));
            }
        }
        assertThat(kinds).as("some of each kind were found").contains(CompiledMembers.UNDECIDED, 0);
    }

    @Test
    void shouldSayWhatIsAllowedAndWhatBecomesOfTheRest() {
        List<Integer> allowed = List.of(7, -1);
        long[] memory = placed(new MemberList(List.of(), allowed, Otherwise.VPN, 0x8000_0001).image());
        assertThat(CompiledMembers.allows(memory, AT, 7)).isTrue();
        assertThat(CompiledMembers.allows(memory, AT, -1)).isTrue();
        assertThat(CompiledMembers.allows(memory, AT, 0)).isFalse();
        assertThat(memory[AT + CompiledMembers.TUPLES]).isZero();
        assertThat(CompiledMembers.otherwise(memory, AT)).isEqualTo(Otherwise.VPN.code());
        assertThat(CompiledMembers.otherwiseVpnId(memory, AT)).isEqualTo(0x8000_0001);
        assertThat(CompiledMembers.find(memory, AT, new FilterKey())).isEqualTo(CompiledMembers.NONE);
    }

    /** The list of an operator: hosts and subnets, each once, some with ports. */
    @Test
    void shouldTakeLittleMemoryForTenThousandMembers() {
        List<MemberTuple> tuples = IntStream.range(0, 10_000)
                .mapToObj(n -> new MemberTuple(
                        n & 3, MemberTuple.ANY, null, null, new FilterPrefix(true, 0, 0x0a000000L + n, 32), null))
                .toList();
        assertThat(list(tuples).image().length).isLessThan(1 << 17);
        List<MemberTuple> ports = IntStream.range(0, 10_000)
                .mapToObj(n -> new MemberTuple(n & 3, UDP, null, PortRange.of(3 * n), NET, null))
                .toList();
        assertThat(list(ports).image().length).isLessThan(1 << 17);
    }

    @Test
    void shouldRefuseWhatIsNoListOfMembers() {
        MemberTuple tuple = new MemberTuple(1, UDP, null, PortRange.of(53), NET, null);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new MemberTuple(1, 256, null, null, null, null))
                .withMessageContaining("protocol");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new MemberTuple(1, 1, null, PortRange.of(53), null, null))
                .withMessageContaining("ports need a protocol");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new MemberTuple(1, UDP, null, null, NET, new FilterPrefix(false, 0, 0, 0)))
                .withMessageContaining("family");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> list(Collections.nCopies(MemberList.MAX_TUPLES + 1, tuple)))
                .withMessageContaining("16385 tuples");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new MemberList(List.of(), Collections.nCopies(257, 1), Otherwise.OWN, 0))
                .withMessageContaining("257");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new MemberList(List.of(), List.of(), Otherwise.DROP, 5))
                .withMessageContaining("VPN-ID");
    }

    @Test
    void shouldKnowWhichTupleCoversAnother() {
        MemberTuple wide = new MemberTuple(1, MemberTuple.ANY, null, null, NET, null);
        MemberTuple narrow =
                new MemberTuple(2, UDP, null, new PortRange(5, 9), new FilterPrefix(true, 0, 0x0a000004, 30), NET);
        assertThat(wide.covers(narrow)).isTrue();
        assertThat(narrow.covers(wide)).isFalse();
        assertThat(narrow.covers(narrow)).isTrue();
        MemberTuple otherPorts =
                new MemberTuple(2, UDP, null, new PortRange(5, 10), new FilterPrefix(true, 0, 0x0a000004, 30), NET);
        assertThat(narrow.covers(otherPorts)).isFalse();
        assertThat(otherPorts.covers(narrow)).isTrue();
    }
}
