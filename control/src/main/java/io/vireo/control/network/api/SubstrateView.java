package io.vireo.control.network.api;

import io.vireo.control.network.controller.SubstrateLoad;

/** A direction of a substrate link: what may be guaranteed on it, what is sold of that, and what is left. */
record SubstrateView(
        String link,
        String from,
        String to,
        long reservableBitsPerSecond,
        long soldBitsPerSecond,
        long leftBitsPerSecond,
        int virtualLinks,
        boolean up) {

    static SubstrateView of(SubstrateLoad load) {
        return new SubstrateView(
                load.link(),
                load.from(),
                load.to(),
                load.reservableBitsPerSecond(),
                load.soldBitsPerSecond(),
                load.leftBitsPerSecond(),
                load.virtualLinks(),
                load.up());
    }
}
