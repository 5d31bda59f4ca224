package io.vireo.control.view;

import org.jspecify.annotations.Nullable;

/**
 * Packets dropped for one reason.
 *
 * @param vpn         the VPN, or null for packets that no virtual router was found for.
 * @param router      the virtual router, or null likewise.
 * @param reason      name of the drop reason, such as {@code NO_ROUTE}.
 * @param description the reason as a sentence.
 * @param packets     how many.
 */
public record DropCount(
        @Nullable String vpn, @Nullable String router, String reason, String description, long packets) {}
