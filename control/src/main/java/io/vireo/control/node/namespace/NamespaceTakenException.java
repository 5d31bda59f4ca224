package io.vireo.control.node.namespace;

/** The name of a namespace is that of another node's. Nothing of it was touched. */
public final class NamespaceTakenException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    NamespaceTakenException(String name, String node) {
        super(describe(name, node));
    }

    /** The refusal in words, for who finds out before trying. */
    public static String describe(String name, String node) {
        return "would have the network namespace " + name + ", which belongs to node " + node
                + " on this machine; choose another name";
    }
}
