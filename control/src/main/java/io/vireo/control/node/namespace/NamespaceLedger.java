package io.vireo.control.node.namespace;

import io.vireo.control.linux.NetworkNamespace;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * What this node made in Linux, in a file that is written before it is made: namespaces ({@code NAMESPACE}) and TAP
 * devices ({@code NAMESPACE/TAP}). So what is configured no more is found after a crash, and what another node or an
 * operator made is never touched.
 */
public final class NamespaceLedger {
    private static final String FILE = "namespaces";

    private final Path directory;
    private final Path file;
    private final NavigableSet<String> names = new TreeSet<>();

    public NamespaceLedger(Path sharedDirectory) {
        directory = sharedDirectory.toAbsolutePath();
        file = directory.resolve(FILE);
        names.addAll(read(file));
    }

    /**
     * Notes a namespace that is about to be made or adopted. Node {@code a} with VPN {@code b-c} and node {@code a-b} with VPN
     * {@code c} would share one: whose it is stands in the ledgers.
     *
     * @throws NamespaceTakenException when another node has it.
     */
    public synchronized void claim(String name) {
        if (!names.contains(name) && NetworkNamespace.exists(name)) {
            String owner = namespacesOfOthers().get(name);
            if (owner != null) {
                throw new NamespaceTakenException(name, owner);
            }
        }
        add(name);
    }

    /** Whether it is noted as ours. */
    public synchronized boolean has(String name) {
        return names.contains(name);
    }

    /** The namespaces, ours aside, of the nodes whose directories are beside ours, each with its node's name. */
    public synchronized Map<String, String> namespacesOfOthers() {
        Path parent = directory.getParent();
        if (parent == null) {
            return Map.of();
        }
        Map<String, String> owners = new HashMap<>();
        try (Stream<Path> nodes = Files.list(parent)) {
            for (Path node : nodes.filter(each -> !each.equals(directory)).toList()) {
                for (String name : read(node.resolve(FILE))) {
                    owners.put(name, node.getFileName().toString());
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot list " + parent, e);
        }
        owners.keySet().removeAll(names);
        return owners;
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

    private static List<String> read(Path file) {
        try {
            return Files.isRegularFile(file) ? Files.readAllLines(file) : List.of();
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
