package io.vireo.control.linux;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * Queues of a persistent multi-queue TAP device ({@code Documentation/networking/tuntap.rst}). A queue is a descriptor
 * that reads and writes whole Ethernet frames, without blocking. The device keeps its carrier as long as one queue,
 * attached or detached, is open: a detached one that another process holds lets the carrier survive us.
 */
public final class TapDevice {
    /** The longest interface name, {@code IFNAMSIZ} less the terminator. */
    public static final int MAX_NAME_LENGTH = 15;

    private static final String CLONE_DEVICE = "/dev/net/tun";
    private static final int O_RDWR = 2;
    private static final int O_NONBLOCK = 0x800;
    private static final int O_CLOEXEC = 0x80000;

    private static final int IFF_TAP = 0x0002;
    private static final int IFF_MULTI_QUEUE = 0x0100;
    private static final int IFF_NO_PI = 0x1000;
    private static final int IFF_DETACH_QUEUE = 0x0400;

    private static final long TUNSETIFF = 0x400454caL;
    private static final long TUNSETPERSIST = 0x400454cbL;
    private static final long TUNSETQUEUE = 0x400454d9L;
    private static final long TUNSETCARRIER = 0x400454e2L;

    // struct ifreq: name[16], then a union whose largest member is 24 bytes.
    private static final int IFREQ_BYTES = 40;
    private static final int IFREQ_FLAGS = 16;

    private TapDevice() {}

    /**
     * Opens an attached queue, making the device, persistent, when there is none of that name. To be called inside the
     * device's namespace.
     *
     * @throws LinuxException {@code EINVAL} when an interface of that name is no multi-queue TAP
     */
    public static Descriptor openQueue(String name) {
        if (name.isEmpty() || name.length() > MAX_NAME_LENGTH) {
            throw new LinuxException("TUNSETIFF", name, Errno.EINVAL, "a name has 1 to 15 characters");
        }
        Descriptor queue = new Descriptor(
                LibC.check(
                        "open",
                        CLONE_DEVICE + " for " + name,
                        LibC.open(CLONE_DEVICE, O_RDWR | O_NONBLOCK | O_CLOEXEC, 0)),
                "TAP " + name);
        try (Arena arena = Arena.ofConfined()) {
            control(queue, "TUNSETIFF", TUNSETIFF, request(arena, name, IFF_TAP | IFF_NO_PI | IFF_MULTI_QUEUE));
            control(queue, "TUNSETPERSIST", TUNSETPERSIST, MemorySegment.ofAddress(1));
            return queue;
        } catch (RuntimeException e) {
            queue.close();
            throw e;
        }
    }

    /** Opens a queue that receives nothing and only keeps the carrier; to be called inside the device's namespace. */
    public static Descriptor openDetachedQueue(String name) {
        Descriptor queue = openQueue(name);
        try (Arena arena = Arena.ofConfined()) {
            control(queue, "TUNSETQUEUE", TUNSETQUEUE, request(arena, "", IFF_DETACH_QUEUE));
            return queue;
        } catch (RuntimeException e) {
            queue.close();
            throw e;
        }
    }

    /** Shows the device's users a cable that is plugged in. */
    public static void carrierOn(Descriptor queue) {
        setCarrier(queue, 1);
    }

    /** Shows the device's users a cable that is pulled: daemons withdraw what they learned over it. */
    public static void carrierOff(Descriptor queue) {
        setCarrier(queue, 0);
    }

    private static void setCarrier(Descriptor queue, int on) {
        try (Arena arena = Arena.ofConfined()) {
            control(queue, "TUNSETCARRIER", TUNSETCARRIER, arena.allocateFrom(ValueLayout.JAVA_INT, on));
        }
    }

    private static MemorySegment request(Arena arena, String name, int flags) {
        MemorySegment request = arena.allocate(IFREQ_BYTES, Long.BYTES);
        request.setString(0, name);
        request.set(ValueLayout.JAVA_SHORT, IFREQ_FLAGS, (short) flags);
        return request;
    }

    private static void control(Descriptor queue, String call, long request, MemorySegment argument) {
        LibC.check(call, queue.name(), LibC.ioctl(queue.number(), request, argument));
    }
}
