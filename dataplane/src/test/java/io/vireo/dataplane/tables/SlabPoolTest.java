package io.vireo.dataplane.tables;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SlabPoolTest {
    private static final int PAGES = 64;

    private record Piece(int offset, int granules) {}

    private final Random random = new Random(11);
    private final List<Piece> pieces = new ArrayList<>();
    private final BitSet taken = new BitSet();

    @Test
    void shouldNeverGiveTheSameBytesTwiceAndTakeAllBack() {
        try (Region region = new Region(PAGES * 4200L)) {
            SlabPool pool = new SlabPool(region);
            for (int round = 0; round < 20; round++) {
                fill(pool, 1 + random.nextInt(SlabPool.MAX_GRANULES));
                empty(pool, round % 2 == 0 ? pieces.size() : pieces.size() / 2);
            }
            empty(pool, pieces.size());
            assertThat(pool.usedPages()).isZero();
            assertThat(pool.freePages()).isEqualTo(pool.pageCount());
        }
    }

    private void fill(SlabPool pool, int maxGranules) {
        while (true) {
            int granules = 1 + random.nextInt(maxGranules);
            int offset = pool.allocate(granules);
            if (offset < 0) {
                return;
            }
            assertThat(taken.get(offset, offset + granules).isEmpty()).isTrue();
            taken.set(offset, offset + granules);
            pieces.add(new Piece(offset, granules));
        }
    }

    private void empty(SlabPool pool, int count) {
        for (int i = 0; i < count; i++) {
            Piece piece = pieces.set(random.nextInt(pieces.size()), pieces.getLast());
            pieces.removeLast();
            pool.free(piece.offset);
            taken.clear(piece.offset, piece.offset + piece.granules);
        }
    }

    @Test
    void shouldLeaveTheReserveAlone() {
        try (Region region = new Region(PAGES * 4200L)) {
            SlabPool pool = new SlabPool(region);
            pool.keepFree(10);
            fill(pool, SlabPool.MAX_GRANULES);
            assertThat(pool.freePages()).isEqualTo(10);
            pool.keepFree(0);
            assertThat(pool.allocate(SlabPool.MAX_GRANULES)).isNotNegative();
        }
    }
}
