package io.vireo.dataplane.nexthop;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;

class BucketAssignmentTest {
    private static final int BUCKETS = NextHopGroups.BUCKETS;
    private static final int MAX = NextHopGroups.MAX_MEMBERS;

    private final BucketAssignment assignment = new BucketAssignment();

    private record Member(int adjacency, int weight) {}

    private int[] assign(List<Member> members) {
        long[] identities = members.stream()
                .mapToLong(member -> 0x20010db8L + member.adjacency())
                .toArray();
        return assignment
                .assign(adjacencies(members), weights(members), identities, members.size())
                .clone();
    }

    private int[] follow(int[] before, List<Member> members) {
        int[] after = assignment.follow(before, adjacencies(members), weights(members), members.size());
        return Objects.requireNonNull(after).clone();
    }

    private static int[] adjacencies(List<Member> members) {
        return members.stream().mapToInt(Member::adjacency).toArray();
    }

    private static int[] weights(List<Member> members) {
        return members.stream().mapToInt(Member::weight).toArray();
    }

    private static int held(int[] buckets, int adjacency) {
        return (int)
                Arrays.stream(buckets).filter(bucket -> bucket == adjacency).count();
    }

    private static int moved(int[] before, int[] after) {
        int count = 0;
        for (int b = 0; b < BUCKETS; b++) {
            count += before[b] == after[b] ? 0 : 1;
        }
        return count;
    }

    private static int total(List<Member> members) {
        return members.stream().mapToInt(Member::weight).sum();
    }

    /** Rounded down or up; at least one, which others may lack; and {@code slack} more. */
    private static void assertFairShares(int[] buckets, List<Member> members, int slack) {
        int tiny = (int) members.stream()
                .filter(member -> BUCKETS * member.weight() < total(members))
                .count();
        for (Member member : members) {
            double share = (double) BUCKETS * member.weight() / total(members);
            assertThat(held(buckets, member.adjacency()))
                    .as("%s of %s", member, members)
                    .isBetween(Math.max(1, (int) Math.floor(share) - tiny), (int) Math.ceil(share) + tiny + slack);
        }
    }

    private static List<Member> randomMembers(Random random, int count) {
        int maxWeight = random.nextBoolean() ? 1 : 1 + random.nextInt(255);
        List<Member> members = new ArrayList<>();
        for (int m = 0; m < count; m++) {
            members.add(new Member(100 + m, 1 + random.nextInt(maxWeight)));
        }
        Collections.shuffle(members, random);
        return members;
    }

    @Test
    void shouldGiveEachMemberItsShare() {
        Random random = new Random(1);
        for (int round = 0; round < 200; round++) {
            List<Member> members = randomMembers(random, 2 + random.nextInt(MAX - 1));
            assertFairShares(assign(members), members, 0);
        }
    }

    @Test
    void shouldHonourWeightsFromOneTo255() {
        int[] buckets = assign(List.of(new Member(1, 1), new Member(2, 255)));
        assertThat(held(buckets, 1)).isEqualTo(4);
        assertThat(held(buckets, 2)).isEqualTo(1020);
    }

    @Test
    void shouldLeaveNoMemberWithoutABucket() {
        List<Member> members = new ArrayList<>();
        for (int m = 0; m < MAX; m++) {
            members.add(new Member(100 + m, m % 5 == 0 ? 1 : 255));
        }
        int[] buckets = assign(members);
        assertThat(members).allMatch(member -> held(buckets, member.adjacency()) >= 1);
    }

    /** The rule, by an oracle that knows only the two rows: a bucket that has moved had to. */
    @Test
    void shouldMoveOnlyTheFlowsOfAMemberThatGoes() {
        Random random = new Random(2);
        for (int round = 0; round < 200; round++) {
            List<Member> before = randomMembers(random, 2 + random.nextInt(MAX - 1));
            int[] row = assign(before);
            List<Member> after = new ArrayList<>(before);
            Member gone = after.remove(random.nextInt(after.size()));
            int[] next = follow(row, after);
            for (int b = 0; b < BUCKETS; b++) {
                assertThat(next[b] == row[b] || row[b] == gone.adjacency()).isTrue();
            }
            assertThat(moved(row, next)).isEqualTo(held(row, gone.adjacency()));
            assertFairShares(next, after, 1);
        }
    }

    @Test
    void shouldMoveOnlyTheShareOfAMemberThatComes() {
        Random random = new Random(3);
        for (int round = 0; round < 200; round++) {
            List<Member> after = randomMembers(random, 2 + random.nextInt(MAX - 1));
            List<Member> before = new ArrayList<>(after);
            Member come = before.remove(random.nextInt(before.size()));
            int[] row = assign(before);
            int[] next = follow(row, after);
            for (int b = 0; b < BUCKETS; b++) {
                assertThat(next[b] == row[b] || next[b] == come.adjacency()).isTrue();
            }
            assertThat(moved(row, next)).isEqualTo(held(next, come.adjacency()));
            assertFairShares(next, after, 1);
        }
    }

    /** A thousand changes in a row, several members at once, weights too: shares stay fair, and nothing moves without need. */
    @Test
    void shouldStayFairThroughManyChanges() {
        Random random = new Random(4);
        List<Member> members = randomMembers(random, 10);
        int[] row = assign(members);
        for (int round = 0; round < 1000; round++) {
            List<Member> pool = randomMembers(random, MAX);
            List<Member> next = new ArrayList<>(pool.subList(0, 1 + random.nextInt(random.nextInt(8) == 0 ? MAX : 12)));
            for (Member member : members) {
                if (random.nextInt(4) > 0 && next.size() < MAX && !containsAdjacency(next, member.adjacency())) {
                    next.add(member);
                }
            }
            int[] after = assignment.follow(row, adjacencies(next), weights(next), next.size());
            after = after == null ? assign(next) : after.clone();
            assertFairShares(after, next, 1);
            if (next.equals(members)) {
                assertThat(after).isEqualTo(row);
            }
            members = next;
            row = after;
        }
    }

    private static boolean containsAdjacency(List<Member> members, int adjacency) {
        return members.stream().anyMatch(member -> member.adjacency() == adjacency);
    }

    @Test
    void shouldLeaveEverythingWhereItIsWhenNothingHasChanged() {
        List<Member> members = List.of(new Member(1, 3), new Member(2, 5), new Member(3, 1));
        int[] row = assign(members);
        assertThat(follow(row, members)).isEqualTo(row);
        assertThat(follow(row, List.of(members.get(2), members.get(0), members.get(1))))
                .isEqualTo(row);
    }

    @Test
    void shouldShareOutTheFlowsOfASingleNextHop() {
        int[] single = new int[BUCKETS];
        Arrays.fill(single, 7);
        int[] row = follow(single, List.of(new Member(7, 1), new Member(8, 1)));
        assertThat(held(row, 7)).isEqualTo(BUCKETS / 2);
        assertThat(held(row, 8)).isEqualTo(BUCKETS / 2);
    }

    @Test
    void shouldHaveNothingToFollowWhenNoMemberStays() {
        int[] row = assign(List.of(new Member(1, 1), new Member(2, 1)));
        assertThat(assignment.follow(row, new int[] {3, 4}, new int[] {1, 1}, 2))
                .isNull();
    }

    @Test
    void shouldCountANextHopThatIsNamedTwiceTwice() {
        List<Member> members = List.of(new Member(1, 1), new Member(1, 1), new Member(2, 1));
        int[] row = assign(members);
        assertThat(held(row, 1)).isBetween(682, 683);
        List<Member> without = List.of(new Member(1, 1), new Member(1, 1));
        assertThat(moved(row, follow(row, without))).isEqualTo(held(row, 2));
    }

    /** What a restart or a route that is removed and added costs: not nothing, but little more than the member that went. */
    @Test
    void shouldSendMostFlowsTheSameWayWithoutAPast() {
        for (int count : new int[] {3, 8, 64}) {
            List<Member> all = randomMembers(new Random(count), count).stream()
                    .map(member -> new Member(member.adjacency(), 1))
                    .toList();
            int[] row = assign(all);
            int[] without = assign(all.subList(1, count));
            int gone = held(row, all.getFirst().adjacency());
            assertThat(moved(row, without) - gone).isLessThan(BUCKETS / 5);
        }
    }
}
