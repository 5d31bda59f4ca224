package io.vireo.dataplane.membership.policy;

import java.util.List;

/**
 * What becomes of the packets on a shared wire: first the VPN-IDs that hosts may put in themselves, then tuples, first match first, then
 * what none of them matches. Immutable.
 *
 * @param tuples first match first
 * @param allowedVpnIds VPN-IDs that packets may say; what says another one is dropped
 * @param otherwise what becomes of the rest
 * @param otherwiseVpnId its VPN-ID, if it goes to a {@link Otherwise#VPN}; else 0
 */
public record MemberList(
        List<MemberTuple> tuples, List<Integer> allowedVpnIds, Otherwise otherwise, int otherwiseVpnId) {
    /** More tuples than this for one wire are a mistake. */
    public static final int MAX_TUPLES = 16_384;

    /** As many interfaces share a wire at most. */
    public static final int MAX_ALLOWED = 256;

    /** What becomes of packets that no tuple matches. */
    public enum Otherwise {
        /** They are of the VPN of the interface that has the list. */
        OWN(0),
        /** They are dropped. */
        DROP(1),
        /** They are of another VPN. */
        VPN(2);

        private final int code;

        Otherwise(int code) {
            this.code = code;
        }

        /** Returns the number that stands for it in an image. */
        public int code() {
            return code;
        }
    }

    /** Refuses lists that are too long. */
    public MemberList {
        tuples = List.copyOf(tuples);
        allowedVpnIds = List.copyOf(allowedVpnIds);
        if (tuples.size() > MAX_TUPLES) {
            throw new IllegalArgumentException(tuples.size() + " tuples, at most " + MAX_TUPLES + " are possible");
        }
        if (allowedVpnIds.size() > MAX_ALLOWED) {
            throw new IllegalArgumentException(
                    allowedVpnIds.size() + " VPN-IDs, at most " + MAX_ALLOWED + " are possible");
        }
        if (otherwise != Otherwise.VPN && otherwiseVpnId != 0) {
            throw new IllegalArgumentException("a VPN-ID is given without a VPN for the rest");
        }
    }

    /** As workers look things up in it. */
    public long[] image() {
        return new MemberCompiler(this).compile();
    }
}
