package io.vireo.bench.linerate.search;

/** What the trials at one load say about it, for one goal: RFC 9971 §6.1.2. */
public enum LoadClass {
    /** The goal is met: however the trials that are still missing end. */
    LOWER_BOUND,
    /** The goal is missed: however the trials that are still missing end. */
    UPPER_BOUND,
    /** More trials must decide. */
    UNDECIDED
}
