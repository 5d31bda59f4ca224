package io.vireo.dataplane.encapsulation;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.vireo.dataplane.RingWire;
import io.vireo.dataplane.wire.code.DropReason;
import io.vireo.dataplane.wire.value.LabelSpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.provider.MethodSource;

/** Any bytes behind an Ethernet header that says labels, in a router with a label table. */
class LabelFuzzTest {
    private static final int SWAPPED = 16;
    private static final int POPPED = 17;
    private static final int TRANSIT = 18;
    private static final int OF_VPN = 19;
    private static final int UNKNOWN = 20;
    private static final int ENTROPY = 7;
    private static final int BEHIND_BYTES = 64;
    private static final int MAX_BYTES = 1_500;
    private static final LabelRig RIG = rig();
    private static final List<RingWire> WIRES = RIG.wires();

    private static LabelRig rig() {
        LabelRig rig = new LabelRig();
        rig.add(LabelRig.swap(SWAPPED, 200, 300), LabelRig.via(1));
        rig.add(LabelRig.label(POPPED), LabelRig.via(1, 2));
        rig.add(LabelRig.label(TRANSIT).local(LabelSpec.NO_INTERFACE));
        rig.add(LabelRig.label(OF_VPN).local(LabelRig.VPN));
        return rig;
    }

    @AfterAll
    static void close() {
        RIG.close();
    }

    private static byte[] stack(int... labels) {
        byte[] stack = new byte[0];
        for (int n = 0; n < labels.length; n++) {
            stack = LabelRig.join(stack, LabelRig.entry(labels[n], n == labels.length - 1, 64));
        }
        return stack;
    }

    static Stream<byte[]> stacks() {
        byte[] packet = LabelRig.packet(64);
        return Stream.of(
                LabelRig.join(stack(SWAPPED), packet),
                LabelRig.join(stack(POPPED), packet),
                LabelRig.join(stack(POPPED, UNKNOWN), packet),
                LabelRig.join(stack(TRANSIT, 0, OF_VPN), packet),
                LabelRig.join(stack(OF_VPN, ENTROPY, UNKNOWN), packet),
                LabelRig.join(stack(ENTROPY, UNKNOWN), packet),
                LabelRig.join(stack(2), TunnelRig.toNear(false, 64, 1)),
                LabelRig.join(stack(1), packet),
                stack(TRANSIT, TRANSIT, TRANSIT, TRANSIT, TRANSIT, TRANSIT, TRANSIT, TRANSIT, OF_VPN),
                Arrays.copyOf(stack(TRANSIT, OF_VPN), 6),
                stack(UNKNOWN),
                new byte[0]);
    }

    @Test
    void shouldTakeOutWhatIsWhole() {
        byte[] packet = LabelRig.packet(64);
        assertThat(outcome(LabelRig.join(stack(SWAPPED), packet), (byte) 0)).startsWith("sent 1 ");
        assertThat(outcome(LabelRig.join(stack(TRANSIT, OF_VPN), packet), (byte) 0))
                .startsWith("sent 2 ");
        assertThat(outcome(stack(UNKNOWN), (byte) 0)).isEqualTo(DropReason.LABEL_UNKNOWN.name());
    }

    /** One thing becomes of it, whatever stands behind its end, and no buffer is kept. */
    @MethodSource("stacks")
    @FuzzTest
    void shouldForwardByTheBytesOfTheFrameOnly(byte[] bytes) {
        byte[] content = Arrays.copyOf(bytes, Math.min(bytes.length, MAX_BYTES));
        String outcome = outcome(content, (byte) 0);
        for (byte behind : new byte[] {(byte) 0x20, 0x45, -1}) {
            assertThat(outcome(content, behind)).isEqualTo(outcome);
        }
    }

    private static String outcome(byte[] content, byte behind) {
        byte[] frame = LabelRig.frame(content);
        byte[] more = Arrays.copyOf(frame, frame.length + BEHIND_BYTES);
        Arrays.fill(more, frame.length, more.length, behind);
        long[] before = drops();
        WIRES.getFirst().put(more, more.length, frame.length);
        WIRES.getFirst().flush();
        RIG.dataplane.run();
        RIG.dataplane.advance(1_000_000_000); // there are few punts in a second
        List<String> outcomes = new ArrayList<>();
        long[] after = drops();
        for (DropReason reason : DropReason.values()) {
            if (after[reason.code()] > before[reason.code()]) {
                outcomes.add(reason.name());
            }
        }
        for (int port = 0; port < WIRES.size(); port++) {
            RingWire wire = WIRES.get(port);
            for (int n = wire.take(); n > 0; n--) {
                outcomes.add("sent " + port + " " + HexFormat.of().formatHex(wire.frame(n - 1)));
            }
            wire.free();
        }
        RIG.dataplane.punts.frames.forEach(punted -> outcomes.add("punted"));
        RIG.dataplane.punts.clearPunted();
        assertThat(RIG.dataplane.buffersInUse()).isZero();
        assertThat(outcomes).hasSize(1);
        return outcomes.getFirst();
    }

    private static long[] drops() {
        long[] drops = new long[DropReason.values().length];
        for (int router : new int[] {-1, LabelRig.ROUTER, LabelRig.VPN_ROUTER}) {
            for (DropReason reason : DropReason.values()) {
                drops[reason.code()] += RIG.dataplane.drops(router, reason);
            }
        }
        return drops;
    }
}
