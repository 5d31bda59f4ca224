package io.vireo.control.model;

/**
 * Something that is wrong with a configuration.
 *
 * @param path   the field, such as {@code vpns[0].routers[1].interfaces[0].vlan}; empty for the document as a whole.
 * @param value  what stands there, as it was written; empty when nothing does.
 * @param reason what is wrong, as the rest of a sentence that begins with the path.
 * @param line   line of the document, from 1, or 0 when it is not known.
 * @param column column of the document, from 1, or 0 when it is not known.
 */
public record Problem(String path, String value, String reason, int line, int column) {

    /** A problem whose place in the document is not known. */
    public static Problem at(String path, String reason) {
        return new Problem(path, "", reason, 0, 0);
    }

    /** One line for people: {@code line 7: vpns[0].id: VPN-ID 101 is already that of VPN red (got '101')}. */
    @Override
    public String toString() {
        StringBuilder out = new StringBuilder();
        if (line > 0) {
            out.append("line ").append(line).append(", column ").append(column).append(": ");
        }
        if (!path.isEmpty()) {
            out.append(path).append(": ");
        }
        out.append(reason);
        if (!value.isEmpty() && !reason.contains("'" + value + "'")) {
            out.append(" (got '").append(value).append("')");
        }
        return out.toString();
    }
}
