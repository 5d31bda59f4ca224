package io.vireo.dataplane.wire.layout;

/**
 * How much the shared-memory file has room for. Chosen when the data plane starts, written into the header of the file,
 * the same for both sides until the data plane starts again. Immutable.
 *
 * @param workers forwarding workers, 1..{@link SharedLayout#MAX_WORKERS}
 * @param maxRouters virtual routers, 1..1,048,576; 704 bytes per worker each
 * @param maxInterfaces interfaces, 1..1,048,576; 64 bytes per worker each
 * @param maxClasses classes of all schedulers, id 0 included, 2..1,048,576; 512 bytes each
 * @param commandRingBytes commands on their way to the conductor; a power of two, as all rings, 128 KiB..64 MiB
 * @param eventRingBytes events on their way to control
 * @param puntRingBytes per worker, twice: punted frames on their way to control, urgent ones apart
 * @param injectRingBytes per worker: frames on their way from control
 * @param captureRingBytes per worker: copies of frames on their way to control
 */
public record SharedLimits(
        int workers,
        int maxRouters,
        int maxInterfaces,
        int maxClasses,
        int commandRingBytes,
        int eventRingBytes,
        int puntRingBytes,
        int injectRingBytes,
        int captureRingBytes) {

    /** Smallest ring: Agrona takes messages up to an eighth of it, and {@link FrameLimits#MAX_BYTES} must fit. */
    public static final int MIN_RING_BYTES = 128 << 10;

    private static final int MAX_RING_BYTES = 64 << 20;
    private static final int MAX_IDS = 1 << 20;

    /** Checks the ranges. */
    public SharedLimits {
        check("workers", workers, SharedLayout.MAX_WORKERS);
        check("maxRouters", maxRouters, MAX_IDS);
        check("maxInterfaces", maxInterfaces, MAX_IDS);
        if (maxClasses < 2 || maxClasses > MAX_IDS) {
            throw new IllegalArgumentException("maxClasses=" + maxClasses + " is not in 2.." + MAX_IDS);
        }
        checkRing("commandRingBytes", commandRingBytes);
        checkRing("eventRingBytes", eventRingBytes);
        checkRing("puntRingBytes", puntRingBytes);
        checkRing("injectRingBytes", injectRingBytes);
        checkRing("captureRingBytes", captureRingBytes);
    }

    /** Returns the defaults: 16,384 routers, 65,536 interfaces, 131,072 classes, rings of 1..4 MiB. */
    public static SharedLimits of(int workers) {
        return new SharedLimits(workers, 16_384, 65_536, 131_072, 4 << 20, 2 << 20, 1 << 20, 1 << 20, 4 << 20);
    }

    /** Returns these limits with room for another number of virtual routers. */
    public SharedLimits withMaxRouters(int count) {
        return new SharedLimits(
                workers,
                count,
                maxInterfaces,
                maxClasses,
                commandRingBytes,
                eventRingBytes,
                puntRingBytes,
                injectRingBytes,
                captureRingBytes);
    }

    /** Returns these limits with room for another number of interfaces. */
    public SharedLimits withMaxInterfaces(int count) {
        return new SharedLimits(
                workers,
                maxRouters,
                count,
                maxClasses,
                commandRingBytes,
                eventRingBytes,
                puntRingBytes,
                injectRingBytes,
                captureRingBytes);
    }

    /** Returns these limits with room for another number of classes. */
    public SharedLimits withMaxClasses(int count) {
        return new SharedLimits(
                workers,
                maxRouters,
                maxInterfaces,
                count,
                commandRingBytes,
                eventRingBytes,
                puntRingBytes,
                injectRingBytes,
                captureRingBytes);
    }

    /** Returns these limits with all rings of another size: for tests and small machines. */
    public SharedLimits withRingBytes(int bytes) {
        return new SharedLimits(workers, maxRouters, maxInterfaces, maxClasses, bytes, bytes, bytes, bytes, bytes);
    }

    /** Whether there is room for a virtual router of this id. */
    public boolean isRouterId(int id) {
        return id >= 0 && id < maxRouters;
    }

    /** Whether there is room for an interface of this id. */
    public boolean isInterfaceId(int id) {
        return id >= 0 && id < maxInterfaces;
    }

    /** Whether there is room for a class of this id; 0 stands for the port above all classes. */
    public boolean isClassId(int id) {
        return id >= 0 && id < maxClasses;
    }

    /**
     * Returns the worker that owns the transmit queue of a port, and therefore takes what is injected there. Frames for a
     * link between two routers of the node any worker takes.
     *
     * @param workers how many there are
     */
    public static int transmitWorker(int portId, int workers) {
        return portId % workers;
    }

    private static void check(String name, int value, int max) {
        if (value < 1 || value > max) {
            throw new IllegalArgumentException(name + "=" + value + " is not in 1.." + max);
        }
    }

    private static void checkRing(String name, int bytes) {
        if (bytes < MIN_RING_BYTES || bytes > MAX_RING_BYTES || Integer.bitCount(bytes) != 1) {
            throw new IllegalArgumentException(
                    name + "=" + bytes + " is not a power of two in " + MIN_RING_BYTES + ".." + MAX_RING_BYTES);
        }
    }
}
