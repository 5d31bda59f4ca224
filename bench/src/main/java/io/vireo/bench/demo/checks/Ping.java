package io.vireo.bench.demo.checks;

import io.vireo.bench.demo.lab.DemoCheck;
import io.vireo.bench.demo.lab.Host;
import io.vireo.bench.demo.lab.IpFamily;
import io.vireo.bench.demo.lab.Outcome;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** All echo requests from one host to another are answered. */
public final class Ping implements DemoCheck {
    private static final int REQUESTS = 5;
    private static final Pattern RECEIVED = Pattern.compile("(\\d+) received");
    private static final Pattern ROUND_TRIP = Pattern.compile("rtt min/avg/max/mdev = ([\\d.]+)/([\\d.]+)/([\\d.]+)/");

    private final String vpn;
    private final Host from;
    private final String to;

    /** @param to an address of either family */
    public Ping(String vpn, Host from, String to) {
        this.vpn = vpn;
        this.from = from;
        this.to = to;
    }

    @Override
    public String claim() {
        return vpn + ": ping " + IpFamily.of(to) + " " + to;
    }

    @Override
    public Outcome measure() {
        String text = from.command("ping", "-n", "-c", Integer.toString(REQUESTS), "-i", "0.1", "-W", "2", to)
                .run()
                .text();
        Matcher received = RECEIVED.matcher(text);
        int answers = received.find() ? Integer.parseInt(received.group(1)) : 0;
        Matcher roundTrip = ROUND_TRIP.matcher(text);
        String times = roundTrip.find()
                ? ", round trip %s/%s/%s ms (min/avg/max)"
                        .formatted(roundTrip.group(1), roundTrip.group(2), roundTrip.group(3))
                : "";
        return Outcome.of(answers == REQUESTS, answers + "/" + REQUESTS + " answered" + times);
    }
}
