package io.vireo.control.node.ike;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.provider.MethodSource;

/** What comes from charon's ha plugin, if it comes from there. */
class HaMessageFuzzTest {
    static List<byte[]> session() throws IOException {
        return HaKeysTest.session();
    }

    /** What was sent, with bytes changed, cut off and put in. */
    @Test
    void shouldTakeOrRefuseWhatIsNearToAMessage() throws IOException {
        List<byte[]> session = session();
        Random random = new Random(1);
        for (int n = 0; n < 100_000; n++) {
            byte[] message = session.get(random.nextInt(session.size())).clone();
            for (int changes = 1 + random.nextInt(3); changes > 0; changes--) {
                message[random.nextInt(message.length)] = (byte) random.nextInt();
            }
            shouldTakeOrRefuse(Arrays.copyOf(message, random.nextInt(2 * message.length)));
        }
    }

    /** A message is taken, or refused without what was in it; what is remembered is bounded. */
    @MethodSource("session")
    @FuzzTest
    void shouldTakeOrRefuse(byte[] bytes) {
        HaKeys keys = new HaKeys(new HaKeys.Listener() {
            @Override
            public void onChildKeys(ChildKeys child) {
                assertThat(child.inboundKey().length).isIn(20, 36).isEqualTo(child.outboundKey().length);
            }

            @Override
            public void onChildDeleted(int inboundSpi) {}
        });
        // As a message, and as what follows an IKE SA.
        for (int n = 0; n < 2; n++) {
            try {
                keys.onMessage(HaMessage.parse(ByteBuffer.wrap(bytes)));
            } catch (HaFormatException e) {
                assertThat(e.getMessage()).isNotBlank().hasSizeLessThan(120);
            }
        }
        assertThat(keys.ikeSas()).isLessThanOrEqualTo(1);
    }
}
