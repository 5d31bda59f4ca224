package io.vireo.control.node.ike;

import io.vireo.control.linux.NetworkNamespace;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.nio.channels.DatagramChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * charon in the namespace of an underlay, with a {@code /run} of its own, no more capabilities than it needs, and an end that comes with
 * ours. Its ha plugin sends to a socket of ours, over the namespace's loopback: from an address that nobody guesses or sees before the
 * plugin itself holds it, so only who may listen on that loopback, root, sees what it sends, and only charon is heard.
 */
final class CharonProcess implements AutoCloseable {
    static final Path PROGRAM = Path.of("/usr/lib/ipsec/charon");
    private static final int HA_PORT = 4_510;
    private static final long READY_MS = 10_000;
    private static final long LOOK_MS = 20;

    /** The mount namespace is that of {@code ip netns exec}: nobody else sees what is mounted in it. */
    private static final String START = """
        mount --bind "$1" /run && exec setpriv --pdeathsig KILL --no-new-privs \
        --bounding-set=-all,+net_admin,+net_bind_service,+net_raw,+chown\s""" + PROGRAM;

    /** A name that Debian's AppArmor profile lets charon read in {@code /run}. */
    private static final String SETTINGS_FILE = "charon.conf";

    @SuppressWarnings("InlineFormatString") // longer than the method that fills it
    private static final String SETTINGS = """
        charon {
          load = random nonce openssl kdf pem pkcs1 pkcs8 x509 pubkey constraints kernel-libipsec! kernel-netlink socket-default! vici! ha!
          threads = 16
          # A rule for a table of its own would decide about every route of the underlay: its packets would be the kernel's.
          routing_table = 0
          install_routes = no
          install_virtual_ip = no
          process_route = no
          # So that the data plane has a key before the far end learns that we have it.
          send_delay = 20
          retransmit_timeout = 2.0
          retransmit_base = 1.6
          retransmit_tries = 4
          filelog {
            stderr {
              default = 1
              enc = 0
              ike_name = yes
              flush_line = yes
            }
          }
          plugins {
            vici {
              socket = unix:///run/charon.vici
            }
            ha {
              local = %s
              remote = %s
              fifo_interface = no
              monitor = no
              resync = no
            }
          }
        }
        """;

    private final Path directory;
    private final DatagramChannel ha;
    private final InetSocketAddress charon;
    private final Process process;

    private CharonProcess(Path directory, DatagramChannel ha, InetSocketAddress charon, Process process) {
        this.directory = directory;
        this.ha = ha;
        this.charon = charon;
        this.process = process;
    }

    /**
     * Starts charon; it ends with the calling thread, at the latest.
     *
     * @param directory of its own, made anew
     * @param log takes its log, line by line, on another thread
     */
    static CharonProcess start(String namespace, Path directory, Consumer<String> log) throws IOException {
        clear(directory);
        SecureRandom random = new SecureRandom();
        String charon = loopback(random);
        String standby = loopback(random);
        DatagramChannel ha = open(namespace, standby);
        try {
            Files.writeString(directory.resolve(SETTINGS_FILE), SETTINGS.formatted(charon, standby));
            ProcessBuilder builder = new ProcessBuilder(
                    "ip", "netns", "exec", namespace, "sh", "-c", START, "charon", directory.toString());
            builder.environment().put("STRONGSWAN_CONF", "/run/" + SETTINGS_FILE);
            Process process = builder.redirectErrorStream(true).start();
            process.getOutputStream().close();
            Thread.ofPlatform().name("charon-log").daemon().start(() -> follow(process, log));
            return new CharonProcess(directory, ha, new InetSocketAddress(charon, HA_PORT), process);
        } catch (IOException e) {
            ha.close();
            throw e;
        }
    }

    private static void clear(Path directory) throws IOException {
        Files.createDirectories(
                directory, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file : files.toList()) {
                Files.deleteIfExists(file);
            }
        }
    }

    private static String loopback(SecureRandom random) {
        int host = random.nextInt(0x10000, 0xff0000); // neither 127.0.0.1 and its like, nor that of broadcasts
        return "127." + (host >> 16 & 0xff) + "." + (host >> 8 & 0xff) + "." + (host & 0xff);
    }

    private static DatagramChannel open(String namespace, String standby) throws IOException {
        DatagramChannel channel = inNamespace(namespace);
        try {
            channel.bind(new InetSocketAddress(standby, HA_PORT));
            channel.configureBlocking(false);
            return channel;
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    private static DatagramChannel inNamespace(String namespace) {
        try (NetworkNamespace opened = NetworkNamespace.open(namespace)) {
            return opened.call(() -> DatagramChannel.open(StandardProtocolFamily.INET));
        }
    }

    private static void follow(Process process, Consumer<String> log) {
        try (BufferedReader lines = process.inputReader()) {
            String line = lines.readLine();
            while (line != null) {
                log.accept(line);
                line = lines.readLine();
            }
        } catch (IOException e) {
            log.accept("its log ended: " + e.getMessage());
        }
    }

    /** Where the ha plugin's messages come in, once {@link #connect} has returned; does not block. */
    DatagramChannel ha() {
        return ha;
    }

    boolean isAlive() {
        return process.isAlive();
    }

    long pid() {
        return process.pid();
    }

    /**
     * A connection to its control socket, once it answers. From then on its ha plugin has its address, and only what comes from there is
     * taken: what came before, when somebody else might have had that address, is discarded.
     *
     * @throws IOException when it does not begin to
     */
    ViciClient connect() throws IOException, ViciException {
        ViciClient vici = waitForVici();
        try {
            vici.call("version", new ViciMessage.Writer());
            ha.connect(charon);
            return vici;
        } catch (IOException | ViciException e) {
            vici.close();
            throw e;
        }
    }

    private ViciClient waitForVici() throws IOException {
        long deadlineNs = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(READY_MS);
        while (true) {
            try {
                return new ViciClient(directory.resolve("charon.vici"));
            } catch (IOException e) {
                if (!process.isAlive() || System.nanoTime() - deadlineNs > 0) {
                    throw new IOException("charon did not start", e);
                }
            }
            try {
                if (process.waitFor(LOOK_MS, TimeUnit.MILLISECONDS)) {
                    throw new IOException("charon ended at once, with status " + process.exitValue());
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IOException("interrupted", e);
            }
        }
    }

    /** What must be installed and is not: packages. */
    static List<String> missingPackages() {
        record Need(String file, String packageName) {}
        return Stream.of(
                        new Need(PROGRAM.toString(), "strongswan-charon"),
                        new Need("/usr/lib/ipsec/plugins/libstrongswan-vici.so", "strongswan-swanctl"),
                        new Need("/usr/lib/ipsec/plugins/libstrongswan-ha.so", "libcharon-extra-plugins"),
                        new Need("/usr/lib/ipsec/plugins/libstrongswan-kernel-libipsec.so", "libcharon-extra-plugins"),
                        new Need("/usr/lib/ipsec/plugins/libstrongswan-openssl.so", "libstrongswan-standard-plugins"))
                .filter(need -> !Files.exists(Path.of(need.file())))
                .map(Need::packageName)
                .distinct()
                .toList();
    }

    /** Ends it at once, without a word to far ends: tunnels keep the keys they have. */
    @Override
    public void close() throws IOException {
        process.destroyForcibly();
        ha.close();
    }
}
