package io.vireo.dataplane.architecture;

import java.util.Comparator;

/** Something that must not be in a method that runs after start. A ratchet names it by method, clause and detail, never by line. */
record Violation(MethodRef method, Clause clause, String detail, int line) implements Comparable<Violation> {
    /** What is forbidden. */
    enum Clause {
        OBJECT("creates an object"),
        ARRAY("creates an array"),
        TEXT("concatenates strings"),
        LAMBDA("creates a lambda or a method reference"),
        BOX("boxes"),
        ITERATOR("iterates by an iterator or a stream"),
        LOCK("locks or waits"),
        LOG("logs or prints"),
        THROW("throws something other than a broken invariant"),
        FOREIGN("calls foreign code that is not on the list of what allocates nothing");

        private final String words;

        Clause(String words) {
            this.words = words;
        }
    }

    String key() {
        return method + " " + clause + " " + detail;
    }

    @Override
    public int compareTo(Violation other) {
        return Comparator.comparing(Violation::key)
                .thenComparingInt(Violation::line)
                .compare(this, other);
    }

    @Override
    public String toString() {
        return key() + "   (line " + line + ": " + clause.words + ")";
    }
}
