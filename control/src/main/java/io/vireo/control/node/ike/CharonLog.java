package io.vireo.control.node.ike;

import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads from charon's log, line by line, why a tunnel has no keys: it says so nowhere else. A line that begins an exchange says with whom,
 * by which those lines are known that name no connection.
 */
final class CharonLog {
    private static final Pattern LINE =
            Pattern.compile("^(?:\\S+ )?([0-9]+)\\[([A-Z0-9]+)] (?:<(?:([^|>]*)\\|)?[0-9]+> )?(.*)$");
    private static final Pattern RECEIVED = Pattern.compile("received packet: from ([0-9A-Fa-f.:]+)\\[[0-9]+] to .*");

    private static final String UNNAMED = "(unnamed)";

    /** What a line has in it, and what it means; the first that matches counts. */
    private static final String[][] MEANINGS = {
        {
            "received AUTHENTICATION_FAILED",
            "the far end refuses our authentication (AUTHENTICATION_FAILED): identities, pre-shared key or certificate"
        },
        {"but MAC mismatched", "the far end has another pre-shared key"},
        {"no shared key found", "there is no pre-shared key for the identity that the far end says it has"},
        {"no matching peer config found", "the far end says it is somebody else than remoteId"},
        {"constraint check failed: identity", "the far end says it is somebody else than remoteId"},
        {"constraint requires", "the far end does not prove who it is in the way that is configured"},
        {"no trusted", "the far end's certificate is not of the authority in caFile"},
        {"no issuer certificate found", "the far end's certificate is not of the authority in caFile"},
        {"certificate is not valid", "the far end's certificate is not valid at this time"},
        {"no private key found", "keyFile is not the key of the certificate in certificateFile"},
        {
            "received NO_PROPOSAL_CHOSEN",
            "the far end takes none of our proposals (NO_PROPOSAL_CHOSEN): algorithms, or whether it knows this end"
        },
        {"received proposals unacceptable", "none of the far end's proposals is acceptable: algorithms"},
        {"no acceptable proposal found", "none of the far end's proposals is acceptable: algorithms, esn"},
        {"received TS_UNACCEPTABLE", "the far end refuses to carry all packets of IPv4 and IPv6 (TS_UNACCEPTABLE)"},
        {"no acceptable traffic selectors", "the far end's traffic selectors are not acceptable"},
        {"retransmit ", "the far end does not answer"},
        {"giving up after", "the far end does not answer"},
        {"peer not responding", "the far end does not answer"},
        {"unable to bind socket", "another IKE daemon runs in the namespace of the underlay: its port is taken"},
    };

    private final Map<String, String> remotes = new HashMap<>();
    private final Listener listener;

    /** What becomes of what a line means. */
    interface Listener {
        /**
         * Takes a reason.
         *
         * @param connection by its name; empty: that which has this far end.
         */
        void onFailure(String connection, String remote, String reason);
    }

    CharonLog(Listener listener) {
        this.listener = listener;
    }

    void onLine(String line) {
        Matcher parts = LINE.matcher(line);
        if (!parts.matches()) {
            return;
        }
        String thread = parts.group(1);
        String text = parts.group(4);
        Matcher received = RECEIVED.matcher(text);
        if (received.matches()) {
            remotes.put(thread, received.group(1)); // threads are few
            return;
        }
        for (String[] meaning : MEANINGS) {
            if (text.contains(meaning[0])) {
                String name = parts.group(3);
                boolean isNamed = name != null && !name.isEmpty() && !name.equals(UNNAMED);
                listener.onFailure(isNamed ? name : "", remotes.getOrDefault(thread, ""), meaning[1]);
                return;
            }
        }
    }
}
