package io.vireo.dpdk;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

/** The ranges of every configuration, and that their messages name the field. */
class RangeTest {
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
}
