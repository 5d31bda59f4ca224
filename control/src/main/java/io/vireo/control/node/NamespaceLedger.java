package io.vireo.control.node;

import io.vireo.control.linux.NetworkNamespace;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * The names of the namespaces that this node made, in a file, written before a namespace is made: so that those of a
 * router which is configured no more are found after a crash, and another node's are never touched.
 */
final class NamespaceLedger {
    private static final String FILE = "namespaces";

    private final Path file;
    private final Set<String> names = new TreeSet<>();

    NamespaceLedger(Path sharedDirectory) {
        file = sharedDirectory.resolve(FILE);
        names.addAll(read());
    }

    /** Notes a namespace that is about to be made. */
    synchronized void add(String name) {
        if (names.add(name)) {
            write();
        }
    }

    /** Removes a namespace with everything in it. */
    synchronized void remove(String name) {
        NetworkNamespace.delete(name);
        if (names.remove(name)) {
            write();
        }
    }

    /** The noted names that are not among {@code kept}. */
    synchronized List<String> othersThan(Collection<String> kept) {
        return names.stream().filter(name -> !kept.contains(name)).toList();
    }

    private List<String> read() {
        try {
            return Files.exists(file) ? Files.readAllLines(file) : List.of();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
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
