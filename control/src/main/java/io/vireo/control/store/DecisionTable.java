package io.vireo.control.store;

import java.util.List;

/**
 * What a controller decided, and which leader may. What was written is on the disk when a method returns. Any thread may call.
 */
public final class DecisionTable {
    /** How many decisions are remembered, for those who ask what became of a version. */
    private static final int MAX_DECISIONS = 1_000;

    static final List<String> SCHEMA = List.of(
            """
            CREATE TABLE part (
                node         TEXT NOT NULL,
                phase        INTEGER NOT NULL,
                reservation  TEXT NOT NULL,
                api          TEXT NOT NULL,
                document     TEXT NOT NULL,
                base_version INTEGER,
                PRIMARY KEY (node, phase)) STRICT\
            """, """
            CREATE TABLE decision (
                number  INTEGER PRIMARY KEY AUTOINCREMENT,
                version INTEGER NOT NULL) STRICT\
            """, "CREATE TABLE leader (token INTEGER NOT NULL) STRICT", "INSERT INTO leader (token) VALUES (0)");

    private final Database database;

    DecisionTable(Database database) {
        this.database = database;
    }

    /**
     * Begins to lead.
     *
     * @param floor the token is this or higher.
     * @return a token higher than every one before it.
     */
    public long begin(long floor) {
        return database.transaction(session -> {
            long token = Math.max(floor, token(session) + 1);
            session.update("UPDATE leader SET token = ?", token);
            return token;
        });
    }

    /** The token of who leads; 0 before the first. */
    public long token() {
        return database.call(DecisionTable::token);
    }

    /**
     * Keeps a decision with all its parts, in place of earlier parts of the same nodes.
     *
     * @return whether it did: not when somebody with another token leads by now.
     */
    public boolean decide(long token, long version, List<StoredPart> parts) {
        return database.transaction(session -> {
            if (token(session) != token) {
                return false;
            }
            session.update("INSERT INTO decision (version) VALUES (?)", version);
            session.update(
                    "DELETE FROM decision WHERE number <= (SELECT MAX(number) FROM decision) - ?", MAX_DECISIONS);
            parts.forEach(part -> session.update("DELETE FROM part WHERE node = ?", part.node()));
            parts.forEach(part -> session.update(
                    "INSERT INTO part (node, phase, reservation, api, document, base_version) VALUES (?, ?, ?, ?, ?, ?)",
                    part.node(),
                    part.phase(),
                    part.reservation(),
                    part.api(),
                    part.document(),
                    part.baseVersion()));
            return true;
        });
    }

    /** A node has what was reserved by that id; without effect when something newer took its place. */
    public void complete(String node, String reservation) {
        database.transaction(
                session -> session.update("DELETE FROM part WHERE node = ? AND reservation = ?", node, reservation));
    }

    /** What nodes do not have yet, in the order of phases and names. */
    public List<StoredPart> pending() {
        return database.call(session -> session.query(
                "SELECT node, phase, reservation, api, document, base_version FROM part ORDER BY phase, node",
                row -> new StoredPart(
                        row.getString(1),
                        row.getInt(2),
                        row.getString(3),
                        row.getString(4),
                        row.getString(5),
                        row.getObject(6) == null ? null : row.getLong(6))));
    }

    /** Whether a version was decided, unless that was long ago. */
    public boolean isDecided(long version) {
        return !database.call(session -> session.query(
                        "SELECT 1 FROM decision WHERE version = ? LIMIT 1", row -> row.getInt(1), version))
                .isEmpty();
    }

    private static long token(Database.Session session) {
        return session.query("SELECT token FROM leader", row -> row.getLong(1)).getFirst();
    }
}
