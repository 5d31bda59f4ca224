package io.vireo.control.node.keys;

import io.vireo.control.node.session.DataplaneAnswers;
import io.vireo.control.view.DataplaneAbsentException;
import io.vireo.dataplane.wire.value.SecurityAssociationState;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Collects the states of a data plane's keys. */
final class KeyDump implements DataplaneAnswers.Dump {
    private final CompletableFuture<List<Row>> answer = new CompletableFuture<>();
    private final List<Row> rows = new ArrayList<>();

    /** As {@link SecurityAssociationState}, to keep. */
    record Row(
            int interfaceId,
            boolean isOutbound,
            long spi,
            int ageSeconds,
            boolean isEnded,
            long packets,
            long bytes,
            long forged,
            long replays) {

        private static Row of(SecurityAssociationState state) {
            return new Row(
                    state.interfaceId(),
                    state.isOutbound(),
                    Integer.toUnsignedLong(state.spi()),
                    state.ageSeconds(),
                    state.isEnded(),
                    state.packets(),
                    state.bytes(),
                    state.forged(),
                    state.replays());
        }
    }

    CompletableFuture<List<Row>> answer() {
        return answer;
    }

    @Override
    public void onAssociation(SecurityAssociationState state) {
        rows.add(Row.of(state));
    }

    @Override
    public void onEnd(long entries) {
        if (entries == rows.size()) {
            answer.complete(List.copyOf(rows));
        } else {
            onFailure("events were lost: " + rows.size() + " of " + entries + " keys were reported");
        }
    }

    @Override
    public void onFailure(String reason) {
        answer.completeExceptionally(new DataplaneAbsentException(reason));
    }
}
