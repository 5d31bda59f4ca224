package io.vireo.bench.demo.checks;

import io.vireo.bench.demo.lab.DemoCheck;
import io.vireo.bench.demo.lab.Host;
import io.vireo.bench.demo.lab.Launcher;
import io.vireo.bench.demo.lab.Outcome;
import io.vireo.bench.demo.lab.TopologyLab;
import io.vireo.control.process.Command;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** One VPN visits each of ten nodes twenty times: traceroute shows all 200 virtual routers. A lab of its own, up for this long. */
public final class Ring implements DemoCheck {
    private static final int NODES = 10;
    private static final int ROUTERS = 200;

    private final Launcher launcher;
    private final Path directory;

    /** @param directory receives the topology */
    public Ring(Launcher launcher, Path directory) {
        this.launcher = launcher;
        this.directory = directory;
    }

    @Override
    public String claim() {
        return "ring: one VPN, 20 visits to each of 10 nodes";
    }

    @Override
    public Outcome measure() throws Exception {
        TopologyLab lab = lab(launcher);
        Path topology = directory.resolve("ring.yaml");
        write(topology);
        long startedNs = System.nanoTime();
        try {
            lab.up(topology);
            double seconds = (System.nanoTime() - startedNs) / 1e9;
            Host host = lab.host("h1", "10.1.1.2/24");
            Outcome traced = new Traceroute("ring", host, hops()).measure();
            return new Outcome(traced.verdict(), traced.measured() + "; up in %.0f s".formatted(seconds));
        } finally {
            lab.down();
        }
    }

    /** Its nodes. */
    public static TopologyLab lab(Launcher launcher) {
        return new TopologyLab(
                launcher,
                "ring",
                IntStream.range(0, NODES).mapToObj(node -> "n" + node).toList());
    }

    private void write(Path topology) throws IOException {
        String script = launcher.home().resolve("docs/lab/ring").toString();
        Files.writeString(topology, Command.of(script).runOrThrow());
    }

    /** The first router answers by its host's interface, each other one by that of its link to the left. */
    private static List<String> hops() {
        List<String> hops = new ArrayList<>(List.of("10.1.1.1"));
        IntStream.range(0, ROUTERS - 1).forEach(link -> hops.add("10.200." + link + ".2"));
        hops.add("10.1.2.2");
        return hops;
    }
}
