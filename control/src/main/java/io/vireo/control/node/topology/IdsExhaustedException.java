package io.vireo.control.node.topology;

/** All numbers of a kind are taken; the message names the kind, the limit and the key that got none. */
public final class IdsExhaustedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public IdsExhaustedException(IdRegistry.Kind kind, String key, int limit) {
        super("no number is left for " + kind + " " + key + ": all " + limit + " are taken");
    }
}
