package io.vireo.control.view;

import org.jspecify.annotations.Nullable;

/**
 * The IKE SA by which the keys of an ESP tunnel are negotiated.
 *
 * @param state {@code established}, {@code connecting} or {@code down}.
 * @param localId what this end says it is.
 * @param remoteId what the far end has to prove; once established it has.
 * @param proposal the algorithms of the IKE SA, as strongSwan calls them; null while there is none.
 * @param ageSeconds since it was established.
 * @param reason why there is none, or the last thing that failed; null: nothing.
 */
public record IkeStatus(
        String state,
        String localId,
        String remoteId,
        @Nullable String proposal,
        long ageSeconds,
        @Nullable String reason) {
    public static final String ESTABLISHED = "established";
    public static final String CONNECTING = "connecting";
    public static final String DOWN = "down";
}
