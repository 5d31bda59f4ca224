package io.vireo.control.view;

/**
 * Something that the configuration says, that somebody had removed or changed in Linux, and that was restored.
 *
 * @param router  the virtual router, as {@code VPN/ROUTER}.
 * @param subject the interface, address, route or setting.
 * @param text    how it was found.
 */
public record Repair(String router, String subject, String text) {}
