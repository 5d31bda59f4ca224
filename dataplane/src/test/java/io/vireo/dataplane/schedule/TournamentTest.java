package io.vireo.dataplane.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TournamentTest {
    private static final int BASE = 64;
    private static final int MAX_ORDER = 8;
    private static final int FIRST_ID = 1_000;

    private final Tournament tournament = new Tournament(BASE + (4 << MAX_ORDER));
    private final Words finals = new Words(2);
    private final Map<Integer, Long> oracle = new HashMap<>();

    @AfterEach
    void keepTheMemory() {
        assertThat(finals.holds(0, 4)).isTrue();
    }

    @Test
    void shouldNameTheLeastKeyInFamiliesOfEverySize() {
        for (int order = 0; order <= MAX_ORDER; order++) {
            play(order, 0);
        }
    }

    @Test
    void shouldCompareKeysAroundTheWrap() {
        for (int order = 0; order <= MAX_ORDER; order++) {
            play(order, Long.MAX_VALUE - 5_000);
        }
    }

    private void play(int order, long origin) {
        Random random = new Random(order);
        oracle.clear();
        tournament.clear(BASE, order, origin);
        for (int step = 0; step < 20_000; step++) {
            int seat = random.nextInt(4 << order);
            boolean isLeaving = random.nextInt(4) == 0;
            long key = isLeaving ? origin + Tournament.OUT_LEAD : origin + random.nextInt(10_000);
            if (isLeaving) {
                oracle.remove(seat);
            } else {
                oracle.put(seat, key);
            }
            tournament.play(BASE, order, seat, key, FIRST_ID + seat, finals.address());
            checkWinner(origin);
        }
        checkSoon(order, origin, random);
    }

    private void checkWinner(long origin) {
        if (oracle.isEmpty()) {
            return;
        }
        long min = oracle.values().stream()
                .min(Comparator.comparingLong(key -> key - origin))
                .orElseThrow();
        assertThat(Words.get(finals.address())).isEqualTo(min);
        int winner = (int) Words.get(finals.address() + Long.BYTES);
        assertThat(oracle.get(winner - FIRST_ID)).isEqualTo(min);
    }

    private void checkSoon(int order, long origin, Random random) {
        long until = origin + 3_000;
        Set<Integer> expected = new HashSet<>();
        oracle.forEach((seat, key) -> {
            if (key - until <= 0) {
                expected.add(FIRST_ID + seat);
            }
        });
        int[] ids = new int[4 << order];
        int count = tournament.findUntil(BASE, order, random.nextInt(4 << order), until, ids.length, ids);
        assertThat(Arrays.stream(ids, 0, count).boxed()).containsExactlyInAnyOrderElementsOf(expected);
        assertThat(tournament.findUntil(BASE, order, 0, until, 1, ids)).isEqualTo(Math.min(1, expected.size()));
    }
}
