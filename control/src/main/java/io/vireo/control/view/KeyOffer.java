package io.vireo.control.view;

/**
 * A key with its SPI, on its way from the tunnel's end that receives by it to the one that sends. Its text hides the key.
 *
 * @param spi security parameter index, 256 to 2^32 - 1.
 * @param salt the nonce's first four bytes, in hexadecimal.
 * @param key in hexadecimal.
 */
public record KeyOffer(long spi, String salt, String key) {
    /** Those below are reserved (RFC 4303 §2.1). */
    public static final long MIN_SPI = 256;

    public static final long MAX_SPI = 0xffff_ffffL;

    /** @throws IllegalArgumentException without what is in it, when the SPI is none or the rest is missing. */
    public KeyOffer {
        if (spi < MIN_SPI || spi > MAX_SPI) {
            throw new IllegalArgumentException("spi: must be " + MIN_SPI + " to " + MAX_SPI);
        }
        if (salt == null || key == null) {
            throw new IllegalArgumentException("salt and key: must both be there");
        }
    }

    @Override
    public String toString() {
        return "key with SPI " + spi;
    }
}
