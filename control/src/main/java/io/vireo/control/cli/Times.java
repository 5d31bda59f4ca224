package io.vireo.control.cli;

/** Times for people. */
final class Times {

    private Times() {}

    /** An RFC 3339 time in UTC to the second. */
    static String brief(String time) {
        return time.replaceFirst("\\.[0-9]+Z$", "Z");
    }
}
