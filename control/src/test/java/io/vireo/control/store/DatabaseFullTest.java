package io.vireo.control.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A store without room refuses and says so, keeps what it had, and is atomic again once there is room. */
class DatabaseFullTest {
    private static final String INSERT = "INSERT INTO identity (kind, key, id) VALUES (?, ?, ?)";

    @TempDir
    Path directory;

    @Test
    void shouldStayUsableAndAtomicOnceThereIsRoomAgain() {
        try (Database database = Database.open(directory.resolve("state.db"))) {
            long pages = limitPages(database, 1);
            assertThatThrownBy(() -> database.transaction(session -> {
                        session.update(INSERT, "small", "a", 1);
                        return session.update(INSERT, "big", "x".repeat(1_000_000), 1);
                    }))
                    .isInstanceOf(StoreException.class)
                    .hasMessageContaining("the disk is full");
            assertThat(keys(database)).isEmpty();

            limitPages(database, pages + 10_000);
            assertThatThrownBy(() -> database.transaction(session -> {
                        session.update(INSERT, "small", "b", 2);
                        throw new IllegalStateException("after the first statement");
                    }))
                    .isInstanceOf(IllegalStateException.class);
            assertThat(keys(database)).isEmpty();

            database.transaction(session -> session.update(INSERT, "small", "c", 3));
            assertThat(keys(database)).containsExactly("c");
        }
    }

    /** What is numbered is on the disk, or not numbered at all. */
    @Test
    void shouldGiveNoNumbersThatAreNotOnTheDisk() {
        try (Database database = Database.open(directory.resolve("state.db"))) {
            IdentityTable identities = new IdentityTable(database);
            long pages = limitPages(database, 1);
            List<String> tooMany =
                    IntStream.range(0, 20_000).mapToObj(i -> "router-" + i).toList();
            assertThatThrownBy(() -> identities.reserve("ROUTER", tooMany, 100_000))
                    .hasMessageContaining("the disk is full");
            assertThat(identities.keys("ROUTER")).isEmpty();
            limitPages(database, pages + 10_000);
            assertThat(identities.reserve("ROUTER", List.of("other"), 10)).containsExactly("other");
            assertThat(keys(database)).containsExactly("other");
        }
    }

    /** SQLite takes no fewer than there are, and returns what it took. */
    private static long limitPages(Database database, long pages) {
        return database.call(session -> session.query("PRAGMA max_page_count = " + pages, row -> row.getLong(1))
                .getFirst());
    }

    private static List<String> keys(Database database) {
        return database.call(session -> session.query("SELECT key FROM identity", row -> row.getString(1)));
    }
}
