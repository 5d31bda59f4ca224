package io.vireo.bench.micro.path;

import io.vireo.bench.forward.Workload;
import io.vireo.dataplane.wire.code.AddressFamily;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;

/** What packets the cases meet, by the name that stands in reports. */
final class MicroWorkloads {
    /** 64 flows of one router: everything is in the first cache. */
    static final String ONE = "1 router";

    /** A flow each: packets and tables' lines fit in the second cache. */
    static final String THOUSAND = "1,000 routers";

    /** A flow each: they do not. */
    static final String TEN_THOUSAND = "10,000 routers";

    /** As {@link #ONE}. */
    static final String IPV6 = "1 router IPv6";

    private static final Map<String, Supplier<Workload>> WORKLOADS = Map.of(
            ONE, () -> workload(1, 64, AddressFamily.IPV4),
            THOUSAND, () -> workload(1_000, 1_024, AddressFamily.IPV4),
            TEN_THOUSAND, () -> workload(10_000, 10_240, AddressFamily.IPV4),
            IPV6, () -> workload(1, 64, AddressFamily.IPV6));

    private MicroWorkloads() {}

    static Workload named(String name) {
        return Objects.requireNonNull(WORKLOADS.get(name), name).get();
    }

    private static Workload workload(int routers, int flows, AddressFamily family) {
        return Workload.small("", routers, flows, family);
    }
}
