package io.vireo.control.view;

/** A capture that is running until it is closed. */
public interface Capture extends AutoCloseable {

    @Override
    void close();
}
