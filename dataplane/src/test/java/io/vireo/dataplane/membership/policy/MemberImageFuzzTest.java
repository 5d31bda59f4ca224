package io.vireo.dataplane.membership.policy;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.vireo.dataplane.membership.policy.MemberList.Otherwise;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** Lists of members as compiled images, which come to the data plane from another process. */
class MemberImageFuzzTest {
    private static final int EDIT_BYTES = Short.BYTES + Long.BYTES;
    private static final int KEYS = 50;
    private static final long[] SOUND = new MemberList(
                    Stream.concat(
                                    new RandomMembers(new Random(1), false).tuples(20).stream(),
                                    new RandomMembers(new Random(2), true).tuples(30).stream())
                            .toList(),
                    List.of(7),
                    Otherwise.DROP,
                    0)
            .image();

    /** Each word of the image in turn, with values that lead astray. */
    static Stream<byte[]> edits() {
        return IntStream.range(0, SOUND.length)
                .boxed()
                .flatMap(word -> Stream.of(-1L, 0L, SOUND.length - 1L, SOUND[word] + 1, SOUND[word] ^ 1L << 40)
                        .map(value -> edit(word, value)));
    }

    /**
     * An image is either refused, or every key finds a tuple in it, or none, without a read outside: the array has no more words than the
     * image, so that such a read would be an exception. The input is a list of words to overwrite in a sound image.
     */
    @MethodSource("edits")
    @FuzzTest
    void shouldRefuseOrLookUpWithinTheImage(byte[] edits) {
        long[] image = SOUND.clone();
        ByteBuffer in = ByteBuffer.wrap(edits);
        while (in.remaining() >= EDIT_BYTES) {
            image[Short.toUnsignedInt(in.getShort()) % image.length] = in.getLong();
        }
        if (new MemberImageCheck().defectOf(image, 0, image.length) != null) {
            return;
        }
        RandomMembers members = new RandomMembers(new Random(3), false);
        for (int n = 0; n < KEYS; n++) {
            int found = CompiledMembers.find(image, 0, members.key());
            assertThat(found).isBetween(CompiledMembers.UNDECIDED, (int) image[CompiledMembers.TUPLES] - 1);
            assertThat(CompiledMembers.allows(image, 0, found)).isIn(true, false);
            if (found >= 0) {
                CompiledMembers.vpnId(image, 0, found);
            }
        }
    }

    private static byte[] edit(int word, long value) {
        return ByteBuffer.allocate(EDIT_BYTES)
                .putShort((short) word)
                .putLong(value)
                .array();
    }
}
