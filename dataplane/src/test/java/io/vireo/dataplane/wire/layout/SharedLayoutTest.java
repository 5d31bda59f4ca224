package io.vireo.dataplane.wire.layout;

import static org.assertj.core.api.Assertions.assertThat;

import io.vireo.dataplane.wire.TestMemory;
import io.vireo.dataplane.wire.ring.MessageFrame;
import io.vireo.dataplane.wire.value.FilterChunk;
import java.util.Random;
import org.agrona.concurrent.ringbuffer.RingBufferDescriptor;
import org.agrona.concurrent.status.CountersReader;
import org.junit.jupiter.api.Test;

/**
 * Pins the layout. When one of these fails, two programs that call themselves the same version would misread each other:
 * raise {@link SharedLayout#LAYOUT_VERSION} and then change the number here.
 */
class SharedLayoutTest {
    private final SharedLayout layout = new SharedLayout(TestMemory.LIMITS);

    @Test
    void shouldPinTheVersion() {
        assertThat(SharedLayout.LAYOUT_VERSION).isEqualTo(6);
        assertThat(SharedLayout.MAGIC).isEqualTo(0x4d48534f45524956L);
        assertThat(MessageFrame.RECORD_TYPE).isEqualTo(1);
    }

    @Test
    void shouldPinTheHeader() {
        assertThat(new int[] {
                    SharedLayout.MAGIC_OFFSET,
                    SharedLayout.LAYOUT_VERSION_OFFSET,
                    SharedLayout.HEADER_LENGTH_OFFSET,
                    SharedLayout.TOTAL_LENGTH_OFFSET,
                    SharedLayout.INCARNATION_OFFSET,
                    SharedLayout.DATAPLANE_PID_OFFSET,
                    SharedLayout.START_TIME_MS_OFFSET,
                    SharedLayout.SCHEMA_VERSION_OFFSET,
                    SharedLayout.WORKERS_OFFSET,
                    SharedLayout.MAX_ROUTERS_OFFSET,
                    SharedLayout.MAX_INTERFACES_OFFSET,
                    SharedLayout.COMMAND_RING_BYTES_OFFSET,
                    SharedLayout.EVENT_RING_BYTES_OFFSET,
                    SharedLayout.PUNT_RING_BYTES_OFFSET,
                    SharedLayout.INJECT_RING_BYTES_OFFSET,
                    SharedLayout.CAPTURE_RING_BYTES_OFFSET,
                    SharedLayout.MAX_CLASSES_OFFSET
                })
                .containsExactly(0, 8, 12, 16, 24, 32, 40, 48, 52, 56, 60, 64, 68, 72, 76, 80, 84);
        assertThat(new int[] {
                    SharedLayout.READY_OFFSET,
                    SharedLayout.CONTROL_PID_OFFSET,
                    SharedLayout.CONTROL_INCARNATION_OFFSET,
                    SharedLayout.CONTROL_HEARTBEAT_NS_OFFSET,
                    SharedLayout.CONDUCTOR_HEARTBEAT_NS_OFFSET,
                    SharedLayout.WORKER_HEARTBEATS_OFFSET,
                    SharedLayout.HEADER_LENGTH
                })
                .containsExactly(128, 256, 264, 272, 384, 512, 12288);
        assertThat(new int[] {
                    SharedLayout.WORKER_HEARTBEAT_NS_OFFSET,
                    SharedLayout.WORKER_DUTY_CYCLES_OFFSET,
                    SharedLayout.WORKER_BUSY_CYCLES_OFFSET,
                    SharedLayout.WORKER_HEARTBEAT_LENGTH
                })
                .containsExactly(0, 8, 16, 128);
        assertThat(new int[] {SharedLayout.NOT_READY, SharedLayout.READY, SharedLayout.CLOSED})
                .containsExactly(0, 1, 2);
    }

    @Test
    void shouldPinTheSections() {
        assertThat(new long[] {
                    layout.commandRingOffset(),
                    layout.eventRingOffset(),
                    layout.countersMetadataOffset(),
                    layout.countersValuesOffset(),
                    layout.errorLogOffset(),
                    layout.conductorStatisticsOffset(),
                    layout.classStatisticsOffset(),
                    layout.keepalivesOffset(),
                    layout.puntRingOffset(0),
                    layout.priorityPuntRingOffset(0),
                    layout.injectRingOffset(0),
                    layout.captureRingOffset(0),
                    layout.workerStatisticsOffset(0),
                    layout.puntRingOffset(1),
                    layout.priorityPuntRingOffset(1),
                    layout.injectRingOffset(1),
                    layout.captureRingOffset(1),
                    layout.workerStatisticsOffset(1),
                    layout.totalLength()
                })
                .containsExactly(
                        12288, 147456, 282624, 413696, 446464, 708608, 724992, 983040, 1048576, 1183744, 1318912,
                        1454080, 1589248, 1761280, 1896448, 2031616, 2166784, 2301952, 2473984);
    }

    @Test
    void shouldPinTheStatistics() {
        assertThat(new int[] {
                    SharedLayout.RX_PACKETS,
                    SharedLayout.RX_BYTES,
                    SharedLayout.TX_PACKETS,
                    SharedLayout.TX_BYTES,
                    SharedLayout.DROP_PACKETS,
                    SharedLayout.PUNT_PACKETS,
                    SharedLayout.PUNT_LIMITED_PACKETS,
                    SharedLayout.REFUSED_PACKETS,
                    SharedLayout.OWN_CONTROL_PACKETS,
                    SharedLayout.OWN_CONTROL_LIMITED_PACKETS,
                    SharedLayout.ROW_LENGTH,
                    SharedLayout.DROP_ROW_LENGTH,
                    SharedLayout.PUNT_ROW_LENGTH
                })
                .containsExactly(0, 8, 16, 24, 32, 40, 48, 32, 40, 48, 64, 768, 128);
        assertThat(new int[] {
                    SharedLayout.MISSED_PACKETS,
                    SharedLayout.INPUT_ERRORS,
                    SharedLayout.OUTPUT_ERRORS,
                    SharedLayout.NO_BUFFER_PACKETS
                })
                .containsExactly(0, 8, 16, 24);
        assertThat(new int[] {
                    SharedLayout.interfaceRowOffset(3),
                    layout.routerRowOffset(3),
                    layout.portRowOffset(3),
                    layout.dropRowOffset(-1),
                    layout.dropRowOffset(3),
                    layout.puntRowOffset(3),
                    layout.answerRowOffset(3),
                    layout.workerStatisticsLength(),
                    SharedLayout.interfaceGenerationOffset(3),
                    layout.routerGenerationOffset(3),
                    layout.portGenerationOffset(3),
                    layout.deviceRowOffset(3),
                    layout.conductorStatisticsLength()
                })
                .containsExactly(192, 64192, 70592, 74496, 77568, 152448, 165056, 171264, 24, 8024, 8824, 9536, 13440);
    }

    @Test
    void shouldPinTheRowOfAClass() {
        assertThat(new int[] {
                    SharedLayout.CLASS_SENT_PACKETS,
                    SharedLayout.CLASS_SENT_BYTES,
                    SharedLayout.CLASS_MARKED_PACKETS,
                    SharedLayout.CLASS_WIRE_BYTES,
                    SharedLayout.CLASS_GUARANTEED_WIRE_BYTES,
                    SharedLayout.CLASS_QUEUED_PACKETS,
                    SharedLayout.CLASS_QUEUED_BYTES,
                    SharedLayout.CLASS_GENERATION,
                    SharedLayout.CLASS_DROPS,
                    SharedLayout.CLASS_DELAYS,
                    SharedLayout.CLASS_ROW_LENGTH,
                    SharedLayout.classRowOffset(3),
                    layout.classStatisticsLength()
                })
                .containsExactly(0, 8, 16, 24, 32, 40, 48, 56, 64, 128, 512, 1536, 256_000);
        assertThat(new int[] {SharedLayout.MAX_QUOTAS, SharedLayout.MAX_FILTER_LONGS, FilterChunk.MAX})
                .containsExactly(4096, 65_536, 1024);
    }

    @Test
    void shouldPinTheRowOfKeepalives() {
        assertThat(new int[] {
                    SharedLayout.KEEPALIVE_STATE,
                    SharedLayout.KEEPALIVE_REQUESTS,
                    SharedLayout.KEEPALIVE_LOST,
                    SharedLayout.KEEPALIVE_ROUND_TRIP_NS,
                    SharedLayout.KEEPALIVE_LIFE,
                    SharedLayout.keepaliveRowOffset(3),
                    layout.keepalivesLength()
                })
                .containsExactly(0, 8, 16, 24, 32, 192, 64_000);
    }

    @Test
    void shouldPinWhatComesFromAgrona() {
        assertThat(RingBufferDescriptor.TRAILER_LENGTH).isEqualTo(768);
        assertThat(CountersReader.METADATA_LENGTH).isEqualTo(512);
        assertThat(CountersReader.COUNTER_LENGTH).isEqualTo(128);
    }

    @Test
    void shouldLeaveNoOverlapWhateverTheLimits() {
        var random = new Random(7);
        for (int i = 0; i < 1000; i++) {
            SharedLimits limits = SharedLimits.of(1 + random.nextInt(64))
                    .withMaxRouters(1 + random.nextInt(1 << 20))
                    .withMaxInterfaces(1 + random.nextInt(1 << 20))
                    .withMaxClasses(2 + random.nextInt(1 << 19))
                    .withRingBytes(SharedLimits.MIN_RING_BYTES << random.nextInt(9));
            assertSectionsFollowEachOther(limits, new SharedLayout(limits));
        }
    }

    private static void assertSectionsFollowEachOther(SharedLimits limits, SharedLayout layout) {
        int ring = SharedLayout.ringLength(limits.commandRingBytes());
        long end = follows(SharedLayout.HEADER_LENGTH, layout.commandRingOffset(), ring);
        end = follows(end, layout.eventRingOffset(), ring);
        end = follows(end, layout.countersMetadataOffset(), SharedLayout.countersMetadataLength());
        end = follows(end, layout.countersValuesOffset(), SharedLayout.countersValuesLength());
        end = follows(end, layout.errorLogOffset(), SharedLayout.ERROR_LOG_LENGTH);
        end = follows(end, layout.conductorStatisticsOffset(), layout.conductorStatisticsLength());
        end = follows(end, layout.classStatisticsOffset(), layout.classStatisticsLength());
        end = follows(end, layout.keepalivesOffset(), layout.keepalivesLength());
        for (int worker = 0; worker < limits.workers(); worker++) {
            end = follows(end, layout.puntRingOffset(worker), ring);
            end = follows(end, layout.priorityPuntRingOffset(worker), ring);
            end = follows(end, layout.injectRingOffset(worker), ring);
            end = follows(end, layout.captureRingOffset(worker), ring);
            end = follows(end, layout.workerStatisticsOffset(worker), layout.workerStatisticsLength());
        }
        assertThat(layout.totalLength()).isBetween(end, end + SharedLayout.PAGE - 1);
    }

    private static long follows(long previousEnd, long offset, int length) {
        assertThat(offset).isBetween(previousEnd, previousEnd + SharedLayout.PAGE - 1);
        assertThat(offset % SharedLayout.PAGE).isZero();
        assertThat(length).isPositive();
        return offset + length;
    }
}
