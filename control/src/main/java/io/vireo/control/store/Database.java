package io.vireo.control.store;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteConfig.JournalMode;
import org.sqlite.SQLiteConfig.SynchronousMode;

/**
 * The SQLite file behind the store: opened once, checked, and its schema brought up to date. One connection, used by one
 * thread at a time.
 */
final class Database implements AutoCloseable {
    /** "VIRE": marks the file as ours, see {@code PRAGMA application_id}. */
    private static final int APPLICATION_ID = 0x56495245;

    /** What each version of the schema has more than the one before: a new file takes all steps, an old one those it lacks. */
    private static final List<List<String>> SCHEMA_STEPS = List.of(
            List.of(
                    // AUTOINCREMENT: the number of a version that was withdrawn is not used again.
                    """
                    CREATE TABLE version (
                        number   INTEGER PRIMARY KEY AUTOINCREMENT,
                        time_ms  INTEGER NOT NULL,
                        author   TEXT NOT NULL,
                        comment  TEXT NOT NULL,
                        applied  INTEGER NOT NULL,
                        document TEXT NOT NULL) STRICT\
                    """, """
                    CREATE TABLE confirmation (
                        version     INTEGER NOT NULL,
                        revert_to   INTEGER NOT NULL,
                        deadline_ms INTEGER NOT NULL) STRICT\
                    """, """
                    CREATE TABLE identity (
                        kind TEXT NOT NULL,
                        key  TEXT NOT NULL,
                        id   INTEGER NOT NULL,
                        PRIMARY KEY (kind, key),
                        UNIQUE (kind, id)) STRICT\
                    """, "PRAGMA" + " application_id" + " = " + APPLICATION_ID),
            List.of(
                    // Version 1 had the time of day, which may be set: a trial of its is over once this Vireo starts.
                    "ALTER TABLE confirmation ADD COLUMN boot_id TEXT NOT NULL DEFAULT ''",
                    "ALTER TABLE confirmation ADD COLUMN uptime_ms INTEGER NOT NULL DEFAULT 0"),
            ReservationTable.SCHEMA,
            DecisionTable.SCHEMA);

    private final Path file;
    private final Connection connection;
    private final Session session;

    private Database(Path file, Connection connection) {
        this.file = file;
        this.connection = connection;
        this.session = new Session();
    }

    static Database open(Path file) {
        SQLiteConfig config = new SQLiteConfig();
        config.setJournalMode(JournalMode.WAL);
        config.setSynchronous(SynchronousMode.FULL);
        config.setBusyTimeout(5_000);
        Connection connection = null;
        try {
            connection = config.createConnection("jdbc:sqlite:" + file);
            Database database = new Database(file, connection);
            database.prepare();
            return database;
        } catch (SQLException e) {
            closeQuietly(connection);
            throw unusable(file, e);
        } catch (StoreException e) {
            closeQuietly(connection);
            throw e;
        }
    }

    Path file() {
        return file;
    }

    /** Runs something that only reads. */
    synchronized <T> T call(Function<Session, T> work) {
        return work.apply(session);
    }

    /**
     * Runs something that writes: all of it is kept, or nothing. The transaction is driven by statements: the driver's
     * auto-commit mode would insist on ending what SQLite has rolled back by itself, and then never begin another.
     */
    synchronized <T> T transaction(Function<Session, T> work) {
        boolean committed = false;
        execute("BEGIN IMMEDIATE");
        try {
            T result = work.apply(session);
            execute("COMMIT");
            committed = true;
            return result;
        } finally {
            if (!committed) {
                rollBack();
            }
        }
    }

    /** On the way of an exception, which it does not hide. SQLite rolls back by itself when the disk is full. */
    private void rollBack() {
        try (Statement statement = connection.createStatement()) {
            statement.execute("ROLLBACK");
        } catch (SQLException e) {
            if (!String.valueOf(e.getMessage()).contains("no transaction is active")) {
                // The next BEGIN is refused then: nothing is written outside a transaction.
                System.getLogger(Database.class.getName())
                        .log(System.Logger.Level.ERROR, "a transaction could not be rolled back", e);
            }
        }
    }

    private void execute(String sql) {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw unusable(file, e);
        }
    }

    @Override
    public synchronized void close() {
        closeQuietly(connection);
    }

    private void prepare() {
        long applicationId = number("PRAGMA application_id");
        long version = number("PRAGMA user_version");
        boolean fresh = applicationId == 0 && number("SELECT COUNT(*) FROM sqlite_master") == 0;
        if (!fresh && applicationId != APPLICATION_ID) {
            throw new StoreException(file + " is a database, but not one of Vireo's; move it away");
        }
        if (version > SCHEMA_STEPS.size()) {
            throw new StoreException(file + " has schema version " + version + "; this Vireo understands "
                    + SCHEMA_STEPS.size() + ": run the Vireo that wrote it, or move it away");
        }
        if (version < SCHEMA_STEPS.size()) {
            transaction(old -> {
                SCHEMA_STEPS.stream().skip(version).flatMap(List::stream).forEach(old::update);
                return old.update("PRAGMA" + " user_version" + " = " + SCHEMA_STEPS.size());
            });
        }
        String check =
                session.query("PRAGMA quick_check(1)", row -> row.getString(1)).getFirst();
        if (!"ok".equals(check)) {
            throw new StoreException(damaged(file, check));
        }
        if (!Files.isWritable(file)) {
            throw new StoreException(file + " is not writable");
        }
    }

    private long number(String query) {
        return session.query(query, row -> row.getLong(1)).getFirst();
    }

    private static StoreException unusable(Path file, SQLException e) {
        String message = String.valueOf(e.getMessage());
        if (message.contains("SQLITE_CORRUPT") || message.contains("SQLITE_NOTADB")) {
            return new StoreException(damaged(file, message), e);
        }
        if (message.contains("SQLITE_FULL")) {
            return new StoreException(
                    "the disk is full: the store " + file
                            + " cannot grow, and nothing was changed; make room and try again",
                    e);
        }
        return new StoreException("the store " + file + " cannot be used: " + message, e);
    }

    private static String damaged(Path file, String reason) {
        return "the store " + file + " is damaged (" + reason
                + "); restore it from a backup, or move it away and apply the configuration again";
    }

    private static void closeQuietly(@Nullable Connection connection) {
        try {
            if (connection != null) {
                connection.close();
            }
        } catch (SQLException e) {
            // Everything that was acknowledged is on the disk already.
            System.getLogger(Database.class.getName())
                    .log(System.Logger.Level.WARNING, "the store could not be closed cleanly", e);
        }
    }

    /** Runs statements; turns failures into {@link StoreException}. */
    final class Session {

        private Session() {}

        <T> List<T> query(String sql, RowReader<T> reader, Object... arguments) {
            try (PreparedStatement statement = prepared(sql, arguments);
                    ResultSet rows = statement.executeQuery()) {
                List<T> result = new ArrayList<>();
                while (rows.next()) {
                    result.add(reader.read(rows));
                }
                return result;
            } catch (SQLException e) {
                throw unusable(file, e);
            }
        }

        int update(String sql, @Nullable Object... arguments) {
            try (PreparedStatement statement = prepared(sql, arguments)) {
                return statement.executeUpdate();
            } catch (SQLException e) {
                throw unusable(file, e);
            }
        }

        private PreparedStatement prepared(String sql, @Nullable Object... arguments) throws SQLException {
            PreparedStatement statement = connection.prepareStatement(sql);
            for (int i = 0; i < arguments.length; i++) {
                statement.setObject(i + 1, arguments[i]);
            }
            return statement;
        }
    }

    /** Makes a value of the current row. */
    @FunctionalInterface
    interface RowReader<T> {
        T read(ResultSet row) throws SQLException;
    }
}
