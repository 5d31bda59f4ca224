package io.vireo.control.linux;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Many kernel parameters of one network namespace, by names such as {@code net/ipv4/ip_forward}; use within {@link
 * NetworkNamespace#call}, by the thread that opened it. Their folders are opened once: the kernel has those of all namespaces, which have
 * the same names, in one chain of its directory cache ({@code proc_sys_compare()} in {@code fs/proc/proc_sysctl.c}), so that by its
 * whole path each parameter costs time in proportion to how many namespaces there are.
 */
public final class NetworkSysctls implements AutoCloseable {
    private static final String ROOT = "/proc/sys/";
    private static final int O_RDONLY = 0;
    private static final int O_WRONLY = 1;
    private static final int O_CLOEXEC = 0x80000;
    private static final int O_PATH = 0x200000;
    private static final int MAX_VALUE_BYTES = 256;

    private final Map<String, Descriptor> folders = new HashMap<>();
    private final Arena arena = Arena.ofConfined();
    private final MemorySegment buffer = arena.allocate(MAX_VALUE_BYTES);

    /** Sees the parameters of the calling thread's namespace. */
    public NetworkSysctls() {}

    /** The value without its line end, or empty when this kernel has no such parameter. */
    public Optional<String> read(String name) {
        int fd = open(name, O_RDONLY);
        if (fd == -Errno.ENOENT) {
            return Optional.empty();
        }
        try (Descriptor file = descriptor(name, fd)) {
            int length = LibC.check("read sysctl", name, file.read(buffer));
            byte[] value = buffer.asSlice(0, length).toArray(ValueLayout.JAVA_BYTE);
            return Optional.of(new String(value, StandardCharsets.US_ASCII).strip());
        }
    }

    /** Sets a parameter, unless it has the value already; does nothing when this kernel does not have it. */
    public void setIfPresent(String name, String value) {
        Optional<String> present = read(name);
        if (present.isPresent() && !present.get().equals(value)) {
            write(name, value);
        }
    }

    /**
     * Sets a parameter that every supported kernel has, unless it has the value already.
     *
     * @throws LinuxException when it cannot be set, or is not there
     */
    public void set(String name, String value) {
        if (!read(name).equals(Optional.of(value))) {
            write(name, value);
        }
    }

    @Override
    public void close() {
        folders.values().forEach(Descriptor::close);
        arena.close();
    }

    private void write(String name, String value) {
        try (Descriptor file = descriptor(name + "=" + value, open(name, O_WRONLY))) {
            byte[] bytes = value.getBytes(StandardCharsets.US_ASCII);
            MemorySegment text = buffer.asSlice(0, bytes.length).copyFrom(MemorySegment.ofArray(bytes));
            LibC.check("sysctl", file.name(), file.write(text));
        }
    }

    private static Descriptor descriptor(String name, int fd) {
        return new Descriptor(LibC.check("sysctl", name, fd), name);
    }

    /** Opens a parameter relative to its folder, by the link that stands for the folder's descriptor ({@code proc_pid_fd(5)}). */
    private int open(String name, int mode) {
        int end = name.indexOf('/', name.indexOf('/') + 1);
        Descriptor folder = folders.computeIfAbsent(name.substring(0, end), NetworkSysctls::openFolder);
        return LibC.open("/proc/self/fd/" + folder.number() + name.substring(end), mode | O_CLOEXEC, 0);
    }

    private static Descriptor openFolder(String name) {
        return new Descriptor(LibC.check("open", name, LibC.open(ROOT + name, O_PATH | O_CLOEXEC, 0)), name);
    }
}
