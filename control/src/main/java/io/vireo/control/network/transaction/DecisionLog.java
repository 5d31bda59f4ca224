package io.vireo.control.network.transaction;

import java.util.List;

/** What was decided, kept: when a method returns, what it wrote survives the loss of the process and of power. Any thread may call. */
public interface DecisionLog {

    /**
     * Decides: keeps all parts, or none. Parts of earlier decisions for the same nodes are forgotten.
     *
     * @param token of who decides.
     * @throws LeadershipLostException when a newer leader has begun; nothing is kept then.
     */
    void decide(long token, long version, List<Part> parts) throws LeadershipLostException;

    /** The node has that part; without effect when a newer one took its place. */
    void complete(Part part);

    /** Parts that nodes do not have yet as far as is known. */
    List<Part> pending();

    /** Whether a version was decided, unless that was so long ago that it is forgotten. */
    boolean isDecided(long version);
}
