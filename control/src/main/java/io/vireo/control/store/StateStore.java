package io.vireo.control.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The versions of a node's configuration. Single writer: the control process that holds the node's lock. Any thread may
 * call; calls wait for each other.
 *
 * <p>When a method that writes returns, what it wrote is on the disk (SQLite in WAL mode with synchronous=FULL).
 */
public final class StateStore implements AutoCloseable {
    /** How many versions are kept; older ones are deleted when a new one is committed. */
    static final int MAX_VERSIONS = 1_000;

    private static final String FILE_NAME = "state.db";
    private static final String COLUMNS = "number, time_ms, author, comment, applied, document";

    private final Database database;
    private final IdentityTable identities;
    private final ReservationTable reservations;
    private final DecisionTable decisions;

    private final int maxVersions;

    private StateStore(Database database, int maxVersions) {
        this.database = database;
        this.maxVersions = maxVersions;
        this.identities = new IdentityTable(database);
        this.reservations = new ReservationTable(database);
        this.decisions = new DecisionTable(database);
    }

    /**
     * Opens the store of a node, or creates it.
     *
     * @param directory directory of the node, created with mode 0700 when it is not there.
     * @throws StoreException when it is damaged, of a newer version, not writable, or not a store at all.
     */
    public static StateStore open(Path directory) {
        return open(directory, MAX_VERSIONS);
    }

    static StateStore open(Path directory, int maxVersions) {
        Path file = directory.resolve(FILE_NAME);
        try {
            Files.createDirectories(
                    directory, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        } catch (IOException e) {
            throw new StoreException("the directory " + directory + " cannot be made: " + e, e);
        }
        SqliteLibrary.load(directory);
        return new StateStore(Database.open(file), maxVersions);
    }

    /** The newest version, or {@link Version#NONE}. */
    public Version current() {
        return database.call(connection ->
                connection
                        .query("SELECT " + COLUMNS + " FROM version ORDER BY number DESC LIMIT 1", StateStore::version)
                        .stream()
                        .findFirst()
                        .orElse(Version.NONE));
    }

    /** A version by its number, 0 being {@link Version#NONE}; empty when it never existed or was deleted. */
    public Optional<Version> version(long number) {
        if (number == 0) {
            return Optional.of(Version.NONE);
        }
        return database.call(connection ->
                connection
                        .query("SELECT " + COLUMNS + " FROM version WHERE number = ?", StateStore::version, number)
                        .stream()
                        .findFirst());
    }

    /** The newest versions, newest first, their documents left out. */
    public List<Version> history(int limit) {
        return database.call(connection -> connection.query(
                "SELECT number, time_ms, author, comment, applied, '' FROM version ORDER BY number DESC LIMIT ?",
                StateStore::version,
                limit));
    }

    /** Commits a version permanently, which also confirms one that awaited confirmation. */
    public Version commit(Draft draft) {
        return database.transaction(connection -> {
            connection.update("DELETE FROM confirmation");
            return insert(connection, draft);
        });
    }

    /** Commits a version permanently, and remembers of which reservation it was made. */
    public Version commitReserved(Draft draft, String reservation) {
        return database.transaction(connection -> {
            connection.update("DELETE FROM confirmation");
            Version version = insert(connection, draft);
            ReservationTable.markCommitted(connection, reservation, version.number());
            return version;
        });
    }

    /**
     * Commits a version that is to be reverted at a deadline unless it is confirmed. When another version awaits
     * confirmation already, the version to revert to stays that one's: an unconfirmed state is never reverted to.
     */
    public Version commitConfirmed(Draft draft, Deadline deadline) {
        return database.transaction(connection -> {
            long revertTo =
                    confirmation(connection).map(Confirmation::revertTo).orElseGet(() -> newestNumber(connection));
            Version version = insert(connection, draft);
            replace(connection, new Confirmation(version.number(), revertTo, deadline));
            return version;
        });
    }

    /** Gives the version that awaits confirmation another deadline. */
    public void prolong(Deadline deadline) {
        database.transaction(connection -> connection.update(
                "UPDATE confirmation SET boot_id = ?, uptime_ms = ?", deadline.bootId(), deadline.uptimeMs()));
    }

    /** The version that awaits confirmation, if there is one. */
    public Optional<Confirmation> confirmation() {
        return database.call(StateStore::confirmation);
    }

    /** Confirms the version that awaits it. Returns whether there was one. */
    public boolean confirm() {
        return database.transaction(connection -> connection.update("DELETE FROM confirmation") > 0);
    }

    /** Records that a version was applied to the node. */
    public void markApplied(long number) {
        database.transaction(
                connection -> connection.update("UPDATE version SET applied = 1 WHERE number = ?", number));
    }

    /**
     * Withdraws the newest version, which the node refused, and restores the confirmation that was pending
     * before it. Its number is not used again.
     *
     * @param number   the newest version.
     * @param restored the confirmation to restore, or empty.
     */
    public void withdraw(long number, Optional<Confirmation> restored) {
        database.transaction(connection -> {
            connection.update("DELETE FROM version WHERE number = ?", number);
            ReservationTable.forget(connection, number);
            connection.update("DELETE FROM confirmation");
            restored.ifPresent(confirmation -> replace(connection, confirmation));
            return number;
        });
    }

    /** The identities of ports, routers and interfaces. */
    public IdentityTable identities() {
        return identities;
    }

    /** What is reserved. */
    public ReservationTable reservations() {
        return reservations;
    }

    /** What a controller decided. */
    public DecisionTable decisions() {
        return decisions;
    }

    /** The file, for messages. */
    public Path file() {
        return database.file();
    }

    @Override
    public void close() {
        database.close();
    }

    private static void replace(Database.Session connection, Confirmation confirmation) {
        connection.update("DELETE FROM confirmation");
        connection.update(
                "INSERT INTO confirmation (version, revert_to, deadline_ms, boot_id, uptime_ms) VALUES (?, ?, 0, ?, ?)",
                confirmation.version(),
                confirmation.revertTo(),
                confirmation.deadline().bootId(),
                confirmation.deadline().uptimeMs());
    }

    private Version insert(Database.Session connection, Draft draft) {
        connection.update(
                "INSERT INTO version (time_ms, author, comment, applied, document) VALUES (?, ?, ?, 0, ?)",
                draft.time().toEpochMilli(),
                draft.author(),
                draft.comment(),
                draft.document());
        long number = newestNumber(connection);
        connection.update(
                "DELETE FROM version WHERE number <= ? AND number NOT IN (SELECT revert_to FROM confirmation)",
                number - maxVersions);
        return new Version(
                number,
                Instant.ofEpochMilli(draft.time().toEpochMilli()),
                draft.author(),
                draft.comment(),
                false,
                draft.document());
    }

    private static long newestNumber(Database.Session connection) {
        return connection
                .query("SELECT COALESCE(MAX(number), 0) FROM version", row -> row.getLong(1))
                .getFirst();
    }

    private static Optional<Confirmation> confirmation(Database.Session connection) {
        return connection
                .query(
                        "SELECT version, revert_to, boot_id, uptime_ms FROM confirmation",
                        row -> new Confirmation(
                                row.getLong(1), row.getLong(2), new Deadline(row.getString(3), row.getLong(4))))
                .stream()
                .findFirst();
    }

    private static Version version(java.sql.ResultSet row) throws SQLException {
        return new Version(
                row.getLong(1),
                Instant.ofEpochMilli(row.getLong(2)),
                row.getString(3),
                row.getString(4),
                row.getBoolean(5),
                row.getString(6));
    }
}
