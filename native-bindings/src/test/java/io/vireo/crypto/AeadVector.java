package io.vireo.crypto;

import java.util.HexFormat;

/** A published example of a cipher, in hexadecimal. */
record AeadVector(
        String source,
        AeadAlgorithm algorithm,
        String key,
        String nonce,
        String aad,
        String plaintext,
        String ciphertext,
        String tag) {

    static final AeadVector GCM_128 = new AeadVector(
            "McGrew and Viega, GCM, test case 4",
            AeadAlgorithm.AES_GCM_128,
            "feffe9928665731c6d6a8f9467308308",
            "cafebabefacedbaddecaf888",
            "feedfacedeadbeeffeedfacedeadbeefabaddad2",
            "d9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a721c3c0c95956809532fcf0e2449a6b525"
                    + "b16aedf5aa0de657ba637b39",
            "42831ec2217774244b7221b784d0d49ce3aa212f2c02a4e035c17e2329aca12e21d514b25466931c7d8f6a5aac84aa05"
                    + "1ba30b396a0aac973d58e091",
            "5bc94fbc3221a5db94fae95ae7121a47");

    static final AeadVector GCM_256 = new AeadVector(
            "McGrew and Viega, GCM, test case 16",
            AeadAlgorithm.AES_GCM_256,
            "feffe9928665731c6d6a8f9467308308feffe9928665731c6d6a8f9467308308",
            "cafebabefacedbaddecaf888",
            "feedfacedeadbeeffeedfacedeadbeefabaddad2",
            "d9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a721c3c0c95956809532fcf0e2449a6b525"
                    + "b16aedf5aa0de657ba637b39",
            "522dc1f099567d07f47f37a32a84427d643a8cdcbfe5c0c97598a2bd2555d1aa8cb08e48590dbb3da7b08b1056828838"
                    + "c5f61e6393ba7a0abcc9f662",
            "76fc6ece0f4e1768cddf8853bb2d551b");

    /** An echo request in tunnel mode, with its padding. */
    static final AeadVector ESP = new AeadVector(
            "RFC 7634, appendix A",
            AeadAlgorithm.CHACHA20_POLY1305,
            "808182838485868788898a8b8c8d8e8f909192939495969798999a9b9c9d9e9f",
            "a0a1a2a31011121314151617",
            "0102030400000005",
            "45000054a6f200004001e778c6336405c000020508005b7a3a080000553bec100007362708090a0b0c0d0e0f10111213"
                    + "1415161718191a1b1c1d1e1f202122232425262728292a2b2c2d2e2f303132333435363701020204",
            "24039428b97f417e3c13753a4f05087b67c352e6a7fab1b982d466ef407ae5c614ee8099d52844eb61aa95dfab4c02f7"
                    + "2aa71e7c4c4f64c9befe2facc638e8f3cbec163fac469b502773f6fb94e664da9165b82829f641e0",
            "76aaa8266b7fb0f7b11b369907e1ad43");

    private static byte[] bytes(String hex) {
        return HexFormat.of().parseHex(hex);
    }

    AeadText text() {
        return new AeadText(algorithm, bytes(key), bytes(nonce), bytes(aad));
    }

    byte[] plain() {
        return bytes(plaintext);
    }

    byte[] sealed() {
        return bytes(ciphertext + tag);
    }

    @Override
    public String toString() {
        return source;
    }
}
