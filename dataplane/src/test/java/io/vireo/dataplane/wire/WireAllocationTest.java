package io.vireo.dataplane.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.vireo.dataplane.wire.code.AddressFamily;
import io.vireo.dataplane.wire.code.CommandResult;
import io.vireo.dataplane.wire.code.Direction;
import io.vireo.dataplane.wire.code.DropReason;
import io.vireo.dataplane.wire.code.PortState;
import io.vireo.dataplane.wire.code.PuntClass;
import io.vireo.dataplane.wire.code.RouteKind;
import io.vireo.dataplane.wire.code.TraceStage;
import io.vireo.dataplane.wire.code.Verdict;
import io.vireo.dataplane.wire.command.AllCommands;
import io.vireo.dataplane.wire.command.CommandAdapter;
import io.vireo.dataplane.wire.command.CountingCommandHandler;
import io.vireo.dataplane.wire.command.DataplaneProxy;
import io.vireo.dataplane.wire.command.RandomCommands;
import io.vireo.dataplane.wire.counters.StatisticsOwner;
import io.vireo.dataplane.wire.counters.StatisticsWriter;
import io.vireo.dataplane.wire.counters.SystemCounter;
import io.vireo.dataplane.wire.counters.SystemCounters;
import io.vireo.dataplane.wire.event.EventAdapter;
import io.vireo.dataplane.wire.event.EventHandler;
import io.vireo.dataplane.wire.event.EventProxy;
import io.vireo.dataplane.wire.frame.CaptureWriter;
import io.vireo.dataplane.wire.frame.InjectHandler;
import io.vireo.dataplane.wire.frame.InjectReader;
import io.vireo.dataplane.wire.frame.InjectWriter;
import io.vireo.dataplane.wire.frame.PuntWriter;
import io.vireo.dataplane.wire.memory.Heartbeats;
import io.vireo.dataplane.wire.memory.SharedMemory;
import io.vireo.dataplane.wire.ring.MessageFrame;
import io.vireo.dataplane.wire.value.NextHops;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Random;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.concurrent.ringbuffer.RingBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What conductor and workers call allocates nothing: measured over many messages. */
class WireAllocationTest {
    private static final int ROUNDS = 2000;
    private static final int WINDOWS = 15;

    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private final MemorySegment frame = Arena.ofAuto().allocate(2048);
    private SharedMemory memory;

    @BeforeEach
    void create(@TempDir Path directory) {
        memory = TestMemory.create(directory);
    }

    @AfterEach
    void close() {
        memory.close();
    }

    @Test
    void shouldTakeCommandsWithoutAllocation() {
        var handler = new CountingCommandHandler();
        var adapter = new CommandAdapter(memory, AllCommands.of(handler));
        RingBuffer ring = memory.commandRing();
        var commands = new RandomCommands(new Random(1), new DataplaneProxy(memory, 0));
        assertAllocatesNothing(
                () -> {
                    for (int kind = 0; kind < commands.kinds(); kind++) {
                        commands.send(kind);
                    }
                    TestMemory.write(memory.commandRing(), MessageFrame.RECORD_TYPE, new byte[30]);
                },
                () -> {
                    while (ring.size() > 0) {
                        adapter.poll(0, 100);
                    }
                });
        assertThat(handler.calls).isEqualTo((long) ROUNDS * WINDOWS * commands.kinds());
    }

    @Test
    void shouldTellEventsWithoutAllocation() {
        var proxy = new EventProxy(memory);
        var drain = new EventAdapter(memory, Call.recorder(EventHandler.class, new ArrayList<>()));
        NextHops hops = new NextHops().add(1, 2, 3, 4).add(5, 6, 7, 8);
        String longText = "x".repeat(600);
        assertAllocatesNothing(drain::discard, () -> {
            if (proxy.hasRoom(7)) {
                proxy.commandResult(1, CommandResult.NOT_FOUND, "routerId: no such router");
                proxy.commandResult(1, CommandResult.NOT_FOUND, longText);
                proxy.portState(1, 2, PortState.UP, 3, 10_000, "p1");
                proxy.routeEntry(1, 2, AddressFamily.IPV6, 3, 0, 64, RouteKind.UNICAST, hops);
                proxy.neighbourEntry(1, 2, AddressFamily.IPV4, 0, 3, 4);
                proxy.dumpEnd(1, 2);
                proxy.sweepDone(1, 2, 3, 4, 5, 6, 7);
            }
        });
    }

    @Test
    void shouldPuntTraceAndCaptureWithoutAllocation() {
        var punt = new PuntWriter(memory, 0);
        var capture = new CaptureWriter(memory, 0);
        long address = frame.address();
        assertAllocatesNothing(
                () -> {},
                () -> { // the rings fill up: dropping must not allocate either
                    punt.punt(1, 2, 3, PuntClass.LOCAL.code(), 4, address, 100);
                    punt.traceStep(1, TraceStage.CHECK, Verdict.CONTINUE, -1, 1, 2, 3, 4, 5, 6, address, 100);
                    punt.traceEnd(1, 2, Verdict.DROP, 3, 4);
                    capture.capture(1, 2, Direction.SENT, -1, 3, 4, address, 100);
                });
        assertThat(TestMemory.count(memory, SystemCounter.PUNTS_DROPPED)).isPositive();
    }

    @Test
    void shouldTakeInjectedFramesWithoutAllocation() {
        var handler = new CountingInjectHandler();
        var reader = new InjectReader(memory, 0, handler);
        RingBuffer ring = memory.injectRing(0);
        var writer = new InjectWriter(memory, 0);
        var buffer = new UnsafeBuffer(new byte[100]);
        assertAllocatesNothing(
                () -> {
                    writer.inject(1, buffer, 0, 100);
                    writer.trace(1, 1, buffer, 0, 100);
                },
                () -> {
                    while (ring.size() > 0) {
                        reader.poll(0, 100);
                    }
                });
        assertThat(handler.frames).isEqualTo(2L * ROUNDS * WINDOWS);
    }

    @Test
    void shouldCountWithoutAllocation() {
        StatisticsWriter writer = memory.statisticsWriter(0);
        StatisticsOwner owner = memory.statisticsOwner();
        Heartbeats heartbeats = memory.heartbeats();
        SystemCounters counters = memory.systemCounters();
        assertAllocatesNothing(() -> {}, () -> {
            writer.interfaceReceived(1, 2, 3);
            writer.routerSent(1, 2, 3);
            writer.dropped(-1, DropReason.NO_ROUTE.code(), 1);
            writer.portRefused(1, 1);
            owner.zeroInterface(1);
            owner.zeroRouter(1);
            owner.zeroPort(1);
            owner.deviceCounts(1, 2, 3, 4, 5);
            heartbeats.conductor(1);
            heartbeats.worker(0, 1, 2, 3);
            counters.get(SystemCounter.ERRORS).increment();
        });
    }

    /**
     * The least of several windows: when the JIT compiles a method it makes the method's string literals, once, on the
     * thread that called it. What allocates for each message does so in every window.
     */
    private void assertAllocatesNothing(Runnable prepare, Runnable measured) {
        long least = Long.MAX_VALUE;
        for (int window = 0; window < WINDOWS; window++) {
            least = Math.min(least, run(prepare, measured));
        }
        assertThat(least).isZero();
    }

    private long run(Runnable prepare, Runnable measured) {
        long allocated = 0;
        for (int i = 0; i < ROUNDS; i++) {
            prepare.run();
            long before = threads.getCurrentThreadAllocatedBytes();
            measured.run();
            allocated += threads.getCurrentThreadAllocatedBytes() - before;
        }
        return allocated;
    }

    private static final class CountingInjectHandler implements InjectHandler {
        long frames;

        @Override
        public void onInject(int interfaceId, long frameAddress, int frameLength) {
            frames++;
        }

        @Override
        public void onTrace(long correlationId, int interfaceId, long frameAddress, int frameLength) {
            frames++;
        }
    }
}
