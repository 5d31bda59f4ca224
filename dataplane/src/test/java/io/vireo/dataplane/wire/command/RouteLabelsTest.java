package io.vireo.dataplane.wire.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.vireo.dataplane.wire.Call;
import io.vireo.dataplane.wire.TestMemory;
import io.vireo.dataplane.wire.code.AddressFamily;
import io.vireo.dataplane.wire.code.RouteKind;
import io.vireo.dataplane.wire.memory.SharedMemory;
import io.vireo.dataplane.wire.ring.MessageFrame;
import io.vireo.dataplane.wire.sbe.AddRouteEncoder;
import io.vireo.dataplane.wire.sbe.AddressFamilyCode;
import io.vireo.dataplane.wire.sbe.MessageHeaderEncoder;
import io.vireo.dataplane.wire.sbe.RouteKindCode;
import io.vireo.dataplane.wire.value.NextHops;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which labels of routes are refused, and by what field. */
class RouteLabelsTest {
    private final List<Call> calls = new ArrayList<>();
    private SharedMemory memory;

    @BeforeEach
    void create(@TempDir Path directory) {
        memory = TestMemory.create(directory);
    }

    @AfterEach
    void close() {
        memory.close();
    }

    /** A route with two next hops and so many labels of each number. */
    private void send(int label, int nextHop, int count) {
        var bytes = new byte[400];
        var message = new AddRouteEncoder();
        var hops = message.wrapAndApplyHeader(new UnsafeBuffer(bytes), 0, new MessageHeaderEncoder())
                .correlationId(5)
                .family(AddressFamilyCode.IPV4)
                .kind(RouteKindCode.UNICAST)
                .nextHopsCount(2);
        hops.next().interfaceId(1).weight((short) 1);
        hops.next().interfaceId(2).weight((short) 1);
        var labels = message.labelsCount(count);
        for (int n = 0; n < count; n++) {
            labels.next().label(label).nextHop((short) nextHop).timeToLive((short) 255);
        }
        TestMemory.write(memory.commandRing(), MessageFrame.RECORD_TYPE, bytes);
        assertThat(new CommandAdapter(memory, AllCommands.recorder(calls)).poll(0, 10))
                .isEqualTo(1);
    }

    private void refuses(String why) {
        assertThat(calls).containsExactly(Call.of("onInvalid", 5L, why));
    }

    @Test
    void shouldTakeAsManyAsThereMayBe() {
        send(16, 1, NextHops.MAX_LABELS);
        NextHops hops = new NextHops().add(1, 0, 0, 1).add(2, 0, 0, 1);
        for (int n = 0; n < NextHops.MAX_LABELS; n++) {
            hops.push(16, 255);
        }
        assertThat(calls)
                .containsExactly(Call.of("onAddRoute", 5L, 0, AddressFamily.IPV4, 0L, 0L, 0, RouteKind.UNICAST, hops));
    }

    @Test
    void shouldRefuseMore() {
        send(16, 1, NextHops.MAX_LABELS + 1);
        refuses("labels.nextHop: must be one of the next hops, each with at most 8 labels");
    }

    @Test
    void shouldRefuseThoseOfNoNextHop() {
        send(16, 2, 1);
        refuses("labels.nextHop: must be one of the next hops, each with at most 8 labels");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 15})
    void shouldRefuseThoseThatAreNeverSent(int label) {
        send(label, 0, 1);
        refuses("labels.label: each must be 0, 2 or 16..1048575");
    }

    @Test
    void shouldRefuseMoreThanTwentyBits() {
        send(1 << 20, 0, 1);
        refuses("labels.label: must be 0..1048575");
    }
}
