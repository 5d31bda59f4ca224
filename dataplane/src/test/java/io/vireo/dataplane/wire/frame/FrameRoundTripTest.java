package io.vireo.dataplane.wire.frame;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vireo.dataplane.wire.Call;
import io.vireo.dataplane.wire.Pick;
import io.vireo.dataplane.wire.TestMemory;
import io.vireo.dataplane.wire.code.Direction;
import io.vireo.dataplane.wire.code.PuntClass;
import io.vireo.dataplane.wire.code.PuntReason;
import io.vireo.dataplane.wire.code.TraceStage;
import io.vireo.dataplane.wire.code.Verdict;
import io.vireo.dataplane.wire.counters.SystemCounter;
import io.vireo.dataplane.wire.layout.FrameLimits;
import io.vireo.dataplane.wire.memory.SharedMemory;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FrameRoundTripTest {
    private static final int ROUNDS = 2000;
    private static final int LOCAL = PuntClass.LOCAL.code();

    private final Random random = new Random(20261122);
    private final List<Call> calls = new ArrayList<>();
    private final MemorySegment frame = Arena.ofAuto().allocate(FrameLimits.MAX_BYTES + 1);
    private SharedMemory dataplane;
    private SharedMemory control;

    @BeforeEach
    void createAndMap(@TempDir Path directory) {
        dataplane = TestMemory.create(directory);
        control = SharedMemory.map(dataplane.path());
    }

    @AfterEach
    void close() {
        control.close();
        dataplane.close();
    }

    @Test
    void shouldPuntFrames() {
        var writer = new PuntWriter(dataplane, 1);
        var reader = new PuntReader(control, 1, Call.recorder(PuntHandler.class, calls));
        for (int i = 0; i < ROUNDS; i++) {
            int length = randomFrame();
            int interfaceId = random.nextInt(1000);
            int router = random.nextInt(100);
            int reason = random.nextInt(PuntReason.values().length);
            int puntClass = random.nextInt(PuntClass.values().length);
            long time = random.nextLong();
            assertThat(writer.punt(interfaceId, router, reason, puntClass, time, frame.address(), length))
                    .isTrue();
            expect(() -> reader.poll(5), Call.of("onPunted", interfaceId, router, reason, time, bytes(length)));
        }
        assertThat(TestMemory.count(control, SystemCounter.PUNTS_MALFORMED)).isZero();
    }

    @Test
    void shouldHandOverUrgentFramesBeforeOthersThatFillTheirRing() {
        var writer = new PuntWriter(dataplane, 0);
        var reader = new PuntReader(control, 0, Call.recorder(PuntHandler.class, calls));
        while (writer.punt(1, 1, 0, LOCAL, 0, frame.address(), 1500)) {
            // until the ring of ordinary frames is full
        }
        assertThat(writer.punt(2, 1, 0, PuntClass.ROUTING.code(), 0, frame.address(), 14))
                .isTrue();
        assertThat(reader.poll(1)).isEqualTo(1);
        assertThat(calls).containsExactly(Call.of("onPunted", 2, 1, 0, 0L, bytes(14)));
    }

    @Test
    void shouldKeepHalfOfEachRingForWhatIsWithinItsInterfacesBudget() {
        var writer = new PuntWriter(dataplane, 0);
        int excess = 0;
        while (writer.hasRoomForExcess(LOCAL) && writer.punt(1, 1, 0, LOCAL, 0, frame.address(), 1500)) {
            excess++;
        }
        int committed = 0;
        while (writer.punt(1, 1, 0, LOCAL, 0, frame.address(), 1500)) {
            committed++;
        }
        assertThat(excess).isPositive();
        assertThat(committed).isBetween(excess - 2, excess + 2);
        assertThat(writer.hasRoomForExcess(PuntClass.NEIGHBOUR.code())).isTrue();
    }

    @Test
    void shouldTellTraceSteps() {
        var writer = new PuntWriter(dataplane, 0);
        var reader = new PuntReader(control, 0, Call.recorder(PuntHandler.class, calls));
        for (int i = 0; i < ROUNDS; i++) {
            int length = randomFrame();
            long id = random.nextLong();
            TraceStage stage = Pick.from(random, TraceStage.values());
            Verdict verdict = Pick.from(random, Verdict.values());
            int reason = random.nextInt(-1, 64);
            int in = random.nextInt(1000);
            int router = random.nextInt(-1, 100);
            int out = random.nextInt(-1, 1000);
            long high = random.nextLong();
            long low = random.nextLong();
            int prefix = random.nextInt(-1, 129);
            assertThat(writer.traceStep(
                            id, stage, verdict, reason, in, router, out, high, low, prefix, frame.address(), length))
                    .isTrue();
            Call step = Call.of(
                    "onTraceStep", id, stage, verdict, reason, in, router, out, high, low, prefix, bytes(length));
            expect(() -> reader.poll(5), step);
            assertThat(writer.traceEnd(id, i, verdict, reason, out)).isTrue();
            expect(() -> reader.poll(5), Call.of("onTraceEnd", id, i, verdict, reason, out));
        }
        assertThat(TestMemory.count(control, SystemCounter.PUNTS_MALFORMED)).isZero();
    }

    @Test
    void shouldInjectAndTraceFrames() {
        var writer = new InjectWriter(control, 1);
        var reader = new InjectReader(dataplane, 1, copyingInjectHandler());
        var buffer = new UnsafeBuffer(frame.address(), (int) frame.byteSize());
        for (int i = 0; i < ROUNDS; i++) {
            int length = randomFrame();
            int interfaceId = random.nextInt(1000);
            long id = random.nextLong();
            assertThat(writer.inject(interfaceId, buffer, 0, length)).isTrue();
            expect(() -> reader.poll(0, 5), Call.of("onInject", interfaceId, bytes(length)));
            assertThat(writer.inject(interfaceId, frame.address(), length)).isTrue();
            expect(() -> reader.poll(0, 5), Call.of("onInject", interfaceId, bytes(length)));
            assertThat(writer.trace(id, interfaceId, buffer, 0, length)).isTrue();
            expect(() -> reader.poll(0, 5), Call.of("onTrace", id, interfaceId, bytes(length)));
        }
        assertThat(TestMemory.count(control, SystemCounter.INJECTS)).isEqualTo(3 * ROUNDS);
        assertThat(TestMemory.count(control, SystemCounter.INJECTS_MALFORMED)).isZero();
    }

    @Test
    void shouldCaptureFrames() {
        var writer = new CaptureWriter(dataplane, 1);
        var reader = new CaptureReader(control, 1, Call.recorder(CaptureHandler.class, calls));
        for (int i = 0; i < ROUNDS; i++) {
            int length = randomFrame();
            int capture = random.nextInt(16);
            int interfaceId = random.nextInt(-1, 1000);
            Direction direction = Pick.from(random, Direction.values());
            int reason = random.nextInt(-1, 64);
            long time = random.nextLong();
            assertThat(writer.capture(capture, interfaceId, direction, reason, time, 9999, frame.address(), length))
                    .isTrue();
            Call expected = Call.of("onCaptured", capture, interfaceId, direction, reason, time, 9999, bytes(length));
            expect(() -> reader.poll(5), expected);
        }
        assertThat(TestMemory.count(control, SystemCounter.CAPTURES_MALFORMED)).isZero();
    }

    @Test
    void shouldDropAndCountWhatIsTooLongToPunt() {
        var writer = new PuntWriter(dataplane, 0);
        assertThat(writer.punt(1, 1, 0, LOCAL, 0, frame.address(), FrameLimits.MAX_BYTES + 1))
                .isFalse();
        assertThat(writer.punt(1, 1, 0, LOCAL, 0, frame.address(), 1 << 20)).isFalse();
        assertThat(TestMemory.count(control, SystemCounter.PUNTS_DROPPED)).isEqualTo(2);
        assertThat(writer.punt(1, 1, 0, LOCAL, 0, frame.address(), FrameLimits.MAX_BYTES))
                .isTrue();
    }

    @Test
    void shouldCutWhatIsTooLongToCapture() {
        var writer = new CaptureWriter(dataplane, 0);
        var reader = new CaptureReader(control, 0, Call.recorder(CaptureHandler.class, calls));
        writer.capture(1, 2, Direction.SENT, -1, 3, 60_000, frame.address(), 60_000);
        expect(() -> reader.poll(1), Call.of("onCaptured", 1, 2, Direction.SENT, -1, 3L, 60_000, bytes(9728)));
    }

    @Test
    void shouldDropAndCountWhenControlDoesNotRead() {
        var punt = new PuntWriter(dataplane, 0);
        while (punt.punt(1, 1, 0, LOCAL, 0, frame.address(), 1500)) {}
        boolean isStepTaken =
                punt.traceStep(1, TraceStage.CHECK, Verdict.DROP, 1, 1, 1, 1, 0, 0, 0, frame.address(), 1500);
        var capture = new CaptureWriter(dataplane, 0);
        while (capture.capture(1, 1, Direction.SENT, -1, 0, 1500, frame.address(), 1500)) {}
        assertThat(isStepTaken).isFalse();
        assertThat(TestMemory.count(control, SystemCounter.PUNTS_DROPPED)).isEqualTo(1);
        assertThat(TestMemory.count(control, SystemCounter.TRACE_STEPS_DROPPED)).isEqualTo(1);
        assertThat(TestMemory.count(control, SystemCounter.CAPTURES_DROPPED)).isEqualTo(1);
    }

    @Test
    void shouldThrowAwayFramesOfAnEarlierControl() {
        var writer = new PuntWriter(dataplane, 0);
        var reader = new PuntReader(control, 0, Call.recorder(PuntHandler.class, calls));
        var taken = 0;
        while (writer.punt(1, 1, 0, LOCAL, 0, frame.address(), 1500)) {
            taken++;
        }
        assertThat(reader.discard()).isEqualTo(taken);
        assertThat(writer.punt(9, 1, 0, LOCAL, 0, frame.address(), 14)).isTrue();
        expect(() -> reader.poll(5), Call.of("onPunted", 9, 1, 0, 0L, bytes(14)));
    }

    @Test
    void shouldDropAndCountWhenTheWorkerDoesNotRead() {
        var writer = new InjectWriter(control, 0);
        while (writer.inject(1, frame.address(), 1500)) {}
        assertThat(TestMemory.count(dataplane, SystemCounter.INJECT_RING_FULL)).isEqualTo(1);
    }

    @Test
    void shouldRefuseToInjectWhatCannotBeAFrame() {
        var writer = new InjectWriter(control, 0);
        assertThatThrownBy(() -> writer.inject(1, frame.address(), 13)).hasMessageContaining("13 bytes");
        assertThatThrownBy(() -> writer.inject(1, frame.address(), 9729)).hasMessageContaining("9729 bytes");
        assertThatThrownBy(() -> writer.inject(1000, frame.address(), 60)).hasMessageContaining("interfaceId");
    }

    @Test
    void shouldRefuseAWorkerThatDoesNotExist() {
        assertThatThrownBy(() -> new PuntWriter(dataplane, 2)).hasMessageContaining("worker=2");
        assertThatThrownBy(() -> new InjectWriter(control, -1)).hasMessageContaining("worker=-1");
    }

    private InjectHandler copyingInjectHandler() {
        return new InjectHandler() {
            @Override
            public void onInject(int interfaceId, long frameAddress, int frameLength) {
                calls.add(Call.of("onInject", interfaceId, Call.bytesAt(frameAddress, frameLength)));
            }

            @Override
            public void onTrace(long correlationId, int interfaceId, long frameAddress, int frameLength) {
                calls.add(Call.of("onTrace", correlationId, interfaceId, Call.bytesAt(frameAddress, frameLength)));
            }
        };
    }

    private void expect(Runnable poll, Call expected) {
        calls.clear();
        poll.run();
        poll.run(); // the first may only have passed the padding at the ring's end
        assertThat(calls).containsExactly(expected);
    }

    private int randomFrame() {
        int length = random.nextInt(10) == 0 ? random.nextInt(14, 9729) : random.nextInt(14, 200);
        for (int i = 0; i < length; i++) {
            frame.set(ValueLayout.JAVA_BYTE, i, (byte) random.nextInt());
        }
        return length;
    }

    private String bytes(int length) {
        return Arrays.toString(frame.asSlice(0, length).toArray(ValueLayout.JAVA_BYTE));
    }
}
