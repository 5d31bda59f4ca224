package io.vireo.dataplane.encapsulation.keepalive;

/** SipHash-2-4 of one 64-bit word (Aumasson and Bernstein, 2012): who knows some of its values and no key can predict no other. */
final class SipHash {
    private static final long WORD_BYTES = 8L << 56; // where the length of the message stands
    private static final int ROUNDS = 8;

    private SipHash() {}

    static long of(long key0, long key1, long word) {
        long v0 = key0 ^ 0x736f_6d65_7073_6575L;
        long v1 = key1 ^ 0x646f_7261_6e64_6f6dL;
        long v2 = key0 ^ 0x6c79_6765_6e65_7261L;
        long v3 = key1 ^ 0x7465_6462_7974_6573L ^ word;
        for (int round = 0; round < ROUNDS; round++) {
            if (round == 2) {
                v0 ^= word;
                v3 ^= WORD_BYTES;
            } else if (round == 4) {
                v0 ^= WORD_BYTES;
                v2 ^= 0xff;
            }
            v0 += v1;
            v2 += v3;
            v1 = Long.rotateLeft(v1, 13) ^ v0;
            v3 = Long.rotateLeft(v3, 16) ^ v2;
            v0 = Long.rotateLeft(v0, 32) + v3;
            v2 += v1;
            v1 = Long.rotateLeft(v1, 17) ^ v2;
            v3 = Long.rotateLeft(v3, 21) ^ v0;
            v2 = Long.rotateLeft(v2, 32);
        }
        return v0 ^ v1 ^ v2 ^ v3;
    }
}
