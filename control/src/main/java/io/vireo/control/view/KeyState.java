package io.vireo.control.view;

/**
 * What became of a key so far.
 *
 * @param spi security parameter index.
 * @param ageSeconds since it was added.
 * @param packets sent or accepted by it.
 * @param bytes of packets inside.
 * @param forged packets received whose tag was wrong.
 * @param replays packets received whose number had been accepted before, or was too old.
 * @param due whether three quarters of its lifetime are over.
 * @param ended whether all of it is.
 */
public record KeyState(
        long spi, int ageSeconds, long packets, long bytes, long forged, long replays, boolean due, boolean ended) {}
