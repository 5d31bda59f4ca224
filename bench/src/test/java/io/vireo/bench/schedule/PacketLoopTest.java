package io.vireo.bench.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vireo.bench.EalExtension;
import io.vireo.bench.report.NotMeasuredException;
import io.vireo.dpdk.MbufArray;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The harness notices what a scheduler does wrong. */
@ExtendWith(EalExtension.class)
class PacketLoopTest {
    private static final Load LOAD = new Load(4, Load.UNLIMITED_RATE);

    private final Packets packets = new Packets(LOAD);
    private final List<Long> inside = new ArrayList<>();

    /** First in, first out; tests spoil it. */
    private class Fifo implements PacketScheduler {
        @Override
        public int enqueue(MbufArray burst, int[] leaves, int count) {
            for (int i = 0; i < count; i++) {
                inside.add(burst.get(i));
            }
            return count;
        }

        @Override
        public int dequeue(MbufArray into) {
            int count = Math.min(Load.BURST, inside.size());
            for (int i = 0; i < count; i++) {
                into.set(i, inside.removeFirst());
            }
            return count;
        }

        @Override
        public void close() {
            // Nothing is held.
        }
    }

    private PacketLoop filled(PacketScheduler scheduler) {
        PacketLoop loop = new PacketLoop("fifo", scheduler, LOAD);
        loop.fill(packets.all());
        return loop;
    }

    @AfterEach
    void shouldHaveAllPacketsBack() {
        packets.close();
    }

    @Test
    void shouldLetEveryPacketGoRound() {
        PacketLoop loop = filled(new Fifo());
        for (int i = 0; i < 1000; i++) {
            assertThat(loop.verifiedStep()).isEqualTo(Load.BURST);
        }
        for (int i = 0; i < 1000; i++) {
            assertThat(loop.step()).isEqualTo(Load.BURST);
        }
        loop.drain(packets.all());
        assertThat(inside).isEmpty();
    }

    @Test
    void shouldNoticeADrop() {
        PacketLoop loop = filled(new Fifo());
        PacketLoop dropping = new PacketLoop(
                "fifo",
                new Fifo() {
                    @Override
                    public int enqueue(MbufArray burst, int[] leaves, int count) {
                        return super.enqueue(burst, leaves, count) - 1;
                    }
                },
                LOAD);
        assertThatThrownBy(dropping::step)
                .isInstanceOf(NotMeasuredException.class)
                .hasMessageContaining("dropped 1 packets");
        loop.drain(packets.all());
    }

    @Test
    void shouldNoticePacketsOfAClassThatOvertakeEachOther() {
        PacketLoop loop = filled(new Fifo());
        Collections.reverse(inside);
        assertThatThrownBy(loop::verifiedStep)
                .isInstanceOf(NotMeasuredException.class)
                .hasMessageContaining("reordered class");
    }

    @Test
    void shouldNoticeAPacketThatComesTwice() {
        PacketLoop loop = filled(new Fifo());
        inside.set(1, inside.getFirst());
        assertThatThrownBy(() -> loop.drain(MbufArray.allocate(LOAD.packets())))
                .isInstanceOf(NotMeasuredException.class)
                .hasMessageContaining("twice");
    }

    @Test
    void shouldNoticeAPacketThatNeverComes() {
        PacketLoop loop = filled(new Fifo());
        inside.removeLast();
        assertThatThrownBy(() -> loop.drain(MbufArray.allocate(LOAD.packets())))
                .isInstanceOf(NotMeasuredException.class)
                .hasMessageContaining("lost 1 packets");
    }
}
