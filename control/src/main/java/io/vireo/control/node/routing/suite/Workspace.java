package io.vireo.control.node.routing.suite;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The directory of one router's daemons. root writes what is in it, the daemons' group may read it; the daemons write in {@link #run}
 * beneath, where root writes nothing: so no link that a daemon lays leads root astray.
 *
 * <pre>
 *   owner           the namespace it belongs to
 *   NAME.conf       what the daemon reads as it starts
 *   NAME.applied    what it has by now; root's alone
 *   NAME.pid        written by the daemon's process itself before it is the daemon
 *   run/            the daemons': sockets
 * </pre>
 */
public record Workspace(Path directory) {
    private static final Set<PosixFilePermission> PRIVATE = PosixFilePermissions.fromString("rw-------");
    private static final String PID = ".pid";

    /** The daemons' own. */
    public Path run() {
        return directory.resolve("run");
    }

    /** What a daemon reads as it starts. */
    public Path configuration(String daemon) {
        return directory.resolve(daemon + ".conf");
    }

    /** Written by the daemon's process itself. */
    public Path pidFile(String daemon) {
        return directory.resolve(daemon + PID);
    }

    private Path applied(String daemon) {
        return directory.resolve(daemon + ".applied");
    }

    private Path owner() {
        return directory.resolve("owner");
    }

    /** The namespace it belongs to; empty: nobody knows. */
    public String namespace() {
        return read(owner());
    }

    /** The names of daemons that were started here. */
    public List<String> started() {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(PID))
                    .map(name -> name.substring(0, name.length() - PID.length()))
                    .sorted()
                    .toList();
        } catch (NoSuchFileException e) {
            return List.of();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Makes what is not there yet. */
    public void create(String namespace, FileOwner owner) throws IOException {
        Files.createDirectories(directory.resolveSibling(""));
        Files.setPosixFilePermissions(directory.resolveSibling(""), PosixFilePermissions.fromString("rwx--x--x"));
        Files.createDirectories(run());
        owner.give(run());
        owner.share(directory, "rwxr-x---");
        write(owner(), namespace, PRIVATE);
    }

    public void writeConfiguration(Daemon daemon, FileOwner owner) throws IOException {
        Path file = write(configuration(daemon.name()), daemon.configuration(), PRIVATE);
        owner.share(file, "rw-r-----");
    }

    /** Remembers the configuration that a daemon has. */
    public void writeApplied(Daemon daemon) throws IOException {
        write(applied(daemon.name()), daemon.configuration(), PRIVATE);
    }

    /** The configuration that a daemon has; empty: none that is known. */
    public String applied(Daemon daemon) {
        return read(applied(daemon.name()));
    }

    /** Forgets a daemon that has been ended. */
    public void forget(String daemon) throws IOException {
        for (Path file : List.of(configuration(daemon), applied(daemon), pidFile(daemon))) {
            Files.deleteIfExists(file);
        }
    }

    /** Removes all of it; links are removed and not followed. */
    public void remove() throws IOException {
        if (!Files.exists(directory)) {
            return;
        }
        Files.walkFileTree(directory, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.deleteIfExists(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path visited, @Nullable IOException e) throws IOException {
                Files.deleteIfExists(visited);
                return FileVisitResult.CONTINUE;
            }
        });
    }

    /** As a whole or not at all. */
    private static Path write(Path file, String text, Set<PosixFilePermission> permissions) throws IOException {
        Path next = file.resolveSibling(file.getFileName() + ".next");
        Files.deleteIfExists(next);
        Files.createFile(next, PosixFilePermissions.asFileAttribute(permissions));
        Files.writeString(next, text);
        return Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
    }

    private static String read(Path file) {
        try {
            return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
        } catch (NoSuchFileException e) {
            return "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
