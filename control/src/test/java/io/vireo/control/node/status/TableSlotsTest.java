package io.vireo.control.node.status;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vireo.control.view.DataplaneAbsentException;
import io.vireo.control.view.TablePart;
import io.vireo.control.view.TooManyTablesException;
import java.util.List;
import org.junit.jupiter.api.Test;

class TableSlotsTest {
    private final TableSlots slots = new TableSlots(1, 0);

    @Test
    void shouldKeepNoMoreTablesThanThereIsRoomFor() {
        TablePart<String> part = slots.read(TableSlotsTest::table);
        assertThatThrownBy(() -> slots.read(TableSlotsTest::table))
                .isInstanceOf(TooManyTablesException.class)
                .hasMessageContaining("1 tables are being read");
        part.close();
        try (TablePart<String> next = slots.read(TableSlotsTest::table)) {
            assertThat(next.rows()).containsExactly("row");
        }
    }

    @Test
    void shouldGiveTheRoomBackWhenATableCannotBeRead() {
        assertThatThrownBy(() -> slots.read(() -> {
                    throw new DataplaneAbsentException("gone");
                }))
                .isInstanceOf(DataplaneAbsentException.class);
        slots.read(TableSlotsTest::table).close();
    }

    private static TablePart<String> table() {
        return TablePart.of(List.of("row"), Long.MAX_VALUE);
    }
}
