package io.vireo.dataplane.path.exception;

import static org.assertj.core.api.Assertions.assertThat;

import io.vireo.dataplane.wire.code.PuntClass;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The budgets against an oracle that fills token buckets nanosecond by nanosecond, and what they promise. */
class PuntBudgetsTest {
    private static final long SECOND_NS = 1_000_000_000L;
    private static final int ROUTERS = 2;
    private static final int INTERFACES = 5;
    private static final int CLASSES = PuntClass.values().length;
    private static final int LOCAL = PuntClass.LOCAL.code();
    private static final int GLEAN = PuntClass.GLEAN.code();

    private final PuntBudgets budgets = new PuntBudgets(ROUTERS, INTERFACES);

    /** A bucket of credit in nanoseconds, which grows by one each, and of which a packet takes the increment. */
    private static final class Bucket {
        private static final long MAX_DEBT_NS = SECOND_NS;

        private long incrementNs;
        private long capacityNs = -1;
        private long creditNs;
        private long latestNs;

        void set(int packetsPerSecond, int burstPackets) {
            incrementNs = packetsPerSecond == 0 ? 0 : Math.max(1, SECOND_NS / packetsPerSecond);
            capacityNs = packetsPerSecond == 0 ? -1 : Math.max(1, burstPackets) * incrementNs;
            creditNs = capacityNs;
        }

        boolean has(long nowNs) {
            creditNs = Math.min(capacityNs, creditNs + nowNs - latestNs);
            latestNs = nowNs;
            return creditNs >= incrementNs;
        }

        void take(long nowNs) {
            if (capacityNs >= 0) {
                has(nowNs);
                creditNs = Math.max(-MAX_DEBT_NS, creditNs - incrementNs);
            }
        }
    }

    private static final class Oracle {
        private final Bucket[] routers = new Bucket[ROUTERS];
        private final Bucket[][] classes = new Bucket[ROUTERS][CLASSES];
        private final Bucket[][] interfaces = new Bucket[INTERFACES][CLASSES];

        Oracle() {
            for (int c = 0; c < CLASSES; c++) {
                for (int r = 0; r < ROUTERS; r++) {
                    routers[r] = new Bucket();
                    classes[r][c] = new Bucket();
                }
                for (int i = 0; i < INTERFACES; i++) {
                    interfaces[i][c] = new Bucket();
                }
            }
        }

        int police(int interfaceId, int router, int puntClass, long nowNs) {
            Bucket whole = routers[router];
            Bucket ofClass = classes[router][puntClass];
            if (interfaces[interfaceId][puntClass].has(nowNs)) {
                interfaces[interfaceId][puntClass].take(nowNs);
                ofClass.take(nowNs);
                whole.take(nowNs);
                return PuntBudgets.COMMITTED;
            }
            if (!ofClass.has(nowNs)) {
                return PuntBudgets.OVER_CLASS;
            }
            if (!whole.has(nowNs)) {
                return PuntBudgets.OVER_ROUTER;
            }
            ofClass.take(nowNs);
            whole.take(nowNs);
            return PuntBudgets.EXCESS;
        }
    }

    @Test
    void shouldDecideAsFullBucketsDo() {
        for (long seed = 0; seed < 300; seed++) {
            var random = new Random(seed);
            var mine = new PuntBudgets(ROUTERS, INTERFACES);
            var oracle = new Oracle();
            for (int router = 0; router < ROUTERS; router++) {
                setAll(random, mine, oracle, router);
            }
            long nowNs = SECOND_NS;
            for (int n = 0; n < 2_000; n++) {
                nowNs += random.nextInt(4) == 0 ? random.nextInt(50_000_000) : random.nextInt(100_000);
                int interfaceId = random.nextInt(INTERFACES);
                int router = interfaceId % ROUTERS;
                int puntClass = random.nextInt(3);
                assertThat(mine.police(interfaceId, router, puntClass, nowNs))
                        .as("seed %d, packet %d", seed, n)
                        .isEqualTo(oracle.police(interfaceId, router, puntClass, nowNs));
            }
        }
    }

    private static void setAll(Random random, PuntBudgets mine, Oracle oracle, int router) {
        int rate = 1 + random.nextInt(20_000);
        int burst = 1 + random.nextInt(200);
        mine.limit(router, rate, burst);
        oracle.routers[router].set(rate, burst);
        for (int c = 0; c < CLASSES; c++) {
            int classRate = random.nextInt(8) == 0 ? 0 : 1 + random.nextInt(5_000);
            int classBurst = 1 + random.nextInt(100);
            int ownRate = random.nextInt(8) == 0 ? 0 : 1 + random.nextInt(1_000);
            int ownBurst = 1 + random.nextInt(50);
            mine.limitClass(router, c, classRate, classBurst, ownRate, ownBurst);
            oracle.classes[router][c].set(classRate, classBurst);
            for (int i = router; i < INTERFACES; i += ROUTERS) {
                oracle.interfaces[i][c].set(ownRate, ownBurst);
            }
        }
    }

    @Test
    void shouldRefuseNothingOfAnInterfaceThatKeepsWithinItsBudgetWhateverOthersDo() {
        budgets.limit(0, 1_000, 1_000);
        int ownRate = budget(PuntClass.LOCAL, 1_000);
        long nowNs = SECOND_NS;
        for (int second = 0; second < 3; second++) {
            for (int n = 0; n < ownRate; n++) {
                nowNs += SECOND_NS / ownRate;
                for (int flood = 0; flood < 200; flood++) {
                    budgets.police(1 + flood % 2 * 2, 0, flood % CLASSES, nowNs);
                }
                assertThat(budgets.police(0, 0, LOCAL, nowNs)).isEqualTo(PuntBudgets.COMMITTED);
            }
        }
    }

    @Test
    void shouldGiveAFloodItsClassAndNoMore() {
        budgets.limit(0, 1_000, 100);
        int conforming = 0;
        for (long nowNs = SECOND_NS; nowNs < 11 * SECOND_NS; nowNs += 50_000) {
            conforming += budgets.police(0, 0, GLEAN, nowNs) <= PuntBudgets.EXCESS ? 1 : 0;
        }
        assertThat(conforming).isBetween(450, 550); // 5 % of 1,000/s, for 10 s
    }

    @Test
    void shouldKeepTheRoutersRateForAllClassesTogether() {
        budgets.limit(0, 1_000, 100);
        int conforming = 0;
        int n = 0;
        for (long nowNs = SECOND_NS; nowNs < 11 * SECOND_NS; nowNs += 20_000) {
            conforming += budgets.police(0, 0, n++ % CLASSES, nowNs) <= PuntBudgets.EXCESS ? 1 : 0;
        }
        assertThat(conforming).isBetween(9_500, 11_200);
    }

    @Test
    void shouldLetAloneInterfaceUseItsWholeClass() {
        budgets.limit(0, 1_000, 100);
        int conforming = 0;
        for (long nowNs = SECOND_NS; nowNs < 11 * SECOND_NS; nowNs += 100_000) {
            conforming += budgets.police(0, 0, LOCAL, nowNs) <= PuntBudgets.EXCESS ? 1 : 0;
        }
        assertThat(conforming).isBetween(4_900, 5_300); // 50 % of 1,000/s, for 10 s
    }

    @Test
    void shouldPuntNothingOfARouterWhoseRateIsZero() {
        budgets.limit(0, 0, 0);
        for (int c = 0; c < CLASSES; c++) {
            assertThat(budgets.police(0, 0, c, SECOND_NS)).isGreaterThan(PuntBudgets.EXCESS);
        }
    }

    private static int budget(PuntClass puntClass, int routerRate) {
        return PuntClass.percent(puntClass.defaultPacketsPerSecond(routerRate), PuntClass.DEFAULT_INTERFACE_PERCENT, 1);
    }
}
