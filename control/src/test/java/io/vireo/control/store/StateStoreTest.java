package io.vireo.control.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StateStoreTest {
    private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");

    @TempDir
    Path directory;

    private static Deadline after(long seconds) {
        return new Deadline("boot", seconds * 1_000);
    }

    @Test
    void shouldBeginEmpty() {
        try (StateStore store = StateStore.open(directory)) {
            assertThat(store.current()).isEqualTo(Version.NONE);
            assertThat(store.history(10)).isEmpty();
            assertThat(store.confirmation()).isEmpty();
            assertThat(store.version(0)).contains(Version.NONE);
        }
    }

    @Test
    void shouldKeepVersionsAcrossRestarts() {
        try (StateStore store = StateStore.open(directory)) {
            store.commit(draft("one"));
            store.commit(draft("two"));
            store.markApplied(1);
        }
        try (StateStore store = StateStore.open(directory)) {
            assertThat(store.current()).isEqualTo(new Version(2, NOON, "ann", "because", false, "two"));
            assertThat(store.version(1)).contains(new Version(1, NOON, "ann", "because", true, "one"));
            assertThat(store.history(10)).extracting(Version::number).containsExactly(2L, 1L);
        }
    }

    @Test
    void shouldNotGiveTheNumberOfAWithdrawnVersionAgain() {
        try (StateStore store = StateStore.open(directory)) {
            store.commit(draft("one"));
            store.withdraw(store.commit(draft("two")).number(), Optional.empty());
            assertThat(store.current().document()).isEqualTo("one");
            assertThat(store.commit(draft("three")).number()).isEqualTo(3);
        }
    }

    @Test
    void shouldKeepTheTrialAcrossRestarts() {
        try (StateStore store = StateStore.open(directory)) {
            store.commit(draft("one"));
            store.commitConfirmed(draft("two"), after(60));
        }
        try (StateStore store = StateStore.open(directory)) {
            assertThat(store.confirmation()).contains(new Confirmation(2, 1, after(60)));
            assertThat(store.confirm()).isTrue();
            assertThat(store.confirm()).isFalse();
        }
    }

    @Test
    void shouldReturnToTheLastConfirmedVersionAfterSeveralTrials() {
        try (StateStore store = StateStore.open(directory)) {
            store.commit(draft("one"));
            store.commitConfirmed(draft("two"), after(60));
            store.commitConfirmed(draft("three"), after(90));
            assertThat(store.confirmation()).contains(new Confirmation(3, 1, after(90)));
            store.commit(draft("four"));
            assertThat(store.confirmation()).isEmpty();
        }
    }

    @Test
    void shouldForgetOldVersionsButNotTheOneToReturnTo() {
        try (StateStore store = StateStore.open(directory, 10)) {
            store.commit(draft("one"));
            for (int i = 0; i < 15; i++) {
                store.commitConfirmed(draft("trial"), after(0));
            }
            assertThat(store.version(1)).isPresent();
            assertThat(store.version(2)).isEmpty();
            assertThat(store.history(100)).hasSize(11);
        }
    }

    @Test
    void shouldGiveSmallestFreeIdentityAndRememberIt() {
        try (StateStore store = StateStore.open(directory)) {
            IdentityTable ids = store.identities();
            assertThat(ids.idOf("ROUTER", "blue/r1", 2)).hasValue(0);
            assertThat(ids.idOf("ROUTER", "red/r1", 2)).hasValue(1);
            assertThat(ids.idOf("ROUTER", "green/r1", 2)).isEmpty();
            assertThat(ids.idOf("PORT", "blue/r1", 2)).hasValue(0);
            ids.release("ROUTER", "blue/r1");
        }
        try (StateStore store = StateStore.open(directory)) {
            assertThat(store.identities().idOf("ROUTER", "red/r1", 2)).hasValue(1);
            assertThat(store.identities().idOf("ROUTER", "green/r1", 2)).hasValue(0);
        }
    }

    @Test
    void shouldReserveManyIdentitiesAtOnce() {
        try (StateStore store = StateStore.open(directory)) {
            IdentityTable ids = store.identities();
            ids.idOf("PORT", "b", 10);
            assertThat(ids.reserve("PORT", List.of("a", "b", "c", "d"), 3)).containsExactly("a", "c");
            assertThat(ids.idOf("PORT", "a", 3)).hasValue(1);
            assertThat(ids.idOf("PORT", "d", 3)).isEmpty();
        }
    }

    @Test
    void shouldSayWhichFileIsDamaged() throws IOException {
        try (StateStore store = StateStore.open(directory)) {
            for (int i = 0; i < 200; i++) {
                store.commit(draft("x".repeat(1_000)));
            }
        }
        try (RandomAccessFile file =
                new RandomAccessFile(directory.resolve("state.db").toFile(), "rw")) {
            for (long at = 4_096; at < file.length(); at += 512) {
                file.seek(at);
                file.write(new byte[256]);
            }
        }
        assertThatThrownBy(() -> StateStore.open(directory))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("state.db is damaged")
                .hasMessageContaining("apply the configuration again");
    }

    @Test
    void shouldRefuseWhatIsNoDatabase() throws IOException {
        Files.writeString(directory.resolve("state.db"), "these are my notes, not a database at all".repeat(50));
        assertThatThrownBy(() -> StateStore.open(directory))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("state.db is damaged");
    }

    @Test
    void shouldRefuseADatabaseOfSomebodyElse() throws SQLException {
        sql("CREATE TABLE recipes (name TEXT)");
        assertThatThrownBy(() -> StateStore.open(directory))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("not one of Vireo's");
    }

    @Test
    void shouldEndATrialOfTheFirstSchemaAtItsStart() throws SQLException {
        try (StateStore store = StateStore.open(directory)) {
            store.commit(draft("one"));
            store.commitConfirmed(draft("two"), after(60));
        }
        sql("ALTER TABLE confirmation DROP COLUMN boot_id");
        sql("ALTER TABLE confirmation DROP COLUMN uptime_ms");
        for (String table : List.of("reservation", "committed_reservation", "fence", "part", "decision", "leader")) {
            sql("DROP TABLE " + table);
        }
        sql("PRAGMA user_version = 1");
        try (StateStore store = StateStore.open(directory)) {
            assertThat(store.confirmation()).contains(new Confirmation(2, 1, new Deadline("", 0)));
            store.prolong(after(90));
        }
        try (StateStore store = StateStore.open(directory)) {
            assertThat(store.confirmation()).contains(new Confirmation(2, 1, after(90)));
        }
    }

    @Test
    void shouldRefuseANewerSchema() throws SQLException {
        StateStore.open(directory).close();
        sql("PRAGMA user_version = 99");
        assertThatThrownBy(() -> StateStore.open(directory))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("schema version 99");
    }

    @Test
    void shouldRemoveUnpackedLibrariesThatKilledProcessesLeft() throws IOException {
        Path unpacked = Files.createDirectories(directory.resolve("native"));
        Files.writeString(unpacked.resolve("sqlite-3.0-x-libsqlitejdbc.so"), "");
        Files.writeString(unpacked.resolve("sqlite-3.0-x-libsqlitejdbc.so.lck"), "");
        StateStore.open(directory).close();
        assertThat(unpacked.toFile().list()).containsExactly("libsqlitejdbc.so");
    }

    @Test
    void shouldUseTheUnpackedLibraryAgainUnlessItIsDamaged() throws IOException {
        Path library = directory.resolve("native").resolve("libsqlitejdbc.so");
        StateStore.open(directory).close();
        byte[] whole = Files.readAllBytes(library);
        Files.setLastModifiedTime(library, FileTime.fromMillis(1));
        StateStore.open(directory).close();
        assertThat(Files.getLastModifiedTime(library)).isEqualTo(FileTime.fromMillis(1));

        byte[] damaged = whole.clone();
        damaged[damaged.length / 2]++;
        // A file of its own: this process has the other one mapped.
        Files.delete(library);
        Files.write(library, damaged);
        StateStore.open(directory).close();
        assertThat(library).hasBinaryContent(whole);
    }

    @Test
    void shouldSayThatTheLibraryCannotBeLoaded() throws IOException {
        Files.writeString(directory.resolve("native"), "");
        assertThatThrownBy(() -> StateStore.open(directory))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("native library cannot be loaded from " + directory.resolve("native"));
    }

    @Test
    void shouldSayThatADirectoryCannotBeMade() throws IOException {
        Path file = Files.writeString(directory.resolve("file"), "");
        assertThatThrownBy(() -> StateStore.open(file.resolve("store")))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("cannot be made");
    }

    @Test
    void shouldSayThatTheStoreIsADirectory() throws IOException {
        Files.createDirectory(directory.resolve("state.db"));
        assertThatThrownBy(() -> StateStore.open(directory))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("state.db cannot be used");
    }

    /** A writer prints each version once it is committed, and is killed while it writes: none of those may be lost. */
    @Test
    void shouldLoseNothingThatWasAcknowledgedWhenItsWriterIsKilled() throws IOException, InterruptedException {
        Process writer = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("java.class.path"),
                        StoreWriter.class.getName(),
                        directory.toString())
                .redirectErrorStream(true)
                .start();
        long acknowledged = 0;
        try (BufferedReader out = writer.inputReader(StandardCharsets.UTF_8)) {
            String line = out.readLine();
            while (line != null) {
                assertThat(line).matches("[0-9]+");
                acknowledged = Long.parseLong(line);
                if (acknowledged == 25) {
                    assertThat(writer.toHandle().destroyForcibly()).isTrue();
                }
                line = out.readLine();
            }
        }
        writer.waitFor();
        assertThat(acknowledged).isGreaterThanOrEqualTo(25);
        try (StateStore store = StateStore.open(directory)) {
            assertThat(store.current().number()).isGreaterThanOrEqualTo(acknowledged);
            for (long number = 1; number <= acknowledged; number++) {
                assertThat(store.version(number).orElseThrow().document()).isEqualTo("document " + number);
                assertThat(store.identities().idOf("PORT", "p" + number, 1_000_000))
                        .hasValue((int) number - 1);
            }
        }
    }

    /** The process of the test above. */
    static final class StoreWriter {

        private StoreWriter() {}

        public static void main(String[] args) {
            try (StateStore store = StateStore.open(Path.of(args[0]))) {
                for (int i = 1; i < 1_000_000; i++) {
                    store.identities().idOf("PORT", "p" + i, 1_000_000);
                    long number = store.commit(new Draft("document " + i, "writer", "", NOON))
                            .number();
                    System.out.println(number);
                }
            }
        }
    }

    private static Draft draft(String document) {
        return new Draft(document, "ann", "because", NOON);
    }

    private void sql(String statement) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + directory.resolve("state.db"));
                Statement run = connection.createStatement()) {
            run.execute(statement);
        }
    }
}
