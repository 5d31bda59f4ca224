package io.vireo.control.linux.peer;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.SocketException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.opentest4j.TestAbortedException;

/**
 * Another router, of somebody else's making: Debian's Linux kernel in QEMU, emulated by software, which has the tunnels that the
 * kernel of a test machine often lacks. Its {@code eth0} is a TAP device here.
 */
public final class LinuxPeer implements AutoCloseable {
    private static final int NOT_TO_BE_HAD = 77;
    private static final String DONE = "@@ ";
    private static final long BOOT_SECONDS = 120;

    /** A packet socket on the TAP device would see packets without checksums, and segments longer than a packet may be. */
    private static final String NO_OFFLOADS = ",csum=off,gso=off,host_tso4=off,host_tso6=off,host_ufo=off,host_ecn=off"
            + ",guest_csum=off,guest_tso4=off,guest_tso6=off,guest_ufo=off,guest_ecn=off";

    private final Process machine;
    private final SocketChannel console;
    private final InputStream output;

    private LinuxPeer(Process machine, SocketChannel console) {
        this.machine = machine;
        this.console = console;
        output = Channels.newInputStream(console);
    }

    /**
     * Boots it.
     *
     * @param tap a TAP device of one queue that is there and up
     * @throws TestAbortedException where QEMU or the kernel is not to be had, naming which
     */
    public static LinuxPeer boot(String tap) {
        try {
            Path directory = image();
            Path socket = Files.createTempDirectory("peer").resolve("console");
            Process machine = new ProcessBuilder(List.of(
                            "qemu-system-x86_64",
                            "-M",
                            "q35,accel=tcg",
                            "-cpu",
                            "max",
                            "-m",
                            "256",
                            "-display",
                            "none",
                            "-nodefaults",
                            "-kernel",
                            directory.resolve("vmlinuz").toString(),
                            "-initrd",
                            directory.resolve("initramfs").toString(),
                            "-append",
                            "console=ttyS0 quiet panic=-1 mitigations=off",
                            "-serial",
                            "file:" + directory.resolve("kernel.log"),
                            "-serial",
                            "unix:" + socket + ",server=on,wait=on",
                            "-netdev",
                            "tap,id=n0,script=no,downscript=no,ifname=" + tap,
                            "-device",
                            "virtio-net-pci,netdev=n0,romfile=,mac=02:00:00:00:00:99" + NO_OFFLOADS,
                            "-no-reboot"))
                    .redirectErrorStream(true)
                    .redirectOutput(directory.resolve("qemu.log").toFile())
                    .start();
            LinuxPeer peer = new LinuxPeer(machine, connect(machine, socket));
            peer.readAnswer("boot");
            return peer;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Runs a command line of its shell; returns what it printed, or throws when it failed. */
    public String run(String commandLine) {
        try {
            console.write(ByteBuffer.wrap((commandLine + "\n").getBytes(StandardCharsets.UTF_8)));
            return readAnswer(commandLine);
        } catch (IOException e) {
            throw new UncheckedIOException(commandLine, e);
        }
    }

    private String readAnswer(String commandLine) throws IOException {
        StringBuilder answer = new StringBuilder();
        while (true) {
            String line = readLine();
            if (line.startsWith(DONE)) {
                if (!line.equals(DONE + 0)) {
                    throw new IllegalStateException(
                            commandLine + " ended with " + line.substring(DONE.length()) + ": " + answer);
                }
                return answer.substring(0, answer.length() - 1); // the end of the line before the mark
            }
            answer.append(line).append('\n');
        }
    }

    private String readLine() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = output.read(); c != '\n'; c = output.read()) {
            if (c < 0) {
                throw new IOException("the Linux peer has ended: see target/linux-peer/kernel.log, qemu.log");
            }
            if (c != '\r') {
                line.append((char) c);
            }
        }
        return line.toString();
    }

    private static SocketChannel connect(Process machine, Path socket) throws IOException {
        long deadlineNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(BOOT_SECONDS);
        while (machine.isAlive() && System.nanoTime() < deadlineNs) {
            try {
                SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
                channel.connect(UnixDomainSocketAddress.of(socket));
                return channel;
            } catch (SocketException _) {
                LockSupport.parkNanos(10_000_000); // it has no socket yet, or does not listen yet
            }
        }
        machine.destroyForcibly();
        throw new IOException("QEMU has not started: see target/linux-peer/qemu.log");
    }

    private static Path image() throws IOException {
        Path directory = Path.of("target", "linux-peer").toAbsolutePath();
        Files.createDirectories(directory);
        Path script = directory.resolve("make-image");
        try (InputStream text = LinuxPeer.class.getResourceAsStream("make-image")) {
            byte[] wanted = text.readAllBytes();
            if (!Files.exists(script) || !Arrays.equals(Files.readAllBytes(script), wanted)) {
                Files.write(script, wanted); // an image is as new as its script
            }
        }
        Process process = new ProcessBuilder("bash", script.toString(), directory.toString())
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        int status = process.onExit().join().exitValue();
        if (status == NOT_TO_BE_HAD) {
            throw new TestAbortedException(said.strip());
        }
        if (status != 0) {
            throw new IllegalStateException("make-image ended with " + status + ": " + said);
        }
        return directory;
    }

    @Override
    public void close() {
        machine.destroyForcibly().onExit().join();
        try {
            console.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
