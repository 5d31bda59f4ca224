package io.vireo.dpdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(RunningEal.class)
class EthdevPortTest {
    private final Mempool pool =
            Mempool.create("port-test", new MempoolConfig().mbufs(255).cacheMbufs(32));
    private final MbufArray mbufs = MbufArray.allocate(64);
    private final PortStats stats = new PortStats();

    @AfterEach
    void closePool() {
        assertThat(pool.inUseCount()).as("mbufs leaked").isZero();
        pool.close();
    }

    @Test
    void shouldReceiveAndSendOnTheQueueAsked() {
        try (EthdevPort port =
                started("net_null_queues,size=64", new PortConfig().rxQueues(2).txQueues(2))) {
            int received = port.rxQueue(1).receive(mbufs, 4, 32);

            assertThat(received).isEqualTo(32);
            assertThat(pool.inUseCount()).isEqualTo(32);
            assertThat(mbufs.get(3)).isZero();
            assertThat(mbufs.get(36)).isZero();
            assertThat(Mbuf.packetLength(mbufs.get(4))).isEqualTo(64);
            assertThat(Mbuf.port(mbufs.get(35))).isEqualTo(port.id());
            assertThat(port.txQueue(0).send(mbufs, 4, received)).isEqualTo(32);

            port.readStats(stats);
            assertThat(stats.rxPackets()).isEqualTo(32);
            assertThat(stats.txPackets()).isEqualTo(32);
            assertThat(stats.rxMissed() + stats.rxErrors() + stats.txErrors() + stats.rxNoMbuf())
                    .isZero();
            assertThat(port.extendedStats())
                    .containsEntry("rx_q1_packets", 32L)
                    .containsEntry("tx_q0_packets", 32L)
                    .containsEntry("rx_q0_packets", 0L);
        }
    }

    @Test
    void shouldReceiveNothingWhenThePoolIsEmpty() {
        try (EthdevPort port = started("net_null_empty", new PortConfig())) {
            MbufArray all = MbufArray.allocate(255);
            assertThat(pool.allocate(all, 0, 255)).isEqualTo(255);

            assertThat(port.rxQueue(0).receive(mbufs, 0, 32)).isZero();

            Mempool.free(all, 0, 255);
        }
    }

    @Test
    void shouldGoOnWithTheSameQueueAfterARestart() {
        try (EthdevPort port = started("net_null_restart", new PortConfig())) {
            RxQueue rx = port.rxQueue(0);
            assertThat(rx.receive(mbufs, 0, 8)).isEqualTo(8);
            Mempool.free(mbufs, 0, 8);

            port.stop();
            port.configure(new PortConfig().rxQueues(3), pool);
            port.start();

            assertThat(rx.receive(mbufs, 0, 8)).isEqualTo(8);
            Mempool.free(mbufs, 0, 8);
        }
    }

    @Test
    void shouldDescribeItself() {
        try (EthdevPort port = started("net_null_facts", new PortConfig().mtuBytes(1400))) {
            assertThat(port.name()).isEqualTo("net_null_facts");
            assertThat(port).hasToString("port 'net_null_facts'");
            assertThat(port.info().driver()).isEqualTo("net_null");
            assertThat(port.info().maxRxQueues()).isEqualTo(1024);
            assertThat(port.id()).isBetween(0, EthdevPort.MAX_PORTS - 1);
            assertThat(port.mac()).hasSize(6);
            assertThat(port.mac()[0] & 3).as("locally administered, unicast").isEqualTo(2);
            assertThat(port.mtuBytes()).isEqualTo(1400);
            assertThat(port.linkSpeedMegabitsPerSecond()).isEqualTo(10_000);
            assertThat(port.linkUp()).isTrue();
            assertThat(port.promiscuous(true)).isTrue();
            assertThat(port.allMulticast(true)).isTrue();
        }
    }

    @Test
    void shouldHaveNoCarrierBeforeItsStart() {
        try (EthdevPort port = EthdevPort.plug("net_null_down")) {
            assertThat(port.linkUp()).isFalse();
            assertThat(port.linkSpeedMegabitsPerSecond()).isZero();
        }
    }

    @Test
    void shouldBeGoneOnceClosedAndPlugInAgain() {
        EthdevPort first = started("net_null_again", new PortConfig());
        first.close();
        first.close();
        assertThatThrownBy(() -> EthdevPort.byName("net_null_again"))
                .isInstanceOf(DpdkException.class)
                .hasMessage("cannot find port 'net_null_again': No such device");

        try (EthdevPort second = started("net_null_again", new PortConfig())) {
            assertThat(second.id()).isEqualTo(first.id());
            assertThat(EthdevPort.byName("net_null_again").id()).isEqualTo(second.id());
        }
    }

    @Test
    void shouldRefuseASecondDeviceOfTheSameName() {
        try (EthdevPort _ = started("net_null_twice", new PortConfig())) {
            assertThatThrownBy(() -> EthdevPort.plug("net_null_twice,size=128"))
                    .isInstanceOf(DpdkException.class)
                    .hasMessage(
                            "cannot plug 'net_null_twice,size=128': a port called 'net_null_twice' is there already");
        }
    }

    @Test
    void shouldCarryTheDriversWordsWhenADeviceCannotBePlugged() {
        assertThatThrownBy(() -> EthdevPort.plug("net_nosuchdriver0"))
                .hasMessage("cannot plug 'net_nosuchdriver0': no such device or driver, or it refused its arguments."
                        + " DPDK said: EAL: failed to parse device \"net_nosuchdriver0\";"
                        + " EAL: Failed to attach device on primary process");
        assertThatThrownBy(() -> EthdevPort.plug("net_af_packet_x,iface=nosuchif"))
                .hasMessageStartingWith("cannot plug 'net_af_packet_x,iface=nosuchif': no such device or driver, or it"
                        + " refused its arguments. DPDK said: ")
                .hasMessageContaining("ioctl failed (SIOCGIFINDEX):No such device");
        assertThatThrownBy(() -> EthdevPort.plug("net_pcap_x,rx_pcap=/nosuchfile"))
                .hasMessageContaining("Couldn't open /nosuchfile");
    }

    @Test
    void shouldRefuseMoreQueuesThanTheDriverHas() {
        try (EthdevPort port = EthdevPort.plug("net_pcap_one,tx_pcap=/dev/null")) {
            assertThatThrownBy(() -> port.configure(new PortConfig().txQueues(2), pool))
                    .isInstanceOf(DpdkException.class)
                    .hasMessage("cannot configure port 'net_pcap_one': txQueues is 2, but net_pcap has at most 1");
        }
    }

    @Test
    void shouldRefuseToConfigureARunningPort() {
        try (EthdevPort port = started("net_null_running", new PortConfig())) {
            assertThatThrownBy(() -> port.configure(new PortConfig(), pool))
                    .isInstanceOf(DpdkException.class)
                    .hasMessageStartingWith(
                            "cannot configure port 'net_null_running': Device or resource busy. DPDK said: ")
                    .hasMessageEndingWith(" must be stopped to allow configuration");
        }
    }

    @Test
    void shouldRefuseToStartUnconfigured() {
        try (EthdevPort port = EthdevPort.plug("net_null_raw")) {
            assertThatThrownBy(port::start)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("configure port 'net_null_raw' before starting it");
        }
    }

    @Test
    void shouldOfferOnlyConfiguredQueues() {
        try (EthdevPort port =
                started("net_null_bounds", new PortConfig().rxQueues(2).txQueues(1))) {
            assertThatThrownBy(() -> port.rxQueue(2))
                    .hasMessage("rx queue of port 'net_null_bounds' must be 0..1, not 2");
            assertThatThrownBy(() -> port.txQueue(1))
                    .hasMessage("tx queue of port 'net_null_bounds' must be 0..0, not 1");
        }
    }

    private EthdevPort started(String device, PortConfig config) {
        EthdevPort port = EthdevPort.plug(device);
        port.configure(config, pool);
        port.start();
        return port;
    }
}
