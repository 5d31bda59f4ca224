package io.vireo.control.supervisor;

import java.util.List;

/** What one supervisor keeps running: its processes, in the order in which they start, and how it is called. */
public enum Installation {
    /** A node: its packets, and its control. */
    NODE("node"),

    /** The controller of a network, which moves no packets. */
    CONTROLLER("controller");

    private final String label;

    Installation(String label) {
        this.label = label;
    }

    /** Its name for people, and on the supervisor's command line. */
    String label() {
        return label;
    }

    /** What people call the one of that name. */
    String title(String name) {
        return label.equals(name) ? label : label + " " + name;
    }

    /** The services that the supervisor keeps. */
    List<String> services() {
        return switch (this) {
            case NODE -> List.of("dataplane", "control");
            case CONTROLLER -> List.of("controller");
        };
    }

    /** The one of that label. */
    static Installation labelled(String label) {
        for (Installation installation : values()) {
            if (installation.label.equals(label)) {
                return installation;
            }
        }
        throw new IllegalArgumentException("there is no installation " + label);
    }
}
