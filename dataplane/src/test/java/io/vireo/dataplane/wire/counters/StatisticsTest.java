package io.vireo.dataplane.wire.counters;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vireo.dataplane.wire.TestMemory;
import io.vireo.dataplane.wire.code.DropReason;
import io.vireo.dataplane.wire.layout.SharedLayout;
import io.vireo.dataplane.wire.memory.SharedMemory;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StatisticsTest {
    private SharedMemory dataplane;
    private SharedMemory control;
    private StatisticsWriter first;
    private StatisticsWriter second;
    private StatisticsOwner owner;
    private StatisticsReader reader;

    @BeforeEach
    void createAndMap(@TempDir Path directory) {
        dataplane = TestMemory.create(directory);
        control = SharedMemory.map(dataplane.path());
        first = dataplane.statisticsWriter(0);
        second = dataplane.statisticsWriter(1);
        owner = dataplane.statisticsOwner();
        reader = control.statisticsReader();
    }

    @AfterEach
    void close() {
        control.close();
        dataplane.close();
    }

    @Test
    void shouldSumInterfacesOverTheWorkers() {
        first.interfaceReceived(999, 1, 60);
        second.interfaceReceived(999, 10, 600);
        first.interfaceSent(999, 2, 120);
        second.interfaceDropped(999, 3);
        first.interfacePunted(999, 4);
        first.interfacePuntLimited(999, 5);
        assertThat(reader.interfaceCounts(999)).isEqualTo(new TrafficCounts(0, 11, 660, 2, 120, 3, 4, 5));
        assertThat(reader.interfaceCounts(998)).isEqualTo(new TrafficCounts(0, 0, 0, 0, 0, 0, 0, 0));
    }

    @Test
    void shouldSumRoutersOverTheWorkers() {
        first.routerReceived(0, 1, 60);
        second.routerReceived(0, 1, 60);
        second.routerSent(0, 2, 120);
        first.routerDropped(0, 3);
        first.routerPunted(0, 1, 3);
        second.routerPunted(0, 4, 1);
        second.routerPuntLimited(0, 5);
        assertThat(reader.routerCounts(0)).isEqualTo(new TrafficCounts(0, 2, 120, 2, 120, 3, 4, 5));
        assertThat(reader.punts(0)).startsWith(0, 3, 0, 0, 1, 0);
        assertThat(reader.punts(1)).containsOnly(0);
        assertThat(reader.routerCounts(1).rxPackets()).isZero();
        assertThat(reader.interfaceCounts(999).rxPackets()).isZero();
    }

    @Test
    void shouldCountDropsByReason() {
        int noRoute = DropReason.NO_ROUTE.code();
        first.dropped(99, noRoute, 1);
        second.dropped(99, noRoute, 2);
        first.dropped(StatisticsWriter.NO_ROUTER, DropReason.NO_INTERFACE.code(), 7);
        assertThat(reader.drops(99, DropReason.NO_ROUTE)).isEqualTo(3);
        assertThat(reader.drops(99, DropReason.BLACKHOLE)).isZero();
        assertThat(reader.drops(99)[noRoute]).isEqualTo(3);
        assertThat(reader.drops(StatisticsWriter.NO_ROUTER, DropReason.NO_INTERFACE))
                .isEqualTo(7);
        assertThat(reader.drops(0)).containsOnly(0).hasSameSizeAs(DropReason.values());
    }

    @Test
    void shouldAddWhatTheDeviceCountsToThePort() {
        first.portReceived(63, 1, 60);
        second.portReceived(63, 2, 120);
        first.portSent(63, 3, 180);
        second.portRefused(63, 4);
        first.portOwnControl(63, 5, 6);
        owner.deviceCounts(63, 5, 6, 7, 8);
        owner.deviceCounts(63, 50, 60, 70, 80);
        assertThat(reader.portCounts(63)).isEqualTo(new PortCounts(0, 3, 180, 3, 180, 4, 5, 6, 50, 60, 70, 80));
        assertThat(reader.portCounts(62).rxPackets()).isZero();
    }

    @Test
    void shouldBeginAnewInAnotherGenerationWhenAnIdIsReused() {
        first.interfaceReceived(5, 1, 60);
        second.interfaceSent(5, 1, 60);
        first.interfaceReceived(6, 1, 60);
        owner.zeroInterface(5);
        assertThat(reader.interfaceCounts(5)).isEqualTo(new TrafficCounts(2, 0, 0, 0, 0, 0, 0, 0));
        assertThat(reader.interfaceCounts(6).rxPackets()).isEqualTo(1);
        owner.zeroInterface(5);
        assertThat(reader.interfaceCounts(5).generation()).isEqualTo(4);
    }

    @Test
    void shouldBeginRoutersAndPortsAnewWithAllTheirParts() {
        first.routerReceived(5, 1, 60);
        second.dropped(5, 3, 1);
        first.dropped(6, 3, 1);
        first.dropped(4, 63, 1);
        owner.zeroRouter(5);
        assertThat(reader.routerCounts(5)).isEqualTo(new TrafficCounts(2, 0, 0, 0, 0, 0, 0, 0));
        assertThat(reader.drops(5)).containsOnly(0);
        assertThat(reader.drops(6)[3]).isEqualTo(1);
        second.portReceived(7, 1, 60);
        owner.deviceCounts(7, 1, 2, 3, 4);
        owner.zeroPort(7);
        assertThat(reader.portCounts(7)).isEqualTo(new PortCounts(2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0));
    }

    @Test
    void shouldRefuseAnIdOutOfRange() {
        assertThatThrownBy(() -> reader.interfaceCounts(1000)).hasMessage("interfaceId=1000 is not in 0..999");
        assertThatThrownBy(() -> reader.routerCounts(-1)).hasMessage("routerId=-1 is not in 0..99");
        assertThatThrownBy(() -> reader.drops(100)).hasMessage("routerId=100 is not in 0..99");
        assertThatThrownBy(() -> reader.portCounts(64)).hasMessage("portId=64 is not in 0..63");
    }

    @Test
    void shouldNotWaitForeverForAConductorThatDiedWhileItZeroed() {
        first.interfaceReceived(5, 1, 60);
        dataplane.statisticsOwner().beginZeroing(SharedLayout.interfaceGenerationOffset(5));
        assertThat(reader.interfaceCounts(5).rxPackets()).isEqualTo(1);
    }
}
