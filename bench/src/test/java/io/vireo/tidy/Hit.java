package io.vireo.tidy;

/**
 * A place where a rule is broken.
 *
 * @param line from 1
 * @param what the text that breaks it
 */
record Hit(String path, int line, String what) {
    @Override
    public String toString() {
        return path + ":" + line + ": " + what;
    }
}
