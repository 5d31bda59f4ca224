package io.vireo.control.node;

import io.vireo.control.model.InvalidConfigurationException;
import io.vireo.control.view.ApplyRefusedException;
import io.vireo.control.view.EspStatus;
import io.vireo.control.view.InterfacePath;
import io.vireo.control.view.KeyOffer;
import io.vireo.control.view.Keys;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** ESP tunnels between a node and a Linux kernel's XFRM, with keys that the test gives to both. */
@Tag("slow")
class EspToLinuxTest {
    private static final int SALT_BYTES = 4;

    @TempDir
    private Path directory;

    private final Random random = new Random(1);

    /** Algorithms and numbers of a tunnel, and how Linux calls them. */
    private record Kind(
            int number,
            String algorithm,
            int keyBytes,
            boolean isExtended,
            String aead,
            String flags,
            boolean isInUdp) {
        int mtu() {
            return isInUdp ? 1438 : 1446;
        }

        InterfacePath path() {
            return new InterfacePath("blue", "r1", "e" + number);
        }

        String far() {
            return "192.0.2." + (20 + number);
        }

        String yaml() {
            return """
                - name: e%1$d
                  mtu: %5$d
                  encapsulation: {esp: {underlay: core/r1, local: 192.0.2.1, remote: %2$s, algorithm: %3$s, esn: %4$s, udp: %6$s}}
                  addresses: [10.1.%1$d.1/30, "2001:db8:10:%1$d::1/64"]
                """.formatted(number, far(), algorithm, isExtended, mtu(), isInUdp);
        }

        String routes() {
            return """
                - {prefix: 10.2.%1$d.0/24, interface: e%1$d}
                - {prefix: "2001:db8:2:%1$d::/64", interface: e%1$d}
                """.formatted(number);
        }

        /** Linux sends what is from its addresses of this tunnel by it, and takes nothing else to them. */
        List<String> policies() {
            String template = "tmpl src %s dst %s proto esp mode tunnel";
            String out = template.formatted(far(), "192.0.2.1");
            String in = template.formatted("192.0.2.1", far());
            return """
                ip address add %2$s/24 dev eth0
                ip address add 10.2.%1$d.2/32 dev lo
                ip address add 2001:db8:2:%1$d::2/128 dev lo
                ip xfrm policy add src 10.2.%1$d.0/24 dst 10.0.1.0/24 dir out %3$s
                ip xfrm policy add src 2001:db8:2:%1$d::/64 dst 2001:db8:1::/64 dir out %3$s
                ip xfrm policy add src 10.0.1.0/24 dst 10.2.%1$d.0/24 dir in %4$s
                ip xfrm policy add src 2001:db8:1::/64 dst 2001:db8:2:%1$d::/64 dir in %4$s
                """.formatted(number, far(), out, in).lines().toList();
        }

        /** A key in Linux has its salt behind it (RFC 4106 §8.1). */
        String state(String source, String destination, KeyOffer offer) {
            String encapsulated = isInUdp ? " encap espinudp 4500 4500 0.0.0.0" : "";
            return "ip xfrm state add src %s dst %s proto esp spi 0x%x mode tunnel aead '%s' 0x%s%s 128 replay-window 64 flag af-unspec%s%s"
                    .formatted(source, destination, offer.spi(), aead, offer.key(), offer.salt(), flags, encapsulated);
        }
    }

    private static final List<Kind> KINDS = List.of(
            new Kind(0, "aes-gcm-128", 16, false, "rfc4106(gcm(aes))", "", false),
            new Kind(1, "aes-gcm-256", 32, true, "rfc4106(gcm(aes))", " esn", false),
            new Kind(2, "chacha20-poly1305", 32, true, "rfc7539esp(chacha20,poly1305)", " esn", false),
            new Kind(3, "aes-gcm-128", 16, true, "rfc4106(gcm(aes))", " esn", true));

    /** A socket that gives what comes to its port to ESP ({@code UDP_ENCAP_ESPINUDP}), as an IKE daemon has it open. */
    private static final String UDP_ENCAP_SOCKET =
            "perl -e 'socket(S, 2, 2, 17) && bind(S, pack(\"SnNx8\", 2, 4500, 0)) && setsockopt(S, 17, 100, pack(\"i\", 2))"
                    + " || die $!; sleep 100000' &";

    @Test
    void shouldTalkWithLinux() throws ApplyRefusedException, InvalidConfigurationException {
        StringBuilder tunnels = new StringBuilder();
        StringBuilder routes = new StringBuilder();
        KINDS.forEach(kind -> {
            tunnels.append(kind.yaml());
            routes.append(kind.routes());
        });
        try (LinuxPeerLab lab = new LinuxPeerLab(directory, tunnels.toString(), routes.toString())) {
            lab.linux.run(UDP_ENCAP_SOCKET);
            lab.linux.run("ip address add 192.0.2.2/24 dev eth0");
            lab.linux.run("ip address add 2001:db8:a::2/64 dev eth0 nodad");
            lab.linux.run("ip route add 10.0.1.0/24 via 192.0.2.1");
            lab.linux.run("ip route add 2001:db8:1::/64 via 2001:db8:a::1");
            for (Kind kind : KINDS) {
                kind.policies().forEach(lab.linux::run);
                giveKeys(lab, kind);

                lab.assertTalks("10.2." + kind.number() + ".2", "2001:db8:2:" + kind.number() + "::2", kind.mtu());
            }
        }
    }

    private void giveKeys(LinuxPeerLab lab, Kind kind) {
        Keys keys = lab.node.service().keys();
        EspStatus status = keys.status();
        KeyOffer toNode = keys.offer(kind.path());
        KeyOffer toLinux = new KeyOffer(0x1000 + kind.number(), hex(SALT_BYTES), hex(kind.keyBytes()));
        lab.linux.run(kind.state(kind.far(), "192.0.2.1", toNode));
        lab.linux.run(kind.state("192.0.2.1", kind.far(), toLinux));
        keys.accept(kind.path(), status.incarnation(), status.ticket(), toLinux);
    }

    private String hex(int bytes) {
        byte[] value = new byte[bytes];
        random.nextBytes(value);
        return HexFormat.of().formatHex(value);
    }
}
