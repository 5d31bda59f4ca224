package io.vireo.control.node.ike;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.vireo.control.node.ike.ViciMessage.Writer;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.provider.MethodSource;

/** Messages of charon's control socket. */
class ViciMessageFuzzTest {
    private static Writer example() {
        return new Writer()
                .value("key1", "value1")
                .begin("section1")
                .begin("sub-section")
                .value("key2", "value2")
                .end()
                .list("list1", "item1", "item2")
                .end();
    }

    static Stream<byte[]> messages() {
        return Stream.of(example().bytes(), new byte[] {1, 1, 'a', 2}, new byte[] {3, 1, 'a', 0, 9}, new byte[] {2});
    }

    /** The example of strongSwan's own description. */
    @Test
    void shouldWriteAsStrongSwanSays() throws ViciException {
        byte[] bytes = example().bytes();
        assertThat(HexFormat.of().formatHex(bytes))
                .isEqualTo("03046b657931000676616c756531" + "010873656374696f6e31" + "010b7375622d73656374696f6e"
                        + "03046b657932000676616c756532" + "02" + "04056c69737431" + "0500056974656d31"
                        + "0500056974656d32" + "06" + "02");
        ViciMessage read = ViciMessage.parse(ByteBuffer.wrap(bytes));
        assertThat(read.value("key1", "none")).isEqualTo("value1");
        assertThat(read.section("section1").section("sub-section").value("key2", "none"))
                .isEqualTo("value2");
        assertThat(read.section("section1").list("list1")).containsExactly("item1", "item2");
    }

    @Test
    void shouldLeaveNothingOfASecret() {
        Writer writer = new Writer().value("data", "secret");
        writer.wipe();
        assertThat(writer.bytes()).containsOnly(0);
    }

    @MethodSource("messages")
    @FuzzTest
    void shouldReadOrRefuse(byte[] bytes) {
        try {
            assertThat(ViciMessage.parse(ByteBuffer.wrap(bytes))).isNotNull();
        } catch (ViciException e) {
            assertThat(e.getMessage()).isNotBlank();
        }
    }
}
