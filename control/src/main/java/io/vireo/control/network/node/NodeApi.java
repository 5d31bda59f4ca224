package io.vireo.control.network.node;

/** What a node does for a transaction. Each call is idempotent. Any thread may call. */
public interface NodeApi {

    /**
     * Holds a document for a commit.
     *
     * @return the version that is current there.
     * @throws NodeRefusedException when the node does not; then nothing is held by that id unless it was before.
     * @throws NodeAwayException when it did not answer in time.
     */
    long reserve(NodeReservation reservation) throws NodeRefusedException, NodeAwayException;

    /**
     * Applies what is held.
     *
     * @return the version that it became.
     * @throws NotHeldException when nothing is held by that id, nor was committed.
     */
    long commit(String id, long token) throws NotHeldException, NodeRefusedException, NodeAwayException;

    /** Ends what is held; without effect when it is not. */
    void release(String id, long token) throws NodeRefusedException, NodeAwayException;
}
