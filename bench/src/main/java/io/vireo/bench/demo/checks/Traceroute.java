package io.vireo.bench.demo.checks;

import io.vireo.bench.demo.lab.DemoCheck;
import io.vireo.bench.demo.lab.Host;
import io.vireo.bench.demo.lab.IpFamily;
import io.vireo.bench.demo.lab.Outcome;
import java.time.Duration;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** Traceroute shows every hop on the path, in order, and arrives. */
public final class Traceroute implements DemoCheck {
    private static final int MIN_MAX_HOPS = 40;
    private static final int HIGHEST_HOPS = 255;

    /** " 2  10.0.2.2  0.412 ms": number and address; an unanswered probe shows an asterisk instead. */
    private static final Pattern HOP = Pattern.compile("(?m)^\\s*\\d+\\s+(\\S+)");

    private final String vpn;
    private final Host from;
    private final List<String> expectedHops;

    /** @param expectedHops addresses of the routers on the path, then the destination */
    public Traceroute(String vpn, Host from, List<String> expectedHops) {
        this.vpn = vpn;
        this.from = from;
        this.expectedHops = expectedHops;
    }

    @Override
    public String claim() {
        int routers = expectedHops.size() - 1;
        return vpn + ": traceroute " + IpFamily.of(destination()) + " through " + routers
                + (routers == 1 ? " router" : " routers");
    }

    @Override
    public Outcome measure() {
        String text = from.command(
                        "traceroute",
                        IpFamily.of(destination()).option(),
                        "-n",
                        "-q",
                        "1",
                        "-w",
                        "2",
                        "-m",
                        Integer.toString(Math.clamp(expectedHops.size() + 1L, MIN_MAX_HOPS, HIGHEST_HOPS)),
                        destination())
                .within(Duration.ofSeconds(60))
                .run()
                .text();
        List<String> hops = hops(text);
        return Outcome.of(hops.equals(expectedHops), describe(hops));
    }

    static List<String> hops(String text) {
        return HOP.matcher(text)
                .results()
                .map(MatchResult::group)
                .map(line -> line.strip().split("\\s+", -1)[1])
                .toList();
    }

    private String destination() {
        return expectedHops.getLast();
    }

    /** All hops when they are few; otherwise how many are as expected, and the first that is not. */
    private String describe(List<String> hops) {
        if (hops.size() <= 3) {
            return String.join(" > ", hops);
        }
        int right = 0;
        while (right < hops.size()
                && right < expectedHops.size()
                && hops.get(right).equals(expectedHops.get(right))) {
            right++;
        }
        String text = (hops.size() - 1) + " routers, then " + hops.getLast();
        return right == expectedHops.size()
                ? text
                : text + "; hop " + (right + 1) + " is " + (right < hops.size() ? hops.get(right) : "missing")
                        + ", not " + (right < expectedHops.size() ? expectedHops.get(right) : "expected");
    }
}
