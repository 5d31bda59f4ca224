package io.vireo.control.node.session;

import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/**
 * Tells which interfaces the data plane takes frames for: not when it is told to open them, but when its workers see it.
 * Only the node agent's thread uses it.
 */
final class OpenInterfaces {
    private final Supplier<? extends CompletionStage<?>> fence;
    private final Listener listener;
    private final Set<Integer> reported = new HashSet<>();
    private final Set<Integer> fenced = new HashSet<>();
    private boolean isFenced;

    /** What follows. */
    interface Listener {
        /** Frames for these interfaces are taken from now on. */
        void onOpen(Set<Integer> interfaceIds);

        /** Frames for this interface will soon be taken no more. */
        void onClosing(int interfaceId);
    }

    /** @param fence completes when the workers see what was told before */
    OpenInterfaces(Supplier<? extends CompletionStage<?>> fence, Listener listener) {
        this.fence = fence;
        this.listener = listener;
    }

    /** The data plane has been told to open an interface. */
    void opened(int interfaceId) {
        reported.add(interfaceId);
    }

    /** The data plane is about to be told to close or remove an interface. */
    void closing(int interfaceId) {
        reported.remove(interfaceId);
        fenced.remove(interfaceId);
        listener.onClosing(interfaceId);
    }

    /** Goes on; all that were told by now share one fence. */
    void doWork() {
        if (!isFenced && !reported.isEmpty()) {
            isFenced = true;
            fenced.addAll(reported);
            reported.clear();
            fence.get().thenAccept(passed -> onPassed()).exceptionally(DataplaneLostException::ignore);
        }
    }

    private void onPassed() {
        isFenced = false;
        listener.onOpen(Set.copyOf(fenced));
        fenced.clear();
    }
}
