package io.vireo.bench.tables;

import io.vireo.bench.process.BenchJvm;
import io.vireo.bench.report.BenchTask;
import io.vireo.bench.report.Measurement;
import io.vireo.bench.report.ProgressLog;
import io.vireo.control.doctor.LinuxMachine;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;

/** {@code vireo bench tables}. */
@Command(
        name = "tables",
        description =
                "Speed and size of the forwarding tables with the full Internet table, beside rte_fib and rte_lpm.")
public final class TablesCommand extends BenchTask {
    private static final String HEAP = "3g";

    @Override
    protected String title() {
        return "vireo bench tables";
    }

    @Override
    protected List<Measurement> measure(ProgressLog progress) throws IOException, InterruptedException {
        List<Measurement> measurements = new ArrayList<>();
        for (String family : List.of("ipv4", "ipv6")) {
            List<String> arguments = List.of(
                    family,
                    home().toString(),
                    isQuick() ? "3" : "5",
                    isQuick() ? "250" : "500",
                    Integer.toString(core()),
                    Integer.toString(readerCore()),
                    (isQuick() ? TablesPlan.Lpm.WITHOUT : TablesPlan.Lpm.WITH).name());
            measurements.addAll(BenchJvm.run(
                    TablesMain.class, HEAP, arguments, directory().resolve("tables-" + family + ".log"), progress));
        }
        return measurements;
    }

    /** Another CPU, where there is one. */
    private int readerCore() {
        return LinuxMachine.local().onlineCpus().stream()
                .filter(cpu -> cpu != core())
                .findFirst()
                .orElse(core());
    }

    @Override
    protected Map<String, String> conditions() throws IOException {
        Map<String, String> conditions = new LinkedHashMap<>();
        conditions.put(
                "table", InternetTable.origin(home()) + "; next hops 1.." + InternetTable.NEXT_HOPS + " at random");
        conditions.put(
                "lookups",
                Ipv4Destinations.COUNT + " addresses in random routes, in batches of " + LookupRun.BATCH
                        + "; 'sequential' sorts them, 'repeated' takes 16; rates per second of the thread's CPU time");
        conditions.put(
                "verified",
                "in every round the sum of the next hops found is the same for all tables; with 10,000 routers it is held"
                        + " against a search through all routes");
        conditions.put(
                "rte_fib",
                "dir24_8 with next hops of 2 bytes, scalar and AVX-512 (which DPDK uses only with"
                        + " --force-max-simd-bitwidth=512); rte_fib6: trie with 4 bytes");
        conditions.put(
                "rte_lpm",
                isQuick()
                        ? "left out by --quick for IPv4: loading it takes a minute and more, for it searches its rules one by one"
                        : "its inline lookup is written out in Java; loading it takes time with the square of the routes");
        conditions.put(
                "memory",
                "rte_*: what DPDK's allocator has allocated; 10,000 tables of dir24_8 would take 320 GB, so there is no peer");
        conditions.put(
                "changes",
                "a tenth of the routes go and come back while a reader on CPU " + readerCore()
                        + " looks up others, which must never change; no hugepages anywhere");
        return conditions;
    }
}
