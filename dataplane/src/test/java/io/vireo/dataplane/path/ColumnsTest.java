package io.vireo.dataplane.path;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class ColumnsTest {
    @Test
    void shouldFindTheOneThatDiffersWhereverItStands() {
        for (int count = 1; count <= 70; count++) {
            final int[] column = new int[100];
            Arrays.fill(column, 0, count, 7);
            assertThat(Columns.isUniform(column, count)).isTrue();
            for (int odd = 0; odd < count && count > 1; odd++) {
                column[odd] = -7;
                assertThat(Columns.isUniform(column, count)).isFalse();
                column[odd] = 7;
            }
        }
    }

    @Test
    void shouldSumWhatIsAskedForOnly() {
        final int[] column = new int[100];
        Arrays.setAll(column, k -> k + 1);
        for (int count = 0; count <= column.length; count++) {
            assertThat(Columns.sum(column, count)).isEqualTo(count * (count + 1) / 2);
        }
    }
}
