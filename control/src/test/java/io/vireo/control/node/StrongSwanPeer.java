package io.vireo.control.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.vireo.control.linux.TestNamespace;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** An unmodified strongSwan in a namespace of its own, with its own data plane (kernel-libipsec): somebody else's router. */
final class StrongSwanPeer implements AutoCloseable {
    private static final long READY_WITHIN_NS = 10_000_000_000L;
    private static final String SETTINGS = """
        charon {
          load = random nonce openssl kdf pem pkcs1 pkcs8 x509 pubkey constraints kernel-libipsec kernel-netlink socket-default vici
          retransmit_timeout = 1.0
          filelog {
            stderr {
              default = 1
              ike_name = yes
              flush_line = yes
            }
          }
        }
        """;

    private final TestNamespace namespace;
    private final Path directory;
    private Process charon;

    StrongSwanPeer(TestNamespace namespace, Path directory) {
        this.namespace = namespace;
        this.directory = directory;
        try {
            Files.createDirectories(directory.resolve("run"));
            for (String kind : new String[] {"x509", "x509ca", "private"}) {
                Files.createDirectories(directory.resolve(kind));
            }
            Files.writeString(directory.resolve("strongswan.conf"), SETTINGS);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        charon = start();
    }

    private Process start() {
        try {
            Files.deleteIfExists(directory.resolve("run/charon.pid"));
            Files.deleteIfExists(directory.resolve("run/charon.vici"));
            Process process = inRun("exec /usr/lib/ipsec/charon")
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(log().toFile()))
                    .start();
            long deadlineNs = System.nanoTime() + READY_WITHIN_NS;
            while (!Files.exists(directory.resolve("run/charon.vici"))) {
                assertThat(System.nanoTime()).as("%s", Files.readString(log())).isLessThan(deadlineNs);
                LockSupport.parkNanos(20_000_000);
            }
            return process;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private ProcessBuilder inRun(String command) {
        ProcessBuilder builder = new ProcessBuilder(
                "ip",
                "netns",
                "exec",
                namespace.name(),
                "sh",
                "-c",
                "mount --bind \"$1\" /run && " + command,
                "sh",
                directory.resolve("run").toString());
        builder.environment()
                .put("STRONGSWAN_CONF", directory.resolve("strongswan.conf").toString());
        return builder.redirectErrorStream(true);
    }

    /** Where it has its certificates, in {@code x509}, {@code x509ca} and {@code private}. */
    Path certificates() {
        return directory;
    }

    private Path log() {
        return directory.resolve("log");
    }

    String logText() {
        try {
            return Files.readString(log());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Has it know connections and secrets. */
    void load(String swanctl) {
        try {
            Path file = directory.resolve("swanctl.conf");
            Files.writeString(file, swanctl);
            swanctl("--load-all --clear --file " + file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String swanctl(String arguments) {
        try {
            Process process = inRun("exec swanctl " + arguments).start();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(process.waitFor(10, TimeUnit.SECONDS)).as(output).isTrue();
            return output;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Ends it without a word to anybody. */
    void kill() {
        charon.destroyForcibly();
        try {
            charon.waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        kill();
    }
}
