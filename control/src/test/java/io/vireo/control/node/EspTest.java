package io.vireo.control.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.vireo.control.keys.KeyExchange;
import io.vireo.control.linux.Shell;
import io.vireo.control.model.InvalidConfigurationException;
import io.vireo.control.view.ApplyRefusedException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** ESP tunnels between two nodes, and their keys. */
@Tag("slow")
class EspTest extends TunnelLab {
    private static final int HOUR_SECONDS = 3_600;
    private static final Pattern SEQUENCE = Pattern.compile("icmp_seq=([0-9]+) ");

    /** Nothing is sent before there are keys; another one for every second ping loses none; nothing of what is inside is seen. */
    @ParameterizedTest
    @CsvSource({"e4, ip proto 50, 1446", "e6, ip6 proto 50, 1426"})
    void shouldCarryBothFamiliesInEsp(String tunnel, String filter, int mtu)
            throws ApplyRefusedException, InvalidConfigurationException, InterruptedException, ExecutionException {
        a.apply(tunnel);
        b.apply(tunnel);
        waitUntil(() -> a.service().status().toString().contains("esp"));
        assertThat(reaches("10.0.2.2")).isFalse();
        List<String> log = new ArrayList<>();
        KeyExchange exchange = keyExchange(0, log);
        assertThat(exchange.round(System.nanoTime())).as("%s", log).isEqualTo(4);
        waitUntil(() -> reaches("10.0.2.2") && reaches("2001:db8:2::2"));
        Process witness = witness(tunnel, filter);

        FutureTask<String> ping = new FutureTask<>(() -> host1.run("ping -c 300 -i 0.02 -W 2 -p 5a5a5a5a 10.0.2.2"));
        Thread.ofPlatform().start(ping);
        while (!ping.isDone()) {
            exchange.round(System.nanoTime());
            LockSupport.parkNanos(600_000_000);
        }
        await(witness);

        assertThat(ping.get())
                .as(
                        "%s%s%s",
                        log, a.service().status().drops(), b.service().status().drops())
                .contains(" 0% packet loss");
        assertThat(host1.run("ping -c 3 -l 3 -i 1 -W 2 -M do -s " + (mtu - ICMP_HEADER_BYTES) + " 10.0.2.2"))
                .contains(" 0% packet loss");
        assertThat(Shell.run("tshark -r " + capture(tunnel) + " -T fields -e esp.spi -e data.data")
                        .lines())
                .hasSizeGreaterThanOrEqualTo(16)
                .noneMatch(line -> line.contains("5a5a5a5a") || line.isBlank());
    }

    /** A numbered stream both ways: another key several times a second, another way underneath ten times a second. */
    @Test
    void shouldLoseNothingWhileKeysAndTheWayUnderneathChange()
            throws ApplyRefusedException, InvalidConfigurationException, InterruptedException, ExecutionException {
        List<String> log = new ArrayList<>();
        KeyExchange exchange = begin(log);
        waitUntil(() -> reachesFarEndBy("198.51.100") && reachesFarEndBy("192.0.2"));

        FutureTask<String> ping = new FutureTask<>(() -> host1.run("ping -q -c 1500 -i 0.005 -W 2 10.0.2.2"));
        Thread.ofPlatform().start(ping);
        for (int n = 0; !ping.isDone(); n++) {
            String net = n % 2 == 0 ? "198.51.100" : "192.0.2";
            a.inCore("ip route replace 203.0.113.2/32 via " + net + ".2");
            b.inCore("ip route replace 203.0.113.1/32 via " + net + ".1");
            if (n % 5 == 0) {
                exchange.round(System.nanoTime());
            }
            LockSupport.parkNanos(100_000_000);
        }

        assertThat(ping.get())
                .as(
                        "%s%s%s",
                        log, a.service().status().drops(), b.service().status().drops())
                .contains("1500 received");
    }

    /** The far end's data plane is killed under a numbered stream, and begins anew without a key. */
    @Test
    void shouldLoseOnlyWhatWasSentWhileTheFarEndWasGone()
            throws ApplyRefusedException, InvalidConfigurationException, InterruptedException, ExecutionException {
        List<String> log = new ArrayList<>();
        begin(log);
        KeyExchange patient = keyExchange(HOUR_SECONDS, log);

        FutureTask<String> ping = new FutureTask<>(() -> host1.run("ping -c 2400 -i 0.005 -W 2 10.0.2.2"));
        Thread.ofPlatform().start(ping);
        LockSupport.parkNanos(2_000_000_000);
        b.node().killDataplane();
        long killedNs = System.nanoTime();
        b.node().startDataplane();
        waitUntil(() -> {
            patient.round(System.nanoTime());
            return reaches("10.0.2.2");
        });
        long goneNs = System.nanoTime() - killedNs;
        while (!ping.isDone()) {
            patient.round(System.nanoTime());
            LockSupport.parkNanos(100_000_000);
        }

        BitSet answered = new BitSet();
        Matcher replies = SEQUENCE.matcher(ping.get());
        while (replies.find()) {
            answered.set(Integer.parseInt(replies.group(1)));
        }
        int firstLost = answered.nextClearBit(1);
        int firstAfter = answered.nextSetBit(firstLost);
        assertThat(answered.nextClearBit(firstAfter))
                .as(
                        "lost after the far end was back: %d to %d were lost while it was gone; %s",
                        firstLost, firstAfter, log)
                .isGreaterThan(2400);
        assertThat((firstAfter - firstLost) * 5_000_000L).isPositive().isLessThan(goneNs + 1_000_000_000L);
    }

    /** Has the tunnel carry packets by keys of which each round makes others. */
    private KeyExchange begin(List<String> log) throws ApplyRefusedException, InvalidConfigurationException {
        a.apply("e4");
        b.apply("e4");
        waitUntil(() -> a.service().status().toString().contains("esp"));
        KeyExchange exchange = keyExchange(0, log);
        exchange.round(System.nanoTime());
        waitUntil(() -> reaches("10.0.2.2"));
        return exchange;
    }

    private boolean reachesFarEndBy(String net) {
        try {
            return a.inCore("ping -c 1 -W 1 " + net + ".2").contains(" 0% packet loss");
        } catch (IllegalStateException e) {
            return false;
        }
    }
}
