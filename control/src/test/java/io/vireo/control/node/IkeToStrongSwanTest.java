package io.vireo.control.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.vireo.control.linux.Shell;
import io.vireo.control.linux.TestNamespace;
import io.vireo.control.model.InvalidConfigurationException;
import io.vireo.control.model.document.ConfigurationReader;
import io.vireo.control.view.ApplyRefusedException;
import io.vireo.control.view.DataplaneStatus;
import io.vireo.control.view.EspTunnel;
import io.vireo.control.view.IkeStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * ESP between a node and an unmodified strongSwan, which negotiate their keys by IKEv2: {@code host - node = strongSwan}, with 10.0.1.2 on
 * the host and 10.2.0.2 behind strongSwan.
 */
@Tag("slow")
class IkeToStrongSwanTest {
    private static final String PID = Long.toString(ProcessHandle.current().pid());
    private static final String HOST_PORT = "ih" + PID;
    private static final String WIRE = "iw" + PID;
    private static final String SECRET = "correct-horse-battery-staple";
    private static final long TIMEOUT_NS = 90_000_000_000L;

    /** Filled with host port, wire, algorithm, file, and further fields of {@code ike}. */
    @SuppressWarnings("InlineFormatString")
    private static final String NODE = """
        ports:
          - {name: host, device: "af_packet:%s"}
          - {name: wan, device: "af_packet:%s"}
        vpns:
          - name: core
            id: 1
            routers:
              - name: r1
                interfaces: [{name: wan, port: wan, addresses: [192.0.2.1/24, "2001:db8:a::1/64"]}]
          - name: blue
            id: 101
            routers:
              - name: r1
                interfaces:
                  - {name: h, port: host, addresses: [10.0.1.1/24, "2001:db8:1::1/64"]}
                  - name: e0
                    mtu: 1400
                    encapsulation: {esp: {underlay: core/r1, local: 192.0.2.1, remote: 192.0.2.2, algorithm: %s, udp: true, ike: {
                      localId: vireo.example, remoteId: swan.example, %s}}}
                    addresses: [10.1.0.1/30, "2001:db8:10::1/64"]
                routes:
                  - {prefix: 10.2.0.0/24, interface: e0}
                  - {prefix: "2001:db8:2::/64", interface: e0}
        """;

    /** Filled with the proposal of ESP, a time, whether it begins, and the secret. */
    @SuppressWarnings("InlineFormatString")
    private static final String PEER = """
        connections {
          vireo {
            version = 2
            local_addrs = 192.0.2.2
            remote_addrs = %5$s
            proposals = aes128gcm16-prfsha256-ecp256
            dpd_delay = 2s
            local {
              auth = psk
              id = swan.example
            }
            remote {
              auth = psk
              id = vireo.example
            }
            children {
              all {
                local_ts = 10.2.0.0/24, 2001:db8:2::/64
                remote_ts = 10.0.1.0/24, 2001:db8:1::/64
                esp_proposals = %1$s
                rekey_time = %2$s
                start_action = %3$s
              }
            }
          }
        }
        secrets {
          ike-vireo {
            id-1 = vireo.example
            id-2 = swan.example
            secret = "%4$s"
          }
        }
        """;

    @TempDir
    private Path directory;

    private TestNamespace host;
    private TestNamespace far;
    private StrongSwanPeer peer;
    private RunningNode node;
    private Path secretFile;

    @BeforeEach
    void start() throws IOException {
        assumeTrue(
                Files.exists(Path.of("/usr/lib/ipsec/charon")) && Files.exists(Path.of("/usr/sbin/swanctl")),
                "strongSwan is not installed");
        secretFile = directory.resolve("psk");
        writeSecret(SECRET);
        host = TestNamespace.hostBehind(HOST_PORT, 1);
        far = TestNamespace.behind(WIRE);
        far.batch("""
            link set lo up
            address add 192.0.2.2/24 dev eth0
            address add 2001:db8:a::2/64 dev eth0 nodad
            address add 10.2.0.2/32 dev lo
            address add 2001:db8:2::2/128 dev lo nodad
            link set eth0 up
            """);
        peer = new StrongSwanPeer(far, directory.resolve("swan"));
        node = RunningNode.start("i" + PID, directory.resolve("node"), List.of(HOST_PORT, WIRE));
        waitUntil(() -> node.service().status().dataplane().state() == DataplaneStatus.State.SYNCHRONISING);
    }

    @AfterEach
    void stop() {
        if (host != null) {
            node.close();
            peer.close();
            Shell.run("ip link del " + HOST_PORT);
            Shell.run("ip link del " + WIRE);
            host.close();
            far.close();
        }
    }

    private void writeSecret(String text) throws IOException {
        Files.writeString(secretFile, text + "\n");
        Files.setPosixFilePermissions(secretFile, PosixFilePermissions.fromString("rw-------"));
    }

    private void apply(String algorithm, String further) throws ApplyRefusedException, InvalidConfigurationException {
        applyIke(algorithm, "pskFile: \"" + secretFile + "\"" + further);
    }

    private void applyIke(String algorithm, String fields) throws ApplyRefusedException, InvalidConfigurationException {
        node.apply(ConfigurationReader.read(NODE.formatted(HOST_PORT, WIRE, algorithm, fields)));
    }

    private static String peer(String proposal, String rekeyTime, String startAction, String secret) {
        return PEER.formatted(proposal, rekeyTime, startAction, secret, "192.0.2.1");
    }

    @ParameterizedTest
    @CsvSource({
        "aes-gcm-128, aes128gcm16",
        "aes-gcm-256, aes256gcm16-ecp256",
        "chacha20-poly1305, chacha20poly1305-x25519"
    })
    void shouldTalkWithStrongSwan(String algorithm, String proposal)
            throws ApplyRefusedException, InvalidConfigurationException {
        peer.load(peer(proposal, "1h", "none", SECRET));
        apply(algorithm, "");
        waitUntil(() -> reaches("10.2.0.2"));

        for (String[] ends : new String[][] {{"10.2.0.2", "10.0.1.2"}, {"2001:db8:2::2", "2001:db8:1::2"}}) {
            assertThat(host.run("ping -c 5 -i 0.2 -W 3 " + ends[0])).contains(" 0% packet loss");
            assertThat(far.run("ping -c 5 -i 0.2 -W 3 -I " + ends[0] + " " + ends[1]))
                    .contains(" 0% packet loss");
            carry(far, host, "-c " + ends[0]);
            carry(host, far, "-B " + ends[0] + " -c " + ends[1]);
        }
        assertThat(peer.swanctl("--list-sas")).contains("INSTALLED, TUNNEL-in-UDP");
        IkeStatus ike = ike();
        assertThat(ike.state()).isEqualTo(IkeStatus.ESTABLISHED);
        assertThat(ike.remoteId()).isEqualTo("swan.example");
        assertThat(ike.reason()).isNull();
        assertThat(node.service().status().drops())
                .noneSatisfy(drop -> assertThat(drop.toString()).containsAnyOf("ESP_AUTHENTICATION", "ESP_REPLAY"));
    }

    /** Each end proves who it is by a certificate of an authority that both know; one of another authority is refused. */
    @Test
    void shouldTalkByCertificates() throws ApplyRefusedException, InvalidConfigurationException, IOException {
        TestCertificates certificates = new TestCertificates(directory);
        certificates.make("ca", "vireo.example", "own");
        certificates.make("ca", "swan.example", "theirs");
        certificates.make("other-ca", "swan.example", "strange");
        Files.copy(directory.resolve("ca.pem"), peer.certificates().resolve("x509ca/ca.pem"));
        peerHas("strange");
        applyIke(
                "aes-gcm-128",
                "certificateFile: \"%1$s/own.pem\", keyFile: \"%1$s/own.key\", caFile: \"%1$s/ca.pem\""
                        .formatted(directory));
        waitUntilReason("certificate is not of the authority in caFile");
        assertThat(tunnel().outbound()).isNull();

        peerHas("theirs");
        waitUntil(() -> reaches("10.2.0.2"));
        waitUntil(() -> ike().state().equals(IkeStatus.ESTABLISHED));
    }

    private void peerHas(String name) throws IOException {
        for (String[] file : new String[][] {{"x509", ".pem"}, {"private", ".key"}}) {
            Files.copy(
                    directory.resolve(name + file[1]),
                    peer.certificates().resolve(file[0]).resolve("swan" + file[1]),
                    StandardCopyOption.REPLACE_EXISTING);
        }
        peer.load(peer("aes128gcm16", "1h", "none", SECRET)
                .replace("auth = psk", "auth = pubkey")
                .replace("id = swan.example", "id = swan.example\n certs = swan.pem"));
    }

    /** Both ends replace keys every few seconds, of a numbered stream each way none is lost; nobody learns a secret. */
    @Test
    void shouldLoseNothingWhileBothEndsRekey()
            throws ApplyRefusedException, InvalidConfigurationException, InterruptedException, ExecutionException {
        peer.load(peer("aes128gcm16-ecp256", "7s", "none", SECRET));
        apply("aes-gcm-128", ", rekeySeconds: 5");
        waitUntil(() -> reaches("10.2.0.2"));
        Set<Long> outbound = new HashSet<>();

        FutureTask<String> there = new FutureTask<>(() -> host.run("ping -q -c 1500 -i 0.01 -W 2 10.2.0.2"));
        FutureTask<String> back = new FutureTask<>(() -> far.run("ping -q -c 1500 -i 0.01 -W 2 -I 10.2.0.2 10.0.1.2"));
        Thread.ofPlatform().start(there);
        Thread.ofPlatform().start(back);
        while (!there.isDone() || !back.isDone()) {
            outbound.add(outboundSpi());
            LockSupport.parkNanos(200_000_000);
        }

        assertThat(there.get()).as(peer::logText).contains("1500 received");
        assertThat(back.get()).as(peer::logText).contains("1500 received");
        assertThat(outbound).as("keys in a quarter of a minute").hasSizeGreaterThanOrEqualTo(3);
        assertThat(tunnel().inbound()).hasSizeLessThanOrEqualTo(3);
        assertThat(tunnel() + node.log() + node.service().links()).doesNotContain(SECRET);
    }

    /** Another data plane has no key, and sends by none that the one before had; the IKE SA is still there. */
    @Test
    void shouldNegotiateOtherKeysForAnotherDataplane() throws ApplyRefusedException, InvalidConfigurationException {
        peer.load(peer("aes128gcm16", "1h", "none", SECRET));
        apply("aes-gcm-128", "");
        waitUntil(() -> reaches("10.2.0.2"));
        EspTunnel before = tunnel();
        long outboundBefore = outboundSpi();

        node.killDataplane();
        node.startDataplane();

        waitUntil(() -> reaches("10.2.0.2"));
        assertThat(outboundSpi()).isNotEqualTo(outboundBefore);
        assertThat(tunnel().inbound())
                .noneMatch(key -> key.spi() == before.inbound().getFirst().spi());
    }

    /** Tunnels go on with the keys they have while there is no charon, and the next one negotiates others. */
    @Test
    void shouldOutliveCharon()
            throws ApplyRefusedException, InvalidConfigurationException, InterruptedException, ExecutionException {
        peer.load(peer("aes128gcm16", "1h", "none", SECRET));
        apply("aes-gcm-128", "");
        waitUntil(() -> reaches("10.2.0.2"));
        long spi = outboundSpi();
        long charon = node.service().ike().charonPid("core/r1");
        assertThat(charon).isPositive();

        FutureTask<String> ping = new FutureTask<>(() -> host.run("ping -q -c 500 -i 0.01 -W 2 10.2.0.2"));
        Thread.ofPlatform().start(ping);
        ProcessHandle.of(charon).orElseThrow().destroyForcibly();
        waitUntil(() -> outboundSpi() != spi);
        waitUntil(() -> ike().state().equals(IkeStatus.ESTABLISHED));

        Matcher received = Pattern.compile("([0-9]+) received").matcher(ping.get());
        assertThat(received.find()).isTrue();
        assertThat(Integer.parseInt(received.group(1))).as(ping.get()).isGreaterThan(490);
        assertThat(reaches("10.2.0.2")).isTrue();
    }

    /** What is wrong is said of the tunnel by its name, and may be put right. */
    @Test
    void shouldSayWhatIsWrong() throws ApplyRefusedException, InvalidConfigurationException, IOException {
        peer.load(peer("aes128gcm16", "1h", "none", "another-secret"));
        apply("aes-gcm-128", "");
        waitUntilReason("refuses our authentication (AUTHENTICATION_FAILED)");
        assertThat(reaches("10.2.0.2")).isFalse();
        assertThat(node.service().links().toString()).contains("it has no key to send by: the far end refuses");

        peer.load(peer("aes128gcm16", "1h", "none", SECRET));
        waitUntil(() -> reaches("10.2.0.2"));
        waitUntil(() -> ike().reason() == null);
    }

    /** Likewise, of a tunnel that never comes up. */
    @Test
    void shouldSayWhatIsMissing() throws ApplyRefusedException, InvalidConfigurationException, IOException {
        peer.load(peer("aes256gcm16", "1h", "none", SECRET));
        apply("aes-gcm-128", "");
        waitUntilReason("none of our proposals (NO_PROPOSAL_CHOSEN)");
        Files.setPosixFilePermissions(secretFile, PosixFilePermissions.fromString("rw-r--r--"));
        waitUntilReason("pskFile " + secretFile + ": others than its owner may read or write it");
        peer.kill();
        writeSecret(SECRET);
        waitUntilReason("the far end does not answer");
    }

    /** Whoever is to wait does; and when the far end has ended what it began, nothing is sent any more. */
    @Test
    void shouldWaitForTheFarEndToBeginAndToEnd() throws ApplyRefusedException, InvalidConfigurationException {
        peer.load(peer("aes128gcm16", "1h", "none", SECRET));
        apply("aes-gcm-128", ", initiate: false");
        waitUntilReason("it waits for the far end to begin");
        for (int n = 0; n < 2; n++) {
            assertThat(peer.swanctl("--initiate --child all --timeout 5")).contains("initiate completed successfully");
            waitUntil(() -> reaches("10.2.0.2"));
            waitUntil(() -> ike().state().equals(IkeStatus.ESTABLISHED));

            assertThat(peer.swanctl("--terminate --ike vireo --timeout 5"))
                    .contains("terminate completed successfully");
            waitUntil(() -> tunnel().outbound() == null);
            waitUntil(() -> tunnel().inbound().isEmpty());
        }
        waitUntilReason("it waits for the far end to begin");
    }

    private void waitUntilReason(String reason) {
        waitUntil(() -> String.valueOf(tunnel().ike()).contains(reason));
    }

    /** TCP from the one to the other. */
    private static void carry(TestNamespace server, TestNamespace client, String arguments) {
        Thread serving = Thread.ofPlatform().start(() -> server.run("iperf3 -s -1"));
        LockSupport.parkNanos(500_000_000);
        assertThat(client.run("iperf3 -n 2M " + arguments)).contains("iperf Done");
        try {
            serving.join(5_000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private IkeStatus ike() {
        return Objects.requireNonNull(tunnel().ike());
    }

    private long outboundSpi() {
        return Objects.requireNonNull(tunnel().outbound()).spi();
    }

    private EspTunnel tunnel() {
        return node.service().keys().status().tunnels().getFirst();
    }

    private boolean reaches(String address) {
        try {
            return host.run("ping -c 1 -W 1 " + address).contains(" 0% packet loss");
        } catch (IllegalStateException e) {
            return false;
        }
    }

    private void waitUntil(BooleanSupplier condition) {
        long deadlineNs = System.nanoTime() + TIMEOUT_NS;
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime())
                    .as(() -> node.in("blue", "r1", "ip route")
                            + node.in("blue", "r1", "ip link")
                            + node.in("core", "r1", "ip addr")
                            + node.in("core", "r1", "ip route")
                            + node.service().links()
                            + node.log()
                            + node.service().keys().status()
                            + node.service().status().drops())
                    .isLessThan(deadlineNs);
            LockSupport.parkNanos(10_000_000);
        }
    }
}
