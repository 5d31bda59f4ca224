package io.vireo.control.cli;

/** Times for people. */
public final class Times {

    private Times() {}

    /** An RFC 3339 time in UTC to the second. */
    public static String brief(String time) {
        return time.replaceFirst("\\.[0-9]+Z$", "Z");
    }
}
