package io.vireo.dataplane.encapsulation;

import static io.vireo.dataplane.encapsulation.LabelRig.label;
import static io.vireo.dataplane.encapsulation.LabelRig.swap;
import static io.vireo.dataplane.encapsulation.LabelRig.via;
import static org.assertj.core.api.Assertions.assertThat;

import io.vireo.dataplane.Pcap;
import io.vireo.dataplane.ScapyScript;
import io.vireo.dataplane.TestFrames;
import io.vireo.dataplane.Tshark;
import io.vireo.dataplane.wire.code.AddressFamily;
import io.vireo.dataplane.wire.value.LabelSpec;
import io.vireo.dataplane.wire.value.NextHops;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Scapy says what becomes of labels, and tshark reads them. */
class LabelScapyTest {
    private static final int PACKETS = 400;
    private static final long LINK_LOCAL = 0xfe80_0000_0000_0000L;

    @TempDir
    private Path directory;

    private static void labels(LabelRig rig) {
        rig.add(swap(100, 200), via(1));
        rig.add(swap(101, 201, 301, 401).uniform(false), via(1));
        rig.add(label(102), via(1));
        rig.add(label(103).local(LabelSpec.NO_INTERFACE));
    }

    private static void routes(LabelRig rig) {
        rig.dataplane.proxy.tables().addNeighbour(6, LabelRig.OUT, AddressFamily.IPV6, LINK_LOCAL, 1, LabelRig.mac(1));
        rig.route(AddressFamily.IPV4, 0, 0x0a620000, 16, via(1).push(100, 0).push(200, 0));
        rig.route(
                AddressFamily.IPV6,
                0x20010db8_00980000L,
                0,
                48,
                new NextHops().add(LabelRig.OUT, LINK_LOCAL, 1, 1).push(300, 255));
    }

    private static List<byte[]> sent(List<byte[]> comes, Consumer<LabelRig> tables) {
        try (LabelRig rig = new LabelRig(comes)) {
            tables.accept(rig);
            rig.dataplane.run();
            return rig.dataplane.sent(1);
        }
    }

    private void assertAsScapySays(String script, Consumer<LabelRig> tables) throws IOException {
        ScapyScript.run(LabelScapyTest.class, script, directory, 1, PACKETS);
        assertThat(sent(Pcap.read(directory.resolve("in.pcap")), tables))
                .containsExactlyInAnyOrderElementsOf(Pcap.read(directory.resolve("expected.pcap")))
                .hasSize(PACKETS);
    }

    /** What tshark reads in what is sent, and that the checksums are right. */
    private List<String> read(List<byte[]> comes, Consumer<LabelRig> tables) throws Exception {
        Pcap.write(directory.resolve("sent.pcap"), sent(comes, tables));
        String fields = "-o ip.check_checksum:TRUE -E occurrence=a -e mpls.label -e mpls.exp -e mpls.bottom -e mpls.ttl"
                + " -e ip.dst -e ip.checksum.status";
        return Tshark.fields(directory.resolve("sent.pcap"), fields.split(" ", -1));
    }

    @Test
    void shouldDoAsScapySays() throws IOException {
        assertAsScapySays("labels.py", LabelScapyTest::labels);
    }

    @Test
    void shouldSendWhatTsharkReads() throws Exception {
        byte[] packet = LabelRig.packet(64);
        List<byte[]> comes = List.of(
                LabelRig.frame(LabelRig.entry(101, true, 9), packet),
                LabelRig.frame(LabelRig.entry(100, false, 9), LabelRig.entry(17, true, 3), packet));
        assertThat(read(comes, LabelScapyTest::labels))
                .containsExactly("201,301,401|5,5,5|0,0,1|255,255,8|10.99.0.1|1", "200,17|5,5|0,1|8,3|10.99.0.1|1");
    }

    @Test
    void shouldSendByRoutesWithLabelsAsScapySays() throws IOException {
        assertAsScapySays("labelled_routes.py", LabelScapyTest::routes);
    }

    @Test
    void shouldSendByRoutesWithLabelsWhatTsharkReads() throws Exception {
        byte[] packet = TestFrames.ipv4(0x0a000501, 0x0a620001, 64, 40);
        byte[] comes = TestFrames.ethernet(LabelRig.MAC_IN, LabelRig.BEFORE, 0x0800, packet);
        assertThat(read(List.of(comes), LabelScapyTest::routes)).containsExactly("100,200|0,0|0,1|63,63|10.98.0.1|1");
    }
}
