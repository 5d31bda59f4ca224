package io.vireo.control.view;

/**
 * A key with its SPI, on its way from the tunnel's end that receives by it to the one that sends. Its text hides the key.
 *
 * @param spi security parameter index, 256 to 2^32 - 1.
 * @param salt the nonce's first four bytes, in hexadecimal.
 * @param key in hexadecimal.
 */
public record KeyOffer(long spi, String salt, String key) {

    @Override
    public String toString() {
        return "key with SPI " + spi;
    }
}
