package io.vireo.dataplane.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.vireo.dataplane.TestInterfaces;
import io.vireo.dataplane.wire.code.AddressFamily;
import io.vireo.dataplane.wire.code.EspAlgorithm;
import io.vireo.dataplane.wire.code.GreOptions;
import io.vireo.dataplane.wire.code.RouteKind;
import io.vireo.dataplane.wire.code.TunnelModes;
import io.vireo.dataplane.wire.code.VnsOption;
import io.vireo.dataplane.wire.command.AllCommands;
import io.vireo.dataplane.wire.command.CommandAdapter;
import io.vireo.dataplane.wire.counters.SystemCounter;
import io.vireo.dataplane.wire.memory.SharedMemory;
import io.vireo.dataplane.wire.ring.MessageFrame;
import io.vireo.dataplane.wire.sbe.AddInterfaceEncoder;
import io.vireo.dataplane.wire.sbe.AddRouteEncoder;
import io.vireo.dataplane.wire.sbe.AddressFamilyCode;
import io.vireo.dataplane.wire.sbe.BarrierEncoder;
import io.vireo.dataplane.wire.sbe.EncapsulationCode;
import io.vireo.dataplane.wire.sbe.EspAlgorithmCode;
import io.vireo.dataplane.wire.sbe.InterfaceKindCode;
import io.vireo.dataplane.wire.sbe.MessageHeaderEncoder;
import io.vireo.dataplane.wire.value.InterfaceSpec;
import io.vireo.dataplane.wire.value.NextHops;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a control of a later schema version sends to this data plane. */
class SchemaEvolutionTest {
    private static final int LATER_VERSION = 10;

    private final List<Call> calls = new ArrayList<>();
    private SharedMemory memory;
    private CommandAdapter adapter;

    @BeforeEach
    void create(@TempDir Path directory) {
        memory = TestMemory.create(directory);
        adapter = new CommandAdapter(memory, AllCommands.recorder(calls));
    }

    @AfterEach
    void close() {
        memory.close();
    }

    @Test
    void shouldSkipFieldsItDoesNotKnow() {
        sendBarrier(BarrierEncoder.BLOCK_LENGTH + 12, BarrierEncoder.TEMPLATE_ID, 12);
        poll();
        assertThat(calls).containsExactly(Call.of("onBarrier", 5L));
    }

    @Test
    void shouldSkipFieldsItDoesNotKnowInNextHops() {
        int entryLength = AddRouteEncoder.NextHopsEncoder.sbeBlockLength() + 3;
        int group = MessageHeaderEncoder.ENCODED_LENGTH + AddRouteEncoder.BLOCK_LENGTH + 2;
        var bytes = new UnsafeBuffer(new byte[group + 4 + 2 * entryLength]);
        header(bytes, AddRouteEncoder.BLOCK_LENGTH + 2, AddRouteEncoder.TEMPLATE_ID);
        putInBlock(bytes, AddRouteEncoder.familyEncodingOffset(), (byte) AddressFamily.IPV4.code());
        putInBlock(bytes, AddRouteEncoder.kindEncodingOffset(), (byte) RouteKind.UNICAST.code());
        bytes.putShort(group, (short) entryLength, ByteOrder.LITTLE_ENDIAN);
        bytes.putShort(group + 2, (short) 2, ByteOrder.LITTLE_ENDIAN);
        putHop(bytes, group + 4, 3);
        putHop(bytes, group + 4 + entryLength, 4);
        TestMemory.write(memory.commandRing(), MessageFrame.RECORD_TYPE, bytes.byteArray());
        poll();
        NextHops hops = new NextHops().add(3, 0, 0, 1).add(4, 0, 0, 1);
        assertThat(calls)
                .containsExactly(Call.of("onAddRoute", 0L, 0, AddressFamily.IPV4, 0L, 0L, 0, RouteKind.UNICAST, hops));
    }

    @Test
    void shouldCountMessagesItDoesNotKnow() {
        sendBarrier(BarrierEncoder.BLOCK_LENGTH, 80, 0);
        poll();
        assertThat(calls).isEmpty();
        assertThat(TestMemory.count(memory, SystemCounter.COMMANDS_MALFORMED)).isEqualTo(1);
    }

    @Test
    void shouldCountABlockShorterThanItMustBeOrSaysItIs() {
        sendBarrier(BarrierEncoder.BLOCK_LENGTH - 1, BarrierEncoder.TEMPLATE_ID, 0);
        sendBarrier(BarrierEncoder.BLOCK_LENGTH + 1, BarrierEncoder.TEMPLATE_ID, 0);
        poll();
        assertThat(calls).isEmpty();
        assertThat(TestMemory.count(memory, SystemCounter.COMMANDS_MALFORMED)).isEqualTo(2);
    }

    @Test
    void shouldTakeAnInterfaceOfAControlThatKnowsNoTunnels() {
        InterfaceSpec spec = TestInterfaces.access(3, 4, 5, 6, 0x0200_0000_0001L, 1500, "eth0");
        var message = new UnsafeBuffer(new byte[200]);
        new AddInterfaceEncoder()
                .wrapAndApplyHeader(message, 0, new MessageHeaderEncoder())
                .correlationId(5)
                .mac(spec.mac())
                .interfaceId(3)
                .routerId(4)
                .peerInterfaceId(-1)
                .portId(5)
                .vlan(6)
                .mtu(1500)
                .kind(InterfaceKindCode.ACCESS);
        writeAsOf(2, 35, message, "eth0");
        poll();
        assertThat(calls).containsExactly(Call.of("onAddInterface", 5L, spec));
    }

    @Test
    void shouldTakeATunnelOfAControlThatKnowsNoKeys() {
        InterfaceSpec spec = TestInterfaces.tunnel(3, 4, 6, AddressFamily.IPV4, 0, 1, 0, 2, "t0");
        var message = new UnsafeBuffer(new byte[200]);
        encode(spec, EncapsulationCode.IPIP, message);
        writeAsOf(6, 80, message, "t0");
        poll();
        assertThat(calls).containsExactly(Call.of("onAddInterface", 5L, spec));
    }

    @Test
    void shouldTakeATunnelOfAControlThatKnowsNoModes() {
        InterfaceSpec spec = TestInterfaces.gre(
                TestInterfaces.tunnel(3, 4, 6, AddressFamily.IPV4, 0, 1, 0, 2, "t0"), GreOptions.KEY, 9);
        var message = new UnsafeBuffer(new byte[200]);
        encode(spec, EncapsulationCode.GRE, message)
                .tunnelKey(9)
                .greOptions((short) GreOptions.KEY)
                .vnsOption((short) VnsOption.NONE);
        writeAsOf(8, 86, message, "t0");
        poll();
        assertThat(calls).containsExactly(Call.of("onAddInterface", 5L, spec));
    }

    @Test
    void shouldTakeATunnelOfAControlThatKnowsNoVns() {
        InterfaceSpec spec = TestInterfaces.gre(
                TestInterfaces.tunnel(3, 4, 6, AddressFamily.IPV4, 0, 1, 0, 2, "t0"), GreOptions.KEY, 7);
        var message = new UnsafeBuffer(new byte[200]);
        encode(spec, EncapsulationCode.GRE, message).tunnelKey(7).greOptions((short) GreOptions.KEY);
        writeAsOf(7, 85, message, "t0");
        poll();
        assertThat(calls).containsExactly(Call.of("onAddInterface", 5L, spec));
    }

    @Test
    void shouldTakeATunnelOfAControlThatKnowsNoUdpPorts() {
        InterfaceSpec spec = TestInterfaces.gre(
                TestInterfaces.tunnel(3, 4, 6, AddressFamily.IPV4, 0, 1, 0, 2, "t0"), GreOptions.KEY, 7);
        var message = new UnsafeBuffer(new byte[200]);
        encode(spec, EncapsulationCode.GRE, message)
                .tunnelKey(7)
                .greOptions((short) GreOptions.KEY)
                .vnsOption((short) VnsOption.NONE)
                .tunnelModes(0)
                .espAlgorithm(EspAlgorithmCode.NONE)
                .espWindow(0)
                .espExtended((short) 0);
        writeAsOf(11, 92, message, "t0");
        poll();
        assertThat(calls).containsExactly(Call.of("onAddInterface", 5L, spec));
    }

    @Test
    void shouldTakeATunnelOfAControlThatKnowsNoVirtualLinks() {
        InterfaceSpec spec = TestInterfaces.esp(
                TestInterfaces.tunnel(3, 4, 6, AddressFamily.IPV4, 0, 1, 0, 2, "t0"),
                EspAlgorithm.AES_GCM_128,
                64,
                true);
        var message = new UnsafeBuffer(new byte[200]);
        encode(spec, EncapsulationCode.ESP, message)
                .tunnelKey(0)
                .greOptions((short) GreOptions.NONE)
                .vnsOption((short) VnsOption.NONE)
                .tunnelModes(0)
                .espAlgorithm(EspAlgorithmCode.AES_GCM_128)
                .espWindow(64)
                .espExtended((short) 1)
                .udpPort(0);
        writeAsOf(12, 94, message, "t0");
        poll();
        assertThat(calls).containsExactly(Call.of("onAddInterface", 5L, spec));
    }

    @Test
    void shouldTakeATunnelOfAControlThatKnowsNoLabels() {
        InterfaceSpec spec = TestInterfaces.vns(
                TestInterfaces.tunnel(3, 4, 6, AddressFamily.IPV4, 0, 1, 0, 2, "t0"), VnsOption.STREAM_ID, 9);
        var message = new UnsafeBuffer(new byte[200]);
        encode(spec, EncapsulationCode.VNS, message)
                .tunnelKey(9)
                .vnsOption((short) VnsOption.STREAM_ID)
                .tunnelModes(TunnelModes.DEFAULT)
                .espAlgorithm(EspAlgorithmCode.NONE)
                .udpPort(0);
        writeAsOf(13, 119, message, "t0");
        poll();
        assertThat(calls).containsExactly(Call.of("onAddInterface", 5L, spec));
    }

    @Test
    void shouldTakeATunnelOfAControlThatKnowsNoKeepalives() {
        InterfaceSpec spec =
                TestInterfaces.mplsInGre(TestInterfaces.tunnel(3, 4, 6, AddressFamily.IPV4, 0, 1, 0, 2, "t0"), 16, 17);
        var message = new UnsafeBuffer(new byte[200]);
        encode(spec, EncapsulationCode.MPLS_GRE, message)
                .tunnelKey(17)
                .vnsOption((short) VnsOption.NONE)
                .tunnelModes(TunnelModes.DEFAULT)
                .espAlgorithm(EspAlgorithmCode.NONE)
                .udpPort(0)
                .outLabel(16);
        writeAsOf(16, 124, message, "t0");
        poll();
        assertThat(calls).containsExactly(Call.of("onAddInterface", 5L, spec));
    }

    /** A tunnel as the first version with tunnels has it. */
    private static AddInterfaceEncoder encode(
            InterfaceSpec spec, EncapsulationCode encapsulation, UnsafeBuffer message) {
        return new AddInterfaceEncoder()
                .wrapAndApplyHeader(message, 0, new MessageHeaderEncoder())
                .correlationId(5)
                .mac(spec.mac())
                .interfaceId(spec.interfaceId())
                .routerId(spec.routerId())
                .mtu(spec.mtuBytes())
                .kind(InterfaceKindCode.TUNNEL)
                .encapsulation(encapsulation)
                .outerFamily(AddressFamilyCode.IPV4)
                .hopLimit((short) spec.tunnel().hopLimit())
                .underlayRouterId(spec.tunnel().underlayRouterId())
                .localLow(spec.tunnel().localLow())
                .remoteLow(spec.tunnel().remoteLow());
    }

    /** Sends an AddInterface as a writer of an older version would: with that version's shorter block. */
    private void writeAsOf(int version, int blockLength, UnsafeBuffer message, String interfaceName) {
        new MessageHeaderEncoder().wrap(message, 0).blockLength(blockLength).version(version);
        int name = MessageHeaderEncoder.ENCODED_LENGTH + blockLength;
        message.putShort(name, (short) interfaceName.length(), ByteOrder.LITTLE_ENDIAN);
        int end = name + Short.BYTES + message.putStringWithoutLengthAscii(name + Short.BYTES, interfaceName);
        TestMemory.write(memory.commandRing(), MessageFrame.RECORD_TYPE, Arrays.copyOf(message.byteArray(), end));
    }

    private void poll() {
        TestMemory.drain(memory.commandRing(), () -> adapter.poll(0, 10));
    }

    private void sendBarrier(int blockLength, int templateId, int furtherBytes) {
        var bytes = new UnsafeBuffer(
                new byte[MessageHeaderEncoder.ENCODED_LENGTH + BarrierEncoder.BLOCK_LENGTH + furtherBytes]);
        header(bytes, blockLength, templateId);
        bytes.putLong(MessageHeaderEncoder.ENCODED_LENGTH, 5, ByteOrder.LITTLE_ENDIAN);
        TestMemory.write(memory.commandRing(), MessageFrame.RECORD_TYPE, bytes.byteArray());
    }

    private static void header(UnsafeBuffer bytes, int blockLength, int templateId) {
        new MessageHeaderEncoder()
                .wrap(bytes, 0)
                .blockLength(blockLength)
                .templateId(templateId)
                .schemaId(MessageHeaderEncoder.SCHEMA_ID)
                .version(LATER_VERSION);
    }

    private static void putInBlock(UnsafeBuffer bytes, int offset, byte value) {
        bytes.putByte(MessageHeaderEncoder.ENCODED_LENGTH + offset, value);
    }

    private static void putHop(UnsafeBuffer bytes, int entry, int interfaceId) {
        bytes.putInt(
                entry + AddRouteEncoder.NextHopsEncoder.interfaceIdEncodingOffset(),
                interfaceId,
                ByteOrder.LITTLE_ENDIAN);
        bytes.putByte(entry + AddRouteEncoder.NextHopsEncoder.weightEncodingOffset(), (byte) 1);
    }
}
