package io.vireo.control.model;

/**
 * Which virtual router of the node.
 *
 * @param vpn    name of its VPN.
 * @param router its name there.
 */
public record RouterPath(String vpn, String router) {

    /**
     * Parses {@code VPN/ROUTER}.
     *
     * @throws IllegalArgumentException when it is not of that form.
     */
    public static RouterPath parse(String text) {
        int slash = text.indexOf('/');
        if (slash <= 0 || slash == text.length() - 1 || text.indexOf('/', slash + 1) >= 0) {
            throw new IllegalArgumentException("'" + text + "' is not a virtual router such as blue/r1");
        }
        return new RouterPath(text.substring(0, slash), text.substring(slash + 1));
    }

    @Override
    public String toString() {
        return vpn + "/" + router;
    }
}
