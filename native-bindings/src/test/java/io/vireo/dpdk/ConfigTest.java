package io.vireo.dpdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What needs no EAL: arguments, names, ranges and the texts of failures. */
class ConfigTest {
    @Test
    void shouldStartWithoutHugepagesPciOrFilesByDefault() {
        assertThat(new EalContext().toArguments("0-3,8"))
                .containsExactly(
                        "vireo",
                        "--no-telemetry",
                        "--lcores=0@(0-3,8)",
                        "--log-level=5",
                        "-m",
                        "256",
                        "--no-huge",
                        "--no-shconf",
                        "--no-pci");
    }

    @Test
    void shouldPassHugepagesDevicesAndOwnArguments() {
        EalContext context = new EalContext()
                .useHugepages(true)
                .memoryMegabytes(1024)
                .logLevel(LogLevel.DEBUG)
                .allowDevice("0000:3b:00.0")
                .argument("--iova-mode=va");

        assertThat(context.toArguments("1"))
                .containsExactly(
                        "vireo",
                        "--no-telemetry",
                        "--lcores=0@(1)",
                        "--log-level=8",
                        "-m",
                        "1024",
                        "--in-memory",
                        "-a",
                        "0000:3b:00.0",
                        "--iova-mode=va");
    }

    @Test
    void shouldAllowNoPciDeviceUntilOneIsPlugged() {
        assertThat(new EalContext().usePci(true).toArguments("0"))
                .doesNotContain("--no-pci")
                .containsSequence("-a", "ffff:ff:1f.7");
    }

    @ParameterizedTest
    @CsvSource({
        "net_null_p0, net_null_p0",
        "'net_pcap_p0,rx_pcap=a.pcap,infinite_rx=1', net_pcap_p0",
        "0000:3b:00.0, 0000:3b:00.0",
        "pci:0000:3b:00.0, 0000:3b:00.0",
        "'vdev:net_null0,size=64', net_null0",
    })
    void shouldFindTheNameInADeviceString(String device, String name) {
        assertThat(DeviceString.name(device)).isEqualTo(name);
    }

    @Test
    void shouldNameTheFieldThatIsOutOfRange() {
        assertThatThrownBy(() -> new PortConfig().mtuBytes(67)).hasMessage("mtuBytes must be 68..65535, not 67");
        assertThatThrownBy(() -> new PortConfig().rxQueues(-1)).hasMessage("rxQueues must be 0..1024, not -1");
        assertThatThrownBy(() -> new PortConfig().txQueues(1025)).hasMessage("txQueues must be 0..1024, not 1025");
        assertThatThrownBy(() -> new PortConfig().rxDescriptors(0)).hasMessage("rxDescriptors must be 1..65535, not 0");
        assertThatThrownBy(() -> new PortConfig().txDescriptors(65536))
                .hasMessage("txDescriptors must be 1..65535, not 65536");
        assertThatThrownBy(() -> new MempoolConfig().mbufs(0)).hasMessage("mbufs must be 1..1073741823, not 0");
        assertThatThrownBy(() -> new MempoolConfig().cacheMbufs(513)).hasMessage("cacheMbufs must be 0..512, not 513");
        assertThatThrownBy(() -> new MempoolConfig().dataRoomBytes(127))
                .hasMessage("dataRoomBytes must be 128..65535, not 127");
        assertThatThrownBy(() -> new MempoolConfig().privateBytes(12))
                .hasMessage("privateBytes must be a multiple of 8, not 12");
        assertThatThrownBy(() -> new EalContext().memoryMegabytes(0))
                .hasMessage("memoryMegabytes must be 1..1048576, not 0");
        assertThatThrownBy(() -> MbufArray.allocate(0)).hasMessage("capacity must be 1 or more, not 0");
    }

    @Test
    void shouldGiveASmallPoolASmallCache() {
        assertThat(new MempoolConfig().mbufs(30).cacheMbufs(256).cacheMbufs()).isEqualTo(20);
    }

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

    @Test
    void shouldSayWhoMayStartTheEal() {
        DpdkException e = EalFailure.explain(
                RteErrno.EACCES,
                "EAL: Cannot open /dev/vfio/12:\n EAL: Permission denied",
                new EalContext(),
                new EalContext().toArguments("0"));

        assertThat(e.errno()).isEqualTo(13);
        assertThat(e)
                .hasMessage(
                        "cannot start DPDK: no permission; run as root, or give the process CAP_NET_RAW,"
                                + " CAP_NET_ADMIN and CAP_IPC_LOCK. DPDK said: EAL: Cannot open /dev/vfio/12:; EAL: Permission denied");
    }
}
