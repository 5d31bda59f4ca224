package io.vireo.dataplane.encapsulation.substrate;

import static org.assertj.core.api.Assertions.assertThat;

import io.vireo.dataplane.Pcap;
import io.vireo.dataplane.ScapyScript;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Against an independent implementation: a scapy layer says, octet by octet, what goes into a virtual link and comes out of it. */
class VirtualLinkScapyTest {
    private static final int PACKETS = 300;

    @TempDir
    private Path directory;

    private List<byte[]> frames(String name) throws IOException {
        return Pcap.read(directory.resolve(name + ".pcap"));
    }

    @Test
    void shouldWrapAndUnwrapAsScapyExpects() throws Exception {
        ScapyScript.run(VirtualLinkScapyTest.class, "substrate.py", directory, 2006, PACKETS);
        try (VirtualLinkRig rig = new VirtualLinkRig(frames("out-in"), frames("in-in"))) {
            rig.run();
            assertEqual(rig.dataplane.sent(1), frames("out-expected"));
            assertEqual(rig.dataplane.sent(0), frames("in-expected"));
        }
    }

    /** Of each family the frames stay in order, and the lists of a burst are one after the other. */
    private static void assertEqual(List<byte[]> sent, List<byte[]> expected) {
        assertThat(expected).hasSize(PACKETS);
        assertThat(sent)
                .usingElementComparator(java.util.Arrays::compare)
                .containsExactlyInAnyOrderElementsOf(expected);
    }
}
