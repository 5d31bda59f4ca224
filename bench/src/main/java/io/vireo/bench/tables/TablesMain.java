package io.vireo.bench.tables;

import io.vireo.bench.process.BenchMain;
import io.vireo.dpdk.CoreAffinity;
import io.vireo.dpdk.Eal;
import io.vireo.dpdk.EalContext;
import java.io.IOException;
import java.nio.file.Path;

/** Measures one family: {@code TablesMain ipv4|ipv6 HOME ROUNDS SAMPLE-MILLISECONDS CORE READER-CORE WITH|WITHOUT}. */
final class TablesMain {
    private static final int MEMORY_MEGABYTES = 2048;
    private static final long NS_PER_MS = 1_000_000;

    private TablesMain() {}

    public static void main(String[] args) throws IOException, InterruptedException {
        BenchMain.run(bench -> {
            TablesPlan plan = new TablesPlan(
                    Integer.parseInt(args[2]),
                    Long.parseLong(args[3]) * NS_PER_MS,
                    Integer.parseInt(args[5]),
                    TablesPlan.Lpm.valueOf(args[6]));
            InternetTable table = InternetTable.load(Path.of(args[1]));
            bench.say("table: " + table.origin());
            // Without this DPDK leaves its vector code alone, whatever the processor has.
            EalContext context =
                    new EalContext().memoryMegabytes(MEMORY_MEGABYTES).argument("--force-max-simd-bitwidth=512");
            try (Eal _ = Eal.start(context)) {
                CoreAffinity.pin(Integer.parseInt(args[4]));
                switch (args[0]) {
                    case "ipv4" -> new Ipv4Tables(bench, table.ipv4(), plan).run();
                    case "ipv6" -> new Ipv6Tables(bench, table.ipv6(), plan).run();
                    default -> throw new IllegalArgumentException("neither ipv4 nor ipv6: " + args[0]);
                }
            }
        });
    }
}
