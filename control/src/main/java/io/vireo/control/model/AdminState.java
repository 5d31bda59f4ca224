package io.vireo.control.model;

/** Whether the operator wants an interface to carry packets. */
public enum AdminState {
    UP,
    DOWN
}
