package io.vireo.control.keys;

import io.vireo.control.view.EspStatus;
import io.vireo.control.view.KeyOffer;

/** A node whose tunnels are given keys. Each method throws a RuntimeException if it fails, and may have done its work all the same. */
public interface KeyPeer {

    /** For people. */
    String name();

    /** As {@link io.vireo.control.view.Keys#status}. */
    EspStatus status();

    /** As {@link io.vireo.control.view.Keys#offer}. */
    KeyOffer offer(String path);

    /** As {@link io.vireo.control.view.Keys#accept}. */
    void accept(String path, long incarnation, long ticket, KeyOffer offer);

    /** As {@link io.vireo.control.view.Keys#retire}. */
    void retire(String path, long spi);
}
