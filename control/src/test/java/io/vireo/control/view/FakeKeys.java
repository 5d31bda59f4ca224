package io.vireo.control.view;

import java.util.List;

/** One tunnel, whose key is always the same. */
public final class FakeKeys implements Keys {
    public static final String PATH = "blue/r1/t1";
    public static final KeyOffer OFFER = new KeyOffer(4711, "01020304", "00112233445566778899aabbccddeeff");

    @Override
    public EspStatus status() {
        KeyState key = new KeyState(4711, 12, 34, 5600, 1, 2, false, false);
        return new EspStatus(
                7,
                8,
                List.of(new EspTunnel(
                        PATH, "aes-gcm-128", true, "base/r1", "192.0.2.1", "192.0.2.2", null, List.of(key), null)));
    }

    private static void require(InterfacePath tunnel) {
        if (!tunnel.toString().equals(PATH)) {
            throw new NotFoundException("there is no ESP tunnel " + tunnel);
        }
    }

    @Override
    public KeyOffer offer(InterfacePath tunnel) {
        require(tunnel);
        return OFFER;
    }

    @Override
    public void accept(InterfacePath tunnel, long incarnation, long ticket, KeyOffer offer) {
        require(tunnel);
        if (incarnation != 7 || ticket != 8 || !offer.equals(OFFER)) {
            throw new KeyRefusedException("ticket: must be greater than 8");
        }
    }

    @Override
    public void retire(InterfacePath tunnel, long spi) {
        require(tunnel);
    }
}
