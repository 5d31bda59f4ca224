package io.vireo.dataplane.tables;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class IntArraysTest {
    @Test
    void shouldFindTheOneThatDiffersWhereverItStands() {
        for (int count = 1; count <= 70; count++) {
            for (int first = 0; first < 20; first += 7) {
                int[] column = new int[100];
                Arrays.fill(column, first, first + count, 7);
                assertThat(IntArrays.isUniform(column, first, first + count)).isTrue();
                for (int odd = first; odd < first + count && count > 1; odd++) {
                    column[odd] = -7;
                    assertThat(IntArrays.isUniform(column, first, first + count))
                            .isFalse();
                    column[odd] = 7;
                }
            }
        }
    }

    @Test
    void shouldSumWhatIsAskedForOnly() {
        int[] column = new int[100];
        Arrays.setAll(column, k -> k + 1);
        for (int end = 0; end <= column.length; end++) {
            for (int first = 0; first <= end; first++) {
                assertThat(IntArrays.sum(column, first, end)).isEqualTo(end * (end + 1) / 2 - first * (first + 1) / 2);
            }
        }
    }
}
