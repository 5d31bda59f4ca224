package io.vireo.bench.demo.checks;

import io.vireo.bench.demo.lab.DemoCheck;
import io.vireo.bench.demo.lab.Host;
import io.vireo.bench.demo.lab.HostCapture;
import io.vireo.bench.demo.lab.IpHeaders;
import io.vireo.bench.demo.lab.Lab;
import io.vireo.bench.demo.lab.Outcome;
import io.vireo.bench.pcap.PcapFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Pings from one host to another, and looks at what passes a wire on the way: whether each packet has the headers around it that it is to
 * have, and whether anything of what is inside can be read.
 */
public final class OnTheWire implements DemoCheck {
    /** Of what is in the echo requests. */
    private static final String MARK = "ZZZZZZZZ";

    private static final String MARK_HEX = "5a";

    private final Lab lab;
    private final Path directory;
    private final Expected expected;
    private final Host from;
    private final String to;

    /**
     * What is to be seen.
     *
     * @param claim     the claim
     * @param ends      the devices at the two ends of the wire: each shows what comes in by it, which is all of both directions
     * @param protocols of the IP headers of each packet on it, from the outside in, as {@link IpHeaders} has them
     * @param answers   of so many requests as many answers
     * @param readable  packets of whose content something may be read
     */
    public record Expected(String claim, List<String> ends, String protocols, int answers, int readable) {}

    /** @param directory receives the capture */
    public OnTheWire(Lab lab, Path directory, Expected expected, Host from, String to) {
        this.lab = lab;
        this.directory = directory;
        this.expected = expected;
        this.from = from;
        this.to = to;
    }

    @Override
    public String claim() {
        return expected.claim();
    }

    @Override
    public Outcome measure() throws IOException, InterruptedException {
        List<HostCapture> captures = new ArrayList<>();
        for (String device : expected.ends()) {
            captures.add(HostCapture.ofDevice(lab, device, directory));
        }
        int requests = 5;
        String text = from.command("ping", "-n", "-c", "5", "-i", "0.1", "-W", "1", "-s", "64", "-p", MARK_HEX, to)
                .run()
                .text();
        long wrapped = 0;
        long readable = 0;
        for (HostCapture capture : captures) {
            PcapFile seen = capture.stop();
            wrapped += seen.frames().stream()
                    .filter(frame -> IpHeaders.protocols(frame.bytes()).equals(expected.protocols()))
                    .count();
            readable += seen.framesWith(MARK);
        }
        boolean hasAnswers = text.contains(expected.answers() + " received");
        boolean holds = hasAnswers && wrapped == 2L * expected.answers() && readable == expected.readable();
        return Outcome.of(
                holds,
                (hasAnswers ? expected.answers() : "not " + expected.answers()) + " of " + requests + " answered; "
                        + wrapped + " packets with IP protocols " + expected.protocols() + " on the wire, " + readable
                        + " readable");
    }
}
