package io.vireo.control.node.namespace;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Collection;
import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;

/**
 * What this node made in Linux, in a file that is written before it is made: namespaces ({@code NAMESPACE}) and TAP
 * devices ({@code NAMESPACE/TAP}). So what is configured no more is found after a crash, and what another node or an
 * operator made is never touched.
 */
public final class NamespaceLedger {
    private static final String FILE = "namespaces";

    private final Path file;
    private final NavigableSet<String> names = new TreeSet<>();

    public NamespaceLedger(Path sharedDirectory) {
        file = sharedDirectory.resolve(FILE);
        names.addAll(read());
    }

    /** Notes something that is about to be made. */
    public synchronized void add(String name) {
        if (names.add(name)) {
            append(name);
        }
    }

    /** Forgets something that is no more. */
    public synchronized void remove(String name) {
        if (names.remove(name)) {
            write();
        }
    }

    /** Forgets several things that are no more, in one write. */
    public synchronized void removeAll(Collection<String> gone) {
        if (names.removeAll(gone)) {
            write();
        }
    }

    /** What is noted and not among {@code kept}; the TAP devices of a namespace before itself. */
    public synchronized List<String> othersThan(Collection<String> kept) {
        return names.descendingSet().stream()
                .filter(name -> !kept.contains(name))
                .toList();
    }

    public static boolean isNamespace(String name) {
        return name.indexOf('/') < 0;
    }

    private List<String> read() {
        try {
            return Files.exists(file) ? Files.readAllLines(file) : List.of();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        }
    }

    /** Writes a line and not the whole: of a thousand routers that would be a hundred megabytes. */
    private void append(String name) {
        try {
            Files.writeString(file, name + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + file, e);
        }
    }

    private void write() {
        try {
            Files.write(file, names);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + file, e);
        }
    }
}
