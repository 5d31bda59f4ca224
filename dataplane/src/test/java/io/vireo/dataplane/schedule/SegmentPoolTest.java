package io.vireo.dataplane.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SegmentPoolTest {
    private static final int ORDERS = 8;

    private final SegmentPool pool = new SegmentPool(ORDERS);

    private record Segment(int index, int order) {
        int length() {
            return SegmentPool.MIN_ENTRIES << order;
        }
    }

    @Test
    void shouldNeverGiveTheSameEntryTwice() {
        Random random = new Random(4);
        List<Segment> taken = new ArrayList<>();
        BitSet used = new BitSet();
        for (int step = 0; step < 20_000; step++) {
            if (taken.isEmpty() || random.nextInt(5) < 3) {
                take(random.nextInt(ORDERS), taken, used);
            } else {
                Segment segment = taken.remove(random.nextInt(taken.size()));
                used.clear(segment.index, segment.index + segment.length());
                pool.free(segment.index, segment.order);
            }
        }
    }

    @Test
    void shouldJoinBuddiesToOneWholeAgain() {
        List<Segment> taken = new ArrayList<>();
        for (int i = 0; i < 1 << ORDERS; i++) {
            taken.add(new Segment(pool.allocate(0), 0));
        }
        assertThat(pool.allocate(0)).isEqualTo(SegmentPool.NONE);
        Collections.shuffle(taken, new Random(5));
        taken.forEach(segment -> pool.free(segment.index, 0));
        assertThat(pool.allocate(ORDERS)).isZero();
    }

    private void take(int order, List<Segment> taken, BitSet used) {
        int index = pool.allocate(order);
        if (index == SegmentPool.NONE) {
            return;
        }
        Segment segment = new Segment(index, order);
        assertThat(used.get(index, index + segment.length()).isEmpty()).isTrue();
        assertThat(index % segment.length()).isZero();
        assertThat(index + segment.length()).isLessThanOrEqualTo(pool.capacity());
        used.set(index, index + segment.length());
        taken.add(segment);
    }
}
