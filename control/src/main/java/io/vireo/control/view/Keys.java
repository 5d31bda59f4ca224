package io.vireo.control.view;

/**
 * The keys of the node's ESP tunnels: given to it while it runs, and kept by the data plane alone. Any thread may call.
 *
 * <p>The far end of a tunnel, which receives by a key, makes it ({@link #offer}); whoever speaks to both nodes carries it to the near end
 * ({@link #accept}), which sends by it from then on. So the receiver has it before anybody sends by it, and no packet is lost.
 */
public interface Keys {

    /**
     * All ESP tunnels with their keys' states, the data plane's incarnation, and a ticket for an {@link #accept}.
     *
     * @throws DataplaneAbsentException when the data plane is down.
     */
    EspStatus status();

    /**
     * Makes a key that the tunnel receives by, from now on beside those before it.
     *
     * @throws NotFoundException when there is no such ESP tunnel.
     * @throws KeyRefusedException when it has too many already, or IKE negotiates them.
     * @throws DataplaneAbsentException when the data plane is down.
     */
    KeyOffer offer(InterfacePath tunnel);

    /**
     * Has a tunnel send by a key, and forget the one before.
     *
     * @param incarnation of the data plane, and
     * @param ticket as {@link #status} said before the key was made: a key that was accepted before, or might have been, is refused.
     * @throws KeyRefusedException when it is, or IKE negotiates them.
     */
    void accept(InterfacePath tunnel, long incarnation, long ticket, KeyOffer offer);

    /**
     * Has a tunnel no longer receive by a key.
     *
     * @throws KeyRefusedException when there is no such key, or IKE negotiates them.
     */
    void retire(InterfacePath tunnel, long spi);
}
