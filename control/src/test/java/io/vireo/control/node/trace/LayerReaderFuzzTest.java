package io.vireo.control.node.trace;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** Frames of any content: an operator may trace what he likes. */
class LayerReaderFuzzTest {

    /** Each frame of scapy's, cut off at each place. */
    static Stream<byte[]> frames() {
        return Stream.of(
                        ScapyFrames.GRE_IN_IPIP,
                        ScapyFrames.EXPERIMENTAL_VPN_ID,
                        ScapyFrames.ETHERNET_IN_GRE_IN_IPV6,
                        ScapyFrames.VXLAN_IN_STREAM_ID,
                        ScapyFrames.ESP,
                        ScapyFrames.TWO_LABELS,
                        ScapyFrames.MPLS_IN_UDP)
                .flatMap(frame -> IntStream.rangeClosed(0, frame.length).mapToObj(n -> Arrays.copyOf(frame, n)));
    }

    /** What more bytes say is added to what fewer say: fields of the last layer, or layers. */
    @MethodSource("frames")
    @FuzzTest
    void shouldReadWhatIsThere(byte[] frame) {
        List<Layer> layers = LayerReader.read(frame);
        assertThat(layers)
                .hasSizeLessThanOrEqualTo(16)
                .allSatisfy(layer -> assertThat(layer.fields()).isNotEmpty());
        List<Layer> fewer = LayerReader.read(Arrays.copyOf(frame, frame.length / 2));
        assertThat(fewer.size()).isLessThanOrEqualTo(layers.size());
    }
}
