package io.vireo.control.node.mirror;

import io.vireo.dataplane.wire.value.NextHops;

/** Why a prefix is left to Linux that the data plane would forward if it could do all that Linux can. */
enum PuntCause {
    POLICY_RULE("policy rules decide about it"),
    LOCAL_TABLE("a wider prefix of the table 'local' is asked first"),
    DEFAULT_TABLE("the table 'default' is asked too"),
    SOURCE("a route is for some sources only"),
    TYPE_OF_SERVICE("a route is for one type of service only"),
    LIFETIME("a route expires"),
    MTU("a route has an MTU of its own"),
    INGRESS("of several equal routes Linux takes one by the ingress interface"),
    NEXT_HOPS("a route has more than " + NextHops.MAX + " next hops"),
    ENCAPSULATION("a route puts on a header, MPLS or another");

    private final String text;

    PuntCause(String text) {
        this.text = text;
    }

    String text() {
        return text;
    }
}
