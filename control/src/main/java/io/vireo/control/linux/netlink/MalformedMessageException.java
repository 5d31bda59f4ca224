package io.vireo.control.linux.netlink;

/** A netlink message whose lengths contradict each other; the kernel sends none, so the stream is not to be trusted. */
public final class MalformedMessageException extends RuntimeException {
    MalformedMessageException(String message) {
        super(message);
    }
}
