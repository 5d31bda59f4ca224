package io.vireo.control.store;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The reservation that a node holds, which of them became versions, and the highest token that was ever shown to it. What was
 * written is on the disk when a method returns. Any thread may call.
 */
public final class ReservationTable {
    /** How many committed ones are remembered, for those who ask again. */
    private static final int MAX_COMMITTED = 64;

    static final List<String> SCHEMA = List.of(
            """
            CREATE TABLE reservation (
                id        TEXT PRIMARY KEY,
                holder    TEXT NOT NULL,
                token     INTEGER NOT NULL,
                boot_id   TEXT NOT NULL,
                uptime_ms INTEGER NOT NULL,
                document  TEXT NOT NULL) STRICT\
            """, """
            CREATE TABLE committed_reservation (
                number  INTEGER PRIMARY KEY AUTOINCREMENT,
                id      TEXT NOT NULL UNIQUE,
                version INTEGER NOT NULL) STRICT\
            """, "CREATE TABLE fence (token INTEGER NOT NULL) STRICT", "INSERT INTO fence (token) VALUES (0)");

    private final Database database;

    ReservationTable(Database database) {
        this.database = database;
    }

    /** The reservation that is held, or whose lease is over and that was not dropped yet. */
    public Optional<StoredReservation> held() {
        return database
                .call(session -> session.query(
                        "SELECT id, holder, token, boot_id, uptime_ms, document FROM reservation",
                        row -> new StoredReservation(
                                row.getString(1),
                                row.getString(2),
                                row.getLong(3),
                                new Deadline(row.getString(4), row.getLong(5)),
                                row.getString(6))))
                .stream()
                .findFirst();
    }

    /** Holds a reservation, in place of the one that was held. */
    public void hold(StoredReservation reservation) {
        database.transaction(session -> {
            session.update("DELETE FROM reservation");
            return session.update(
                    "INSERT INTO reservation (id, holder, token, boot_id, uptime_ms, document) VALUES (?, ?, ?, ?, ?, ?)",
                    reservation.id(),
                    reservation.holder(),
                    reservation.token(),
                    reservation.deadline().bootId(),
                    reservation.deadline().uptimeMs(),
                    reservation.document());
        });
    }

    /** Holds none any more. */
    public void drop() {
        database.transaction(session -> session.update("DELETE FROM reservation"));
    }

    /** What was reserved is in force with a version. */
    public void complete(String id, long version) {
        database.transaction(session -> {
            session.update("DELETE FROM reservation");
            return markCommitted(session, id, version);
        });
    }

    /** The version that a reservation was committed as; empty when it was not, or so long ago that it is forgotten. */
    public OptionalLong versionOf(String id) {
        return database
                .call(session -> session.query(
                        "SELECT version FROM committed_reservation WHERE id = ?", row -> row.getLong(1), id))
                .stream()
                .mapToLong(Long::longValue)
                .findFirst();
    }

    /** The highest token that was ever shown; 0 before the first. */
    public long highestToken() {
        return database.call(session -> session.query("SELECT token FROM fence", row -> row.getLong(1)))
                .getFirst();
    }

    /** Another token is the highest from now on. */
    public void raiseToken(long token) {
        database.transaction(session -> session.update("UPDATE fence SET token = ?", token));
    }

    static int markCommitted(Database.Session session, String id, long version) {
        session.update("INSERT OR REPLACE INTO committed_reservation (id, version) VALUES (?, ?)", id, version);
        return session.update(
                "DELETE FROM committed_reservation WHERE number <= (SELECT MAX(number) FROM committed_reservation) - ?",
                MAX_COMMITTED);
    }

    /** A version is withdrawn: what became of it is none any more. */
    static void forget(Database.Session session, long version) {
        session.update("DELETE FROM committed_reservation WHERE version = ?", version);
    }
}
