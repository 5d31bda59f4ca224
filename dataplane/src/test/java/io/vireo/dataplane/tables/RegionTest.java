package io.vireo.dataplane.tables;

import static org.assertj.core.api.Assertions.assertThat;

import io.vireo.dpdk.Memory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RegionTest {
    private static final long HUGE_PAGE_BYTES = 2L << 20;
    private static final int REGIONS = 200;

    @Test
    void shouldBeginOnAHugePageAndBeZeroed() {
        for (long bytes : List.of(1L, 4095L, 4096L, 4097L, HUGE_PAGE_BYTES - 1, HUGE_PAGE_BYTES + 1, 10L << 20)) {
            try (Region region = new Region(bytes)) {
                assertThat(region.address() % HUGE_PAGE_BYTES).isZero();
                assertThat(Memory.getUnsignedByte(region.address())).isZero();
                assertThat(Memory.getUnsignedByte(region.address() + bytes - 1)).isZero();
                Memory.putByte(region.address() + bytes - 1, (byte) 7);
            }
        }
    }

    /** A process may have 65,530, and a JVM dies that gets none; tests make hundreds of data planes. */
    @Test
    void shouldTakeOneMappingEach() throws IOException {
        List<Region> regions = new ArrayList<>();
        long before = mappings();
        for (int n = 0; n < REGIONS; n++) {
            regions.add(new Region(5_000_000));
        }
        assertThat(mappings() - before).isLessThan(REGIONS + REGIONS / 4);
        regions.forEach(Region::close);
        assertThat(mappings() - before).isLessThan(REGIONS / 4);
    }

    private static long mappings() throws IOException {
        return Files.readAllLines(Path.of("/proc/self/maps")).size();
    }
}
