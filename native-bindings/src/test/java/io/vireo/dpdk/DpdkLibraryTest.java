package io.vireo.dpdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class DpdkLibraryTest {
    @Test
    void shouldRefuseAnotherRelease() {
        assertThatThrownBy(() -> DpdkLibrary.requireRelease("DPDK 23.11.0"))
                .isInstanceOf(DpdkException.class)
                .hasMessage("the installed library is DPDK 23.11.0, but Vireo's bindings are for DPDK 22.11;"
                        + " install DPDK 22.11 as Debian 12 packages it: apt-get install dpdk libdpdk-dev");
        DpdkLibrary.requireRelease("DPDK 22.11.11");
    }

    @Test
    void shouldSayWhatToInstallWhenALibraryIsMissing() {
        assertThat(DpdkLibrary.missing("fib", null))
                .isEqualTo("cannot load librte_fib.so.23; install DPDK 22.11 as Debian 12 packages it:"
                        + " apt-get install dpdk libdpdk-dev");
        assertThat(DpdkLibrary.missing("eal", "DPDK 24.11.2"))
                .startsWith("cannot load librte_eal.so.23 (found DPDK 24.11.2 instead); install DPDK 22.11 ");
    }
}
