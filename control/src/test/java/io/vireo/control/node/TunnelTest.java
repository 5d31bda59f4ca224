package io.vireo.control.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.vireo.control.linux.Shell;
import io.vireo.control.model.InvalidConfigurationException;
import io.vireo.control.view.ApplyRefusedException;
import io.vireo.control.view.InterfacePath;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tunnels between two nodes. */
@Tag("slow")
class TunnelTest extends TunnelLab {
    @Test
    void shouldCarryBothFamiliesInBothFamilies()
            throws ApplyRefusedException, InvalidConfigurationException, InterruptedException {
        for (String tunnel : List.of("t4", "t6")) {
            a.apply(tunnel);
            b.apply(tunnel);
            waitUntil(() -> reaches("10.0.2.2") && reaches("2001:db8:2::2"));
            Process witness = witness(
                    tunnel,
                    tunnel.equals("t4")
                            ? "ip[0] = 0x45 and (ip proto 4 or ip proto 41)"
                            : "ip6 proto 4 or ip6 proto 41");

            assertThat(host1.run("ping -c 8 -l 8 -i 1 -W 2 10.0.2.2"))
                    .contains(" 0% packet loss")
                    .contains("ttl=62");
            assertThat(host1.run("ping -c 8 -l 8 -i 1 -W 2 2001:db8:2::2")).contains(" 0% packet loss");
            assertThat(host1.run("ping -c 3 -l 3 -i 1 -W 2 -M do -s 1400 10.0.2.2"))
                    .contains(" 0% packet loss");
            List<String> hops = host1.run("traceroute -n -q 1 -w 2 10.0.2.2")
                    .lines()
                    .skip(1)
                    .toList();
            assertThat(hops).hasSize(3);
            assertThat(hops.getFirst()).contains("10.0.1.1");
            assertThat(hops.getLast()).contains("10.0.2.2");

            await(witness);
            assertOuterHeaders(tunnel);
        }
        assertThat(a.service().status().toString()).contains("ipip in core/r1 203.0.113.1 -> 203.0.113.2");
        assertThat(a.service().classes(new InterfacePath("blue", "r1", "t4")))
                .singleElement()
                .satisfies(ofTunnel -> assertThat(ofTunnel.sentPackets()).isGreaterThanOrEqualTo(19));
    }

    /** Packets of the MTU too: beside them fit IP, and 4 bytes for GRE and each option. The filters find the key where it must be. */
    @ParameterizedTest
    @CsvSource({"g4, ip proto 47 and ip[28:4] = 7, 1464", "g6, ip6 proto 47 and ip6[44:4] = 4000000000, 1452"})
    void shouldCarryBothFamiliesInGre(String tunnel, String filter, int mtu)
            throws ApplyRefusedException, InvalidConfigurationException, InterruptedException {
        carry(tunnel, filter, mtu);

        assertGreHeaders(tunnel);
        assertThat(a.node().in("blue", "r1", "ping -c 3 -l 3 -i 1 -W 2 10.0.5.2"))
                .as("by another key between the same addresses")
                .contains(" 0% packet loss");
        assertThat(a.service().status().toString())
                .contains("gre key 7 checksum sequence in core/r1 203.0.113.1 -> 203.0.113.2");
    }

    /** The filters find the VPN-ID where it must be; tshark knows of its options the stream identifier. */
    @ParameterizedTest
    @CsvSource({
        "s4, ip[20:4] = 0x88040065, 1476, 24|1|136|4|101",
        "x4, ip[20:2] = 0x9e08 and ip[22:4] = 4000000000, 1472, 28|1|||"
    })
    void shouldCarryBothFamiliesInVns(String tunnel, String filter, int mtu, String header)
            throws ApplyRefusedException, InvalidConfigurationException, InterruptedException {
        carry(tunnel, "(ip proto 4 or ip proto 41) and " + filter, mtu);

        assertThat(Shell.run("tshark -r " + capture(tunnel) + " -o ip.check_checksum:TRUE -T fields -E occurrence=f"
                                + " -E separator=| -e ip.hdr_len -e ip.checksum.status -e ip.opt.type -e ip.opt.len"
                                + " -e ip.opt.sid")
                        .lines()
                        .filter(line -> line.contains("|")))
                .hasSize(16)
                .containsOnly(header);
        assertThat(a.node().in("blue", "r1", "ping -c 3 -l 3 -i 1 -W 2 10.0.10.2"))
                .as("by another VPN-ID between the same addresses")
                .contains(" 0% packet loss");
        assertThat(a.service().status().toString())
                .contains("vns VPN-ID 4000000000 experimental flow in core/r1 203.0.113.1 -> 203.0.113.2");
    }

    /** What arrives at node a has the label that a takes, 101; b takes 102. */
    @Test
    void shouldCarryBothFamiliesBehindALabel()
            throws ApplyRefusedException, InvalidConfigurationException, InterruptedException {
        carry("m4", "ip proto 47 and ip[22:2] = 0x8847", 1472);

        assertThat(Shell.run("tshark -r " + capture("m4") + " -T fields -E occurrence=l -E separator=| -e gre.proto"
                                + " -e mpls.label -e mpls.bottom -e mpls.ttl -e ip.proto -e ipv6.nxt")
                        .lines()
                        .filter(line -> line.contains("|"))
                        .distinct())
                .contains("0x8847|101|1|64|1|", "0x8847|101|1|64|47|58")
                .allMatch(line -> line.startsWith("0x8847|101|1|64|")); // the kernel's MLD reports are among them
        assertThat(a.service().status().toString())
                .contains("mpls over gre label out 102 in 101 in core/r1 203.0.113.1 -> 203.0.113.2");
    }

    /** Sends both families through a tunnel, packets of its MTU too, and records the first that arrive. */
    private void carry(String tunnel, String filter, int mtu)
            throws ApplyRefusedException, InvalidConfigurationException, InterruptedException {
        a.apply(tunnel);
        b.apply(tunnel);
        waitUntil(() -> reaches("10.0.2.2") && reaches("2001:db8:2::2"));
        Process witness = witness(tunnel, filter);

        assertThat(host1.run("ping -c 8 -l 8 -i 1 -W 2 10.0.2.2")).contains(" 0% packet loss");
        assertThat(host1.run("ping -c 8 -l 8 -i 1 -W 2 2001:db8:2::2")).contains(" 0% packet loss");
        assertThat(host1.run("ping -c 3 -l 3 -i 1 -W 2 -M do -s " + (mtu - ICMP_HEADER_BYTES) + " 10.0.2.2"))
                .contains(" 0% packet loss");
        await(witness);
    }

    private void assertGreHeaders(String tunnel) {
        List<String> packets = Shell.run("tshark -r " + capture(tunnel) + " -T fields -E occurrence=f -E separator=|"
                        + " -e gre.key -e gre.checksum.status -e gre.proto -e eth.src -e gre.sequence_number")
                .lines()
                .filter(line -> line.contains("|"))
                .toList();
        boolean hasAll = tunnel.equals("g4");
        Map<String, Integer> lastNumbers = new HashMap<>();
        assertThat(packets).hasSize(16).allSatisfy(line -> {
            String[] values = line.split("\\|", -1);
            assertThat(Long.decode(values[0])).isEqualTo(hasAll ? 7L : 4_000_000_000L);
            assertThat(values[1]).isEqualTo(hasAll ? "1" : ""); // good
            assertThat(values[2]).isIn("0x0800", "0x86dd");
            if (hasAll) {
                int number = Integer.parseInt(values[4]);
                Integer last = lastNumbers.put(values[3], number);
                assertThat(number).isEqualTo(last == null ? number : last + 1);
            } else {
                assertThat(values[4]).isEmpty();
            }
        });
    }

    @Test
    void shouldLoseNothingWhenTheRouteToTheFarEndChanges()
            throws ApplyRefusedException, InvalidConfigurationException, InterruptedException {
        a.apply("t4");
        b.apply("t4");
        waitUntil(() -> reaches("10.0.2.2"));
        for (Numbered node : List.of(a, b)) {
            node.inCore("ping -c 2 -l 2 -i 1 -W 2 198.51.100." + (3 - node.number())); // the other wire's neighbours
        }
        List<Throwable> failures = new ArrayList<>();
        Thread ping = Thread.ofPlatform()
                .unstarted(() -> assertThat(host1.run("ping -c 400 -i 0.01 -W 2 10.0.2.2"))
                        .contains(" 0% packet loss"));
        ping.setUncaughtExceptionHandler((thread, failure) -> failures.add(failure));
        ping.start();
        for (int i = 0; i < 6; i++) {
            String next = i % 2 == 0 ? "198.51.100." : "192.0.2.";
            LockSupport.parkNanos(400_000_000);
            a.inCore("ip route replace 203.0.113.2/32 proto 86 metric 1 via " + next + "2");
            b.inCore("ip route replace 203.0.113.1/32 proto 86 metric 1 via " + next + "1");
        }
        ping.join();

        assertThat(failures)
                .as("%s%s", a.service().status().drops(), b.service().status().drops())
                .isEmpty();
    }

    private void assertOuterHeaders(String tunnel) {
        boolean isIpv4 = tunnel.equals("t4");
        String fields = isIpv4
                ? " -e ip.version -e ip.src -e ip.dst -e ip.ttl -e ip.proto -e ip.checksum.status -e ip.len -e"
                        + " ipv6.plen"
                : " -e ipv6.version -e ipv6.src -e ipv6.dst -e ipv6.hlim -e ipv6.nxt -e ipv6.plen -e ip.len";
        List<String> packets = Shell.run("tshark -r " + capture(tunnel)
                        + " -o ip.check_checksum:TRUE -T fields -E occurrence=a -E separator=|" + fields)
                .lines()
                .filter(line -> line.contains("|"))
                .toList();
        assertThat(packets).hasSize(16).allSatisfy(line -> {
            String[] values = line.split("\\|", -1);
            assertThat(values[1].split(",", -1)[0] + values[2].split(",", -1)[0])
                    .containsAnyOf(
                            isIpv4 ? "203.0.113.1203.0.113.2" : "2001:db8:f::12001:db8:f::2",
                            isIpv4 ? "203.0.113.2203.0.113.1" : "2001:db8:f::22001:db8:f::1");
            assertThat(values[3].split(",", -1)[0]).isEqualTo(isIpv4 ? "61" : "64");
            assertThat(values[4].split(",", -1)[0]).isIn("4", "41");
            if (isIpv4) {
                assertThat(values[5].split(",", -1)).containsOnly("1"); // good, outside and inside
                assertLength(values[6], values[7], true);
            } else {
                assertLength(values[5], values[6], false);
            }
        });
    }

    /**
     * That the outer header's length is that of the inner packet, and its own where the field counts it.
     *
     * @param sameFamily the length fields of the outer header and of those inside of the same family
     * @param otherFamily those of the other family; behind the first there may be packets quoted by ICMP
     */
    private static void assertLength(String sameFamily, String otherFamily, boolean isOuterIpv4) {
        String[] same = sameFamily.split(",", -1);
        boolean isInnerIpv4 = isOuterIpv4 == same.length > 1;
        int innerLength =
                Integer.parseInt(same.length > 1 ? same[1] : otherFamily.split(",", -1)[0]);
        int innerBytes = isInnerIpv4 ? innerLength : innerLength + IPV6_HEADER_BYTES;
        assertThat(Integer.parseInt(same[0])).isEqualTo(isOuterIpv4 ? innerBytes + IPV4_HEADER_BYTES : innerBytes);
    }
}
