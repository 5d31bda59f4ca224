package io.vireo.control.linux;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;

/**
 * A named network namespace, kept as iproute2 keeps it: bind-mounted on {@code /run/netns/NAME}, so that
 * {@code ip netns exec NAME} works ({@code ip-netns(8)}). It outlives this process until {@link #delete}.
 */
public final class NetworkNamespace implements AutoCloseable {
    private static final Path DIRECTORY = Path.of("/run/netns");
    private static final String OWN_NAMESPACE = "/proc/thread-self/ns/net";

    private static final String DEVICE = "unix:dev";

    /** All namespaces lie on one file system, nsfs, and so on one device. */
    private static final Object NSFS = deviceOfNamespaces();

    static final int CLONE_NEWNET = 0x40000000;
    private static final int O_CLOEXEC = 0x80000;
    private static final long MS_BIND = 4096;
    private static final long MS_REC = 16384;
    private static final long MS_SHARED = 1L << 20;
    private static final int MNT_DETACH = 2;

    private final String name;
    private final Descriptor descriptor;

    private NetworkNamespace(String name) {
        this.name = name;
        String path = path(name).toString();
        descriptor = new Descriptor(LibC.check("open", path, LibC.open(path, O_CLOEXEC, 0)), "namespace " + name);
    }

    /** Makes a new namespace; its loopback is down. Fails with {@code EEXIST} when the name is taken. */
    public static NetworkNamespace create(String name) {
        prepareDirectory();
        Path path = path(name);
        try {
            Files.createFile(path);
        } catch (FileAlreadyExistsException e) {
            throw new LinuxException("netns", name, Errno.EEXIST);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot create " + path, e);
        }
        try {
            NamespaceThreads.call("netns-create", () -> {
                LibC.check("unshare", name, LibC.unshare(CLONE_NEWNET));
                return mountOwn(path);
            });
            return new NetworkNamespace(name);
        } catch (RuntimeException e) {
            removeMountPoint(path);
            throw e;
        }
    }

    /** Opens a namespace that exists. */
    public static NetworkNamespace open(String name) {
        if (!exists(name)) {
            throw new LinuxException("netns", name, Errno.ENOENT);
        }
        return new NetworkNamespace(name);
    }

    /** Whether the name stands for a live namespace; the empty file a crash may leave behind does not. */
    public static boolean exists(String name) {
        try {
            return Files.getAttribute(path(name), DEVICE).equals(NSFS);
        } catch (IOException e) {
            return false;
        }
    }

    /** The names that begin with {@code prefix}, sorted. */
    public static List<String> list(String prefix) {
        if (!Files.isDirectory(DIRECTORY)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(DIRECTORY)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(file -> file.startsWith(prefix))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot list " + DIRECTORY, e);
        }
    }

    /** Takes the name away; the kernel frees the namespace with its last process, socket and descriptor. */
    public static void delete(String name) {
        Path path = path(name);
        int result = LibC.umount(path.toString(), MNT_DETACH);
        if (result < 0 && result != -Errno.EINVAL && result != -Errno.ENOENT) {
            throw new LinuxException("umount", path.toString(), -result);
        }
        removeMountPoint(path);
    }

    public String name() {
        return name;
    }

    /** Gives the namespace its name again, which somebody has taken away. Does nothing when it has it, or another one has. */
    public void restoreName() {
        if (exists(name)) {
            return;
        }
        prepareDirectory();
        Path path = path(name);
        try {
            Files.deleteIfExists(path);
            Files.createFile(path);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot create " + path, e);
        }
        call(() -> mountOwn(path));
    }

    /**
     * Runs {@code action} inside the namespace, on a platform thread of its own, and waits. Sockets and TAP
     * devices opened there stay in the namespace whichever thread uses them afterwards.
     *
     * @throws RuntimeException what the action threw; a checked exception is wrapped in {@link IllegalStateException}
     */
    public <T> T call(Callable<T> action) {
        return NamespaceThreads.call("netns-" + name, () -> {
            LibC.check("setns", name, LibC.setns(descriptor.number(), CLONE_NEWNET));
            return action.call();
        });
    }

    /** As {@link #call}, without a result. */
    public void run(Runnable action) {
        call(() -> {
            action.run();
            return name;
        });
    }

    /** Forgets the handle; the namespace stays. */
    @Override
    public void close() {
        descriptor.close();
    }

    @Override
    public String toString() {
        return name;
    }

    private static Object deviceOfNamespaces() {
        try {
            return Files.getAttribute(Path.of(OWN_NAMESPACE), DEVICE);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot look at " + OWN_NAMESPACE, e);
        }
    }

    private static Path path(String name) {
        return DIRECTORY.resolve(name);
    }

    /**
     * As iproute2 does: the directory is a shared mount, so that namespaces made later appear in other mount namespaces. Those made
     * under a shared one are shared themselves, so what lies there already is gone through once only.
     */
    private static void prepareDirectory() {
        String directory = DIRECTORY.toString();
        try {
            Files.createDirectories(DIRECTORY);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot create " + directory, e);
        }
        int shared = LibC.mount("", directory, "none", MS_SHARED);
        if (shared == -Errno.EINVAL) { // not a mount point yet
            LibC.check("mount", directory, LibC.mount(directory, directory, "none", MS_BIND | MS_REC));
            shared = LibC.mount("", directory, "none", MS_SHARED | MS_REC);
        }
        LibC.check("mount", directory, shared);
    }

    /** Mounts the namespace of the calling thread. */
    private static Path mountOwn(Path path) {
        LibC.check("mount", path.toString(), LibC.mount(OWN_NAMESPACE, path.toString(), "none", MS_BIND));
        return path;
    }

    private static void removeMountPoint(Path path) {
        try {
            Files.deleteIfExists(path);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot remove " + path, e);
        }
    }
}
