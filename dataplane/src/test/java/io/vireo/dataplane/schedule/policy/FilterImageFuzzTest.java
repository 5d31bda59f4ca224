package io.vireo.dataplane.schedule.policy;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** Class filters as compiled images, which come to the data plane from another process. */
class FilterImageFuzzTest {
    private static final int EDIT_BYTES = Short.BYTES + Long.BYTES;
    private static final int KEYS = 50;
    private static final int DEFAULT_CLASS = 99;
    private static final long[] SOUND = ClassFilterCompiler.compile(rules(), DEFAULT_CLASS);

    static Stream<byte[]> edits() {
        List<byte[]> seeds = new ArrayList<>();
        for (int word = 0; word < CompiledFilter.HEADER_WORDS; word++) {
            for (long value : new long[] {-1, 0, 1, SOUND.length, SOUND.length - 1, Long.MAX_VALUE, 1L << 32}) {
                seeds.add(edit(word, value));
            }
        }
        seeds.add(edit(CompiledFilter.HEADER_WORDS, -1));
        seeds.add(edit((int) SOUND[CompiledFilter.SOURCE_PORT], 1_000_000));
        return seeds.stream();
    }

    /**
     * An image is either refused, or every key finds a class in it without a read outside: the array has no more words than the
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
        if (FilterImageCheck.defectOf(image, 0, image.length) != null) {
            return;
        }
        SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < KEYS; i++) {
            FilterKey key = key(random);
            long found = CompiledFilter.classOf(image, 0, key);
            assertThat(found == (int) FilterImageCheck.defaultClass(image, 0) || isOfARule(image, found))
                    .isTrue();
        }
    }

    private static boolean isOfARule(long[] image, long found) {
        for (int rule = 0; rule < FilterImageCheck.rules(image, 0); rule++) {
            if ((int) FilterImageCheck.classOfRule(image, 0, rule) == found) {
                return true;
            }
        }
        return false;
    }

    private static List<ClassFilterRule> rules() {
        return List.of(
                ClassFilterRule.to(1).withDscp(46),
                ClassFilterRule.to(2).withProtocol(17).toPorts(new PortRange(5_060, 5_061)),
                ClassFilterRule.to(3).withProtocol(6).fromPorts(new PortRange(443, 443)),
                ClassFilterRule.to(4));
    }

    private static FilterKey key(SplittableRandom random) {
        FilterKey key = new FilterKey();
        key.isIpv4 = random.nextBoolean();
        key.dscp = random.nextInt(64);
        key.protocol = random.nextBoolean() ? 17 : random.nextInt(256);
        key.sourcePort = random.nextBoolean() ? FilterKey.NO_PORT : random.nextInt(65_536);
        key.destinationPort = random.nextBoolean() ? 5_060 : random.nextInt(65_536);
        key.sourceHigh = random.nextBoolean() ? 0 : random.nextLong();
        key.sourceLow = random.nextLong();
        key.destinationHigh = random.nextBoolean() ? -1 : random.nextLong();
        return key;
    }

    private static byte[] edit(int word, long value) {
        return ByteBuffer.allocate(EDIT_BYTES)
                .putShort((short) word)
                .putLong(value)
                .array();
    }
}
