package io.vireo.control.linux;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;

/**
 * The calls of libc that control makes. Each method follows the kernel's own convention: it returns what the call
 * returned, or the negated error number; {@link #check} turns the latter into a {@link LinuxException}.
 */
final class LibC {
    private static final int STRERROR_MAX_BYTES = 256;

    private static final Linker LINKER = Linker.nativeLinker();
    private static final MemoryLayout STATE_LAYOUT = Linker.Option.captureStateLayout();
    private static final VarHandle ERRNO = STATE_LAYOUT.varHandle(MemoryLayout.PathElement.groupElement("errno"));
    private static final ThreadLocal<MemorySegment> STATE =
            ThreadLocal.withInitial(() -> Arena.ofAuto().allocate(STATE_LAYOUT));

    private static final MethodHandle OPEN = variadic("open", JAVA_INT, ADDRESS, JAVA_INT, JAVA_INT);
    private static final MethodHandle IOCTL = variadic("ioctl", JAVA_INT, JAVA_INT, JAVA_LONG, ADDRESS);
    private static final MethodHandle CLOSE = function("close", JAVA_INT, JAVA_INT);
    // An address passed as a number costs no object per call; both are the same to the machine.
    private static final MethodHandle READ = function("read", JAVA_LONG, JAVA_INT, JAVA_LONG, JAVA_LONG);
    private static final MethodHandle WRITE = function("write", JAVA_LONG, JAVA_INT, JAVA_LONG, JAVA_LONG);
    private static final MethodHandle SOCKET = function("socket", JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT);
    private static final MethodHandle BIND = function("bind", JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT);
    private static final MethodHandle LISTEN = function("listen", JAVA_INT, JAVA_INT, JAVA_INT);
    private static final MethodHandle ACCEPT4 = function("accept4", JAVA_INT, JAVA_INT, ADDRESS, ADDRESS, JAVA_INT);
    private static final MethodHandle CONNECT = function("connect", JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT);
    private static final MethodHandle SETSOCKOPT =
            function("setsockopt", JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT);
    private static final MethodHandle SEND = function("send", JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG, JAVA_INT);
    private static final MethodHandle RECV = function("recv", JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG, JAVA_INT);
    private static final MethodHandle SENDMSG = function("sendmsg", JAVA_LONG, JAVA_INT, ADDRESS, JAVA_INT);
    private static final MethodHandle RECVMSG = function("recvmsg", JAVA_LONG, JAVA_INT, ADDRESS, JAVA_INT);
    private static final MethodHandle FLOCK = function("flock", JAVA_INT, JAVA_INT, JAVA_INT);
    private static final MethodHandle EPOLL_CREATE1 = function("epoll_create1", JAVA_INT, JAVA_INT);
    private static final MethodHandle EPOLL_CTL =
            function("epoll_ctl", JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS);
    private static final MethodHandle EPOLL_PWAIT2 =
            function("epoll_pwait2", JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT, ADDRESS, ADDRESS);
    private static final MethodHandle EVENTFD = function("eventfd", JAVA_INT, JAVA_INT, JAVA_INT);
    private static final MethodHandle UNSHARE = function("unshare", JAVA_INT, JAVA_INT);
    private static final MethodHandle SETNS = function("setns", JAVA_INT, JAVA_INT, JAVA_INT);
    private static final MethodHandle MOUNT =
            function("mount", JAVA_INT, ADDRESS, ADDRESS, ADDRESS, JAVA_LONG, ADDRESS);
    private static final MethodHandle UMOUNT2 = function("umount2", JAVA_INT, ADDRESS, JAVA_INT);
    private static final MethodHandle STRERROR = LINKER.downcallHandle(
            LINKER.defaultLookup().findOrThrow("strerror"), FunctionDescriptor.of(ADDRESS, JAVA_INT));

    private LibC() {}

    /** Returns {@code result}, or throws when it is a negated error number. */
    static int check(String call, String object, int result) {
        if (result < 0) {
            throw new LinuxException(call, object, -result);
        }
        return result;
    }

    static String strerror(int errno) {
        try {
            return ((MemorySegment) STRERROR.invokeExact(errno))
                    .reinterpret(STRERROR_MAX_BYTES)
                    .getString(0);
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    static int open(String path, int flags, int mode) {
        try (Arena arena = Arena.ofConfined()) {
            return result((int) OPEN.invokeExact(STATE.get(), arena.allocateFrom(path), flags, mode));
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    static int ioctl(int fd, long request, MemorySegment argument) {
        try {
            return result((int) IOCTL.invokeExact(STATE.get(), fd, request, argument));
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    static int close(int fd) {
        try {
            return result((int) CLOSE.invokeExact(STATE.get(), fd));
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    static int read(int fd, long address, long lengthBytes) {
        try {
            return result((int) (long) READ.invokeExact(STATE.get(), fd, address, lengthBytes));
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    static int write(int fd, long address, long lengthBytes) {
        try {
            return result((int) (long) WRITE.invokeExact(STATE.get(), fd, address, lengthBytes));
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    static int socket(int domain, int type, int protocol) {
        try {
            return result((int) SOCKET.invokeExact(STATE.get(), domain, type, protocol));
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    static int bind(int fd, MemorySegment address) {
        try {
            return result((int) BIND.invokeExact(STATE.get(), fd, address, (int) address.byteSize()));
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    static int listen(int fd, int backlog) {
        try {
            return result((int) LISTEN.invokeExact(STATE.get(), fd, backlog));
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    static int accept(int fd, int flags) {
        try {
            return result((int) ACCEPT4.invokeExact(STATE.get(), fd, MemorySegment.NULL, MemorySegment.NULL, flags));
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    static int connect(int fd, MemorySegment address) {
        try {
            return result((int) CONNECT.invokeExact(STATE.get(), fd, address, (int) address.byteSize()));
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    static int setsockopt(int fd, int level, int option, int value) {
        try (Arena arena = Arena.ofConfined()) {
            return result((int) SETSOCKOPT.invokeExact(
                    STATE.get(), fd, level, option, arena.allocateFrom(JAVA_INT, value), (int) JAVA_INT.byteSize()));
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    static int send(int fd, MemorySegment buffer, long lengthBytes, int flags) {
        try {
            return result((int) (long) SEND.invokeExact(STATE.get(), fd, buffer, lengthBytes, flags));
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    static int recv(int fd, MemorySegment buffer, long lengthBytes, int flags) {
        try {
            return result((int) (long) RECV.invokeExact(STATE.get(), fd, buffer, lengthBytes, flags));
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    static int sendmsg(int fd, MemorySegment message, int flags) {
        try {
            return result((int) (long) SENDMSG.invokeExact(STATE.get(), fd, message, flags));
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    static int recvmsg(int fd, MemorySegment message, int flags) {
        try {
            return result((int) (long) RECVMSG.invokeExact(STATE.get(), fd, message, flags));
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    static int flock(int fd, int operation) {
        try {
            return result((int) FLOCK.invokeExact(STATE.get(), fd, operation));
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    static int epollCreate(int flags) {
        try {
            return result((int) EPOLL_CREATE1.invokeExact(STATE.get(), flags));
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    static int epollControl(int epollFd, int operation, int fd, MemorySegment event) {
        try {
            return result((int) EPOLL_CTL.invokeExact(STATE.get(), epollFd, operation, fd, event));
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    static int epollWait(int epollFd, MemorySegment events, int maxEvents, MemorySegment timeout) {
        try {
            return result((int)
                    EPOLL_PWAIT2.invokeExact(STATE.get(), epollFd, events, maxEvents, timeout, MemorySegment.NULL));
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    static int eventfd(int initialValue, int flags) {
        try {
            return result((int) EVENTFD.invokeExact(STATE.get(), initialValue, flags));
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    static int unshare(int flags) {
        try {
            return result((int) UNSHARE.invokeExact(STATE.get(), flags));
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    static int setns(int fd, int namespaceType) {
        try {
            return result((int) SETNS.invokeExact(STATE.get(), fd, namespaceType));
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    static int mount(String source, String target, String type, long flags) {
        try (Arena arena = Arena.ofConfined()) {
            return result((int) MOUNT.invokeExact(
                    STATE.get(),
                    arena.allocateFrom(source),
                    arena.allocateFrom(target),
                    arena.allocateFrom(type),
                    flags,
                    MemorySegment.NULL));
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    static int umount(String target, int flags) {
        try (Arena arena = Arena.ofConfined()) {
            return result((int) UMOUNT2.invokeExact(STATE.get(), arena.allocateFrom(target), flags));
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    private static int result(int returned) {
        return returned >= 0 ? returned : -(int) ERRNO.get(STATE.get(), 0L);
    }

    private static MethodHandle function(String name, MemoryLayout result, MemoryLayout... arguments) {
        return LINKER.downcallHandle(
                LINKER.defaultLookup().findOrThrow(name),
                FunctionDescriptor.of(result, arguments),
                Linker.Option.captureCallState("errno"));
    }

    /** A function whose third argument is its first variadic one, as it is for open and ioctl. */
    private static MethodHandle variadic(String name, MemoryLayout result, MemoryLayout... arguments) {
        return LINKER.downcallHandle(
                LINKER.defaultLookup().findOrThrow(name),
                FunctionDescriptor.of(result, arguments),
                Linker.Option.captureCallState("errno"),
                Linker.Option.firstVariadicArg(2));
    }

    /** A downcall handle throws nothing of its own; what comes here is an error of the JVM. */
    private static Error unexpected(Throwable thrown) {
        return thrown instanceof Error error ? error : new AssertionError("a native call threw", thrown);
    }
}
