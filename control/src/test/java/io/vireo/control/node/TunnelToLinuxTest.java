package io.vireo.control.node;

import io.vireo.control.model.InvalidConfigurationException;
import io.vireo.control.view.ApplyRefusedException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Tunnels of each kind between a node and a Linux kernel. */
@Tag("slow")
class TunnelToLinuxTest {
    @TempDir
    private static Path directory;

    private static @Nullable LinuxPeerLab lab;

    /** A tunnel, and the command that makes its far end. */
    enum Kind {
        IP_IN_IPV4(0, 1480, "ipip: {%s}", "sit mode any %s"),
        IP_IN_IPV6(1, 1460, "ipip: {%s}", "ip6tnl mode any encaplimit none %s"),
        IP_IN_IPV6_WITH_LIMIT(2, 1452, "ipip: {%s}", "ip6tnl mode any %s"),
        GRE(3, 1472, "gre: {%s, key: 7}", "gre key 7 %s"),
        GRE_WITH_ALL(4, 1464, "gre: {%s, key: 8, checksum: true, sequence: true}", "gre key 8 csum seq %s"),
        GRE_OVER_IPV6(5, 1448, "gre: {%s, key: 9, checksum: true}", "ip6gre key 9 csum encaplimit none %s"),
        VXLAN(6, 1450, "vxlan: {%s, vni: 7}", "vxlan id 7 dstport 4789 %s"),
        VXLAN_OVER_IPV6(
                7, 1430, "vxlan: {%s, vni: 16777215, port: 8472}", "vxlan id 16777215 dstport 8472 udp6zerocsumrx %s"),
        ETHERNET_IN_GRE(8, 1458, "gre: {%s, key: 10, ethernet: true}", "gretap key 10 %s"),
        ETHERNET_IN_GRE_OVER_IPV6(
                9,
                1430,
                "gre: {%s, checksum: true, sequence: true, ethernet: true}",
                "ip6gretap csum seq encaplimit none %s"),
        MPLS_IN_GRE(10, 1472, "mpls: {%s, label: {out: 1010, in: 2010}}", "gre %s"),
        MPLS(11, 1496, "mpls: {%s, over: ethernet, label: {out: 1011, in: 2011}}", "dummy"),
        MPLS_IN_UDP(
                12,
                1468,
                "mpls: {%s, over: udp, label: {out: 1012, in: 2012}}",
                "ipip mode mplsip %s encap fou encap-sport auto encap-dport 6635"),
        IP_IN_FRAGMENTS(13, 1500, "ipip: {%s, fragment: outer}", "sit mode any nopmtudisc %s"),
        GRE_IN_FRAGMENTS(14, 1500, "gre: {%s, key: 11, fragment: outer}", "gre key 11 nopmtudisc ignore-df %s");

        private final int number;
        private final int mtu;
        private final String here;
        private final String there;

        Kind(int number, int mtu, String here, String there) {
            this.number = number;
            this.mtu = mtu;
            this.here = here;
            this.there = there;
        }

        /** A far end has one tunnel without a key. */
        int far() {
            return 2 + number;
        }

        /** Then it has neighbours, and its routes next hops. */
        boolean isEthernet() {
            return number >= VXLAN.number && number <= ETHERNET_IN_GRE_OVER_IPV6.number;
        }

        /** Packets as long as those of the way underneath. */
        boolean isFragmented() {
            return mtu == 1500;
        }

        boolean isOverIpv6() {
            return name().contains("IPV6");
        }

        String network() {
            return isOverIpv6() ? "2001:db8:a::" : "192.0.2.";
        }

        String yaml() {
            return """
                - name: t%1$d
                  mtu: %2$d
                  encapsulation: {%3$s}
                  addresses: [10.1.%1$d.1/30, "2001:db8:10:%1$d::1/64"]
                """.formatted(
                            number,
                            mtu,
                            here.formatted("underlay: core/r1, local: \"" + network() + "1\", remote: \"" + network()
                                    + far() + "\""));
        }

        String route() {
            return (isEthernet() ? """
                            - {prefix: 10.2.%1$d.0/24, via: 10.1.%1$d.2}
                            - {prefix: "2001:db8:2:%1$d::/64", via: "2001:db8:10:%1$d::2"}
                            """ : """
                            - {prefix: 10.2.%1$d.0/24, interface: t%1$d}
                            - {prefix: "2001:db8:2:%1$d::/64", interface: t%1$d}
                            """).formatted(number);
        }

        List<String> commands() {
            String longer = isFragmented() ? "ip link set t" + number + " mtu " + mtu + "\n" : "";
            String ethernet = isEthernet() ? """
                    ip link set t%1$d mtu %2$d
                    ip address add 10.1.%1$d.2/30 dev t%1$d
                    ip address add 2001:db8:10:%1$d::2/64 dev t%1$d nodad
                    """.formatted(number, mtu) : "";
            return ("""
                ip address add %3$s%4$d/%5$s dev eth0
                ip link add t%1$d type %2$s
                ip link set t%1$d up
                ip address add 10.2.%1$d.2/32 dev lo
                ip address add 2001:db8:2:%1$d::2/128 dev lo
                """ + longer + ethernet)
                    .formatted(
                            number,
                            there.formatted("local " + network() + far() + " remote " + network() + "1"),
                            network(),
                            far(),
                            isOverIpv6() ? "64 nodad" : "24")
                    .lines()
                    .toList();
        }
    }

    @BeforeAll
    static void start() throws ApplyRefusedException, InvalidConfigurationException {
        List<Kind> kinds = List.of(Kind.values());
        lab = new LinuxPeerLab(
                directory,
                kinds.stream().map(Kind::yaml).collect(Collectors.joining()),
                kinds.stream().map(Kind::route).collect(Collectors.joining()));
        lab.linux.run("ip fou add port 6635 ipproto 137");
        kinds.stream().flatMap(kind -> kind.commands().stream()).forEach(lab.linux::run);
    }

    @AfterAll
    static void stop() {
        if (lab != null) {
            lab.close();
        }
    }

    @ParameterizedTest
    @EnumSource
    void shouldTalkWithLinux(Kind kind) {
        LinuxPeerLab running = Objects.requireNonNull(lab);
        int number = kind.number;
        if (kind.name().startsWith("MPLS")) {
            talkByLabels(running, kind);
            return;
        }
        String via4 = kind.isEthernet() ? " via 10.1." + number + ".1" : "";
        String via6 = kind.isEthernet() ? " via 2001:db8:10:" + number + "::1" : "";
        running.linux.run("ip route replace 10.0.1.0/24" + via4 + " dev t" + number + " src 10.2." + number + ".2");
        running.linux.run("ip route replace 2001:db8:1::/64" + via6 + " dev t" + number);

        running.assertTalks("10.2." + number + ".2", "2001:db8:2:" + number + "::2", kind.mtu);
    }

    /** What comes with a label is Linux's own once that is taken off; it puts one on what it sends. */
    private static void talkByLabels(LinuxPeerLab running, Kind kind) {
        int n = kind.number;
        boolean isOnLink = kind == Kind.MPLS;
        String device = isOnLink ? "eth0" : "t" + n;
        String way4 = (isOnLink ? "via 192.0.2.1 " : "") + "dev " + device;
        String way6 = (isOnLink ? "via 2001:db8:a::1 " : "") + "dev " + device;
        running.linux.run("echo 10000 > /proc/sys/net/mpls/platform_labels");
        running.linux.run("echo 1 > /proc/sys/net/mpls/conf/" + device + "/input");
        running.linux.run("ip -f mpls route add 10" + n + " dev lo");
        running.linux.run("ip route replace 10.0.1.0/24 encap mpls 20" + n + " " + way4 + " src 10.2." + n + ".2");
        running.linux.run("ip route replace 2001:db8:1::/64 encap mpls 20" + n + " " + way6);

        running.assertTalks("10.2." + n + ".2", "2001:db8:2:" + n + "::2", kind.mtu);
    }
}
