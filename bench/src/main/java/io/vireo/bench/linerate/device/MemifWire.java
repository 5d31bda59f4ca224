package io.vireo.bench.linerate.device;

import io.vireo.bench.linerate.traffic.Bus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Two memif interfaces between a device and the generator, in a directory that nobody else may enter. */
public final class MemifWire implements WireEnds {
    /** Frames in a ring: 2^10, a customary number of a NIC's descriptors. */
    private static final int RING_SIZE_LOG2 = 10;

    private static final Duration CARRIER_TIMEOUT = Duration.ofSeconds(4);

    /** {@link DeviceUnderTest#ROUTER_MAC} and {@link DeviceUnderTest#EGRESS_MAC}. */
    private static final List<String> MACS = List.of("02:00:00:00:00:01", "02:00:00:00:00:04");

    /** A memif port is one of these: the server listens, the client comes and lends the rings' memory. */
    private enum Listener {
        DEVICE,
        GENERATOR
    }

    private final Path directory;
    private final Listener listener;

    private MemifWire(Path directory, Listener listener) {
        this.directory = directory;
        this.listener = listener;
        directory.toFile().deleteOnExit(); // after Ctrl-C, when whoever used it has ended; the last comes first
        socket().toFile().deleteOnExit();
    }

    /**
     * A wire for one device from start to end. The generator is the client and lends its own packet buffers
     * ({@code zero-copy}, which only a client may), so what is copied is copied by the device, whichever it is. It may come but
     * once in the life of its process, when the device is ready: at the end of a zero-copy connection DPDK 22.11 closes the
     * file of the process' whole memory (memif_free_regions).
     */
    public static MemifWire create() throws IOException {
        return new MemifWire(privateDirectory(), Listener.DEVICE);
    }

    /** A wire on which the generator listens and copies, so that a device can go and come again. */
    public static MemifWire createForResets() throws IOException {
        return new MemifWire(privateDirectory(), Listener.GENERATOR);
    }

    private static Path privateDirectory() throws IOException {
        return Files.createTempDirectory(
                Path.of("/run"),
                "vireo-wire-",
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    }

    @Override
    public String ofDevice(int port) {
        String role = listener == Listener.DEVICE ? "server" : "client";
        return "net_memif%d,role=%s,mac=%s,%s".formatted(port, role, MACS.get(port), common(port));
    }

    @Override
    public String ofGenerator(int port) {
        String role = listener == Listener.DEVICE ? "client,zero-copy=yes" : "server";
        return "net_memif%d,role=%s,%s".formatted(port, role, common(port));
    }

    private String common(int port) {
        return "id=%d,rsize=%d,socket=%s,socket-abstract=no".formatted(port, RING_SIZE_LOG2, socket());
    }

    @Override
    public MemifWire forResets() throws IOException {
        return createForResets();
    }

    @Override
    public Optional<String> resetObstacle() {
        return Optional.empty();
    }

    @Override
    public Bus deviceBus() {
        return Bus.VDEV;
    }

    @Override
    public Bus generatorBus() {
        return Bus.VDEV;
    }

    @Override
    public List<String> deviceArguments() {
        return List.of("--no-pci", "--vdev=" + ofDevice(0), "--vdev=" + ofDevice(1));
    }

    @Override
    public int deviceNumber(int port) {
        return port;
    }

    @Override
    public Duration carrierTimeout() {
        return CARRIER_TIMEOUT;
    }

    /**
     * A zero-copy handshake of DPDK 22.11's memif now and then ends with the other side's "mmap failed"; it cannot be repeated
     * in the same process.
     */
    @Override
    public int carrierAttempts() {
        return 4;
    }

    /** The connection ends with the process, and the generator finds the next one. */
    @Override
    public int carriersLostInReset() {
        return 1;
    }

    @Override
    public String description() {
        return "two memif interfaces of 1024 frames each way; the generator is the zero-copy client, so the device copies each frame"
                + " twice, whichever it is; 64-byte frames are 60 without FCS";
    }

    /** Removes the socket of a device that was killed: its successor could not listen. */
    @Override
    public void makeRoomForDevice() throws IOException {
        if (listener == Listener.DEVICE) {
            Files.deleteIfExists(socket());
        }
    }

    /** Removes the socket of a generator that has ended, likewise. */
    @Override
    public void makeRoomForGenerator() throws IOException {
        if (listener == Listener.GENERATOR) {
            Files.deleteIfExists(socket());
        }
    }

    private Path socket() {
        return directory.resolve("memif");
    }

    @Override
    public void close() throws IOException {
        Files.deleteIfExists(socket());
        Files.deleteIfExists(directory);
    }
}
