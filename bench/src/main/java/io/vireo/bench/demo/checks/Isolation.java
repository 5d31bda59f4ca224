package io.vireo.bench.demo.checks;

import io.vireo.bench.demo.lab.DemoCheck;
import io.vireo.bench.demo.lab.Host;
import io.vireo.bench.demo.lab.HostCapture;
import io.vireo.bench.demo.lab.Lab;
import io.vireo.bench.demo.lab.MarkedDatagrams;
import io.vireo.bench.demo.lab.Outcome;
import io.vireo.bench.pcap.PcapFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Two VPNs send between the same addresses and ports at the same time; each datagram carries the name of its VPN; all that
 * passes any host of either VPN is captured. Each host must have seen its own VPN's datagrams, all of them, and not one of
 * the other's.
 */
public final class Isolation implements DemoCheck {
    private static final int DATAGRAMS = 500;
    private static final String BLUE_MARK = "vireo-demo-of-BLUE";
    private static final String RED_MARK = "vireo-demo-of-RED";

    private final Lab lab;
    private final Path directory;
    private final List<Host> blue;
    private final List<Host> red;

    /**
     * @param directory receives the captures
     * @param blue two hosts of one VPN: the first sends to the second
     * @param red two hosts of the other, with the same addresses
     */
    public Isolation(Lab lab, Path directory, List<Host> blue, List<Host> red) {
        this.lab = lab;
        this.directory = directory;
        this.blue = blue;
        this.red = red;
    }

    @Override
    public String claim() {
        return "blue, red: same addresses, never the other's packets";
    }

    @Override
    public Outcome measure() throws IOException, InterruptedException, ExecutionException {
        List<HostCapture> blueCaptures = capture(blue);
        List<HostCapture> redCaptures = capture(red);
        sendInBoth();
        List<PcapFile> seenInBlue = stop(blueCaptures);
        List<PcapFile> seenInRed = stop(redCaptures);
        boolean passed = seenInBlue.stream().allMatch(seen -> holdsOnly(seen, BLUE_MARK, RED_MARK))
                && seenInRed.stream().allMatch(seen -> holdsOnly(seen, RED_MARK, BLUE_MARK));
        return Outcome.of(passed, describe("blue", seenInBlue) + "; " + describe("red", seenInRed));
    }

    private void sendInBoth() throws InterruptedException, ExecutionException {
        try (ExecutorService senders = Executors.newFixedThreadPool(2)) {
            List<Callable<Integer>> both = List.of(() -> send(blue, BLUE_MARK), () -> send(red, RED_MARK));
            for (Future<Integer> sender : senders.invokeAll(both)) {
                sender.get();
            }
        }
    }

    private static int send(List<Host> vpn, String mark) throws IOException, InterruptedException {
        return MarkedDatagrams.send(vpn.get(0), vpn.get(1), mark, DATAGRAMS);
    }

    private List<HostCapture> capture(List<Host> hosts) throws IOException, InterruptedException {
        List<HostCapture> captures = new ArrayList<>();
        for (Host host : hosts) {
            captures.add(HostCapture.start(lab, host, directory));
        }
        return captures;
    }

    private static List<PcapFile> stop(List<HostCapture> captures) throws IOException, InterruptedException {
        List<PcapFile> files = new ArrayList<>();
        for (HostCapture capture : captures) {
            files.add(capture.stop());
        }
        return files;
    }

    private static boolean holdsOnly(PcapFile seen, String own, String foreign) {
        return seen.framesWith(own) == DATAGRAMS && seen.framesWith(foreign) == 0;
    }

    private static String describe(String vpn, List<PcapFile> seen) {
        return vpn + " h1 and h2 saw " + sum(seen, BLUE_MARK) + " of blue, " + sum(seen, RED_MARK) + " of red";
    }

    private static String sum(List<PcapFile> seen, String mark) {
        return seen.get(0).framesWith(mark) + "+" + seen.get(1).framesWith(mark);
    }
}
