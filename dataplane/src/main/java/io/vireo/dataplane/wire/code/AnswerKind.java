package io.vireo.dataplane.wire.code;

/** What the data plane does by itself with packets that it cannot forward, in place of the kernel. New ones go to the end. */
public enum AnswerKind {
    ARP(0, "arp: replies to ARP requests for a router's addresses"),
    NEIGHBOUR(1, "neighbour: advertisements in answer to IPv6 neighbour solicitations"),
    ECHO(2, "echo: replies to ping"),
    FRAGMENTED(3, "fragmented: packets longer than the MTU, sent in fragments"),
    ERROR(4, "error: ICMP errors, such as time exceeded or destination unreachable"),
    REASSEMBLED(5, "reassembled: packets of tunnels that came in fragments, put together");

    private final int code;
    private final String description;

    AnswerKind(int code, String description) {
        this.code = code;
        this.description = description;
    }

    /** Returns the number that stands for it in statistics. Never reused for another meaning. */
    public int code() {
        return code;
    }

    /** Returns the name that users read. */
    public String label() {
        return description.substring(0, description.indexOf(':'));
    }
}
