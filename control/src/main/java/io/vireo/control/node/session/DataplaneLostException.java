package io.vireo.control.node.session;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/** The data plane died while it was told something. It will be told everything when the next one has started. */
public final class DataplaneLostException extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private static final Logger LOG = System.getLogger(DataplaneLostException.class.getName());

    DataplaneLostException(String message) {
        super(message);
    }

    /**
     * For an answer that does not come because the data plane was lost: whoever drops the session tells of that. Any other
     * failure is one of ours, and logged.
     */
    static @Nullable public Void ignore(Throwable failure) {
        if (!isCauseOf(failure)) {
            LOG.log(Level.ERROR, "An answer of the data plane could not be handled", failure);
        }
        return null;
    }

    /** Whether an answer failed to come because the data plane was lost. */
    public static boolean isCauseOf(Throwable failure) {
        Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
        return cause instanceof DataplaneLostException;
    }
}
