package io.vireo.control.node.reconcile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vireo.control.model.Problem;
import io.vireo.control.view.ApplyRefusedException;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class InParallelTest {
    private static final List<Integer> ELEMENTS =
            IntStream.range(0, 1_000).boxed().toList();

    @Test
    void shouldDoEachElementOnce() throws ApplyRefusedException {
        Set<Integer> done = Collections.synchronizedSet(new HashSet<>());
        AtomicInteger count = new AtomicInteger();
        InParallel.forEach(ELEMENTS, element -> {
            done.add(element);
            count.incrementAndGet();
        });
        assertThat(count).hasValue(1_000);
        assertThat(done).hasSize(1_000);
        InParallel.forEach(List.of(), element -> {
            throw new IllegalStateException("nothing is to be done");
        });
    }

    @Test
    void shouldThrowTheFirstRefusalAndBeginNothingFurther() {
        AtomicInteger count = new AtomicInteger();
        assertThatThrownBy(() -> InParallel.forEach(ELEMENTS, element -> {
                    count.incrementAndGet();
                    throw new ApplyRefusedException(List.of(Problem.at("vpns[" + element + "]", "refused")));
                }))
                .isInstanceOfSatisfying(
                        ApplyRefusedException.class,
                        refused ->
                                assertThat(refused.problems().getFirst().path()).isEqualTo("vpns[0]"));
        assertThat(count.get()).isLessThan(10);
    }

    @Test
    void shouldThrowWhatIsNoRefusal() {
        assertThatThrownBy(() -> InParallel.forEach(ELEMENTS, element -> {
                    if (element == 500) {
                        throw new IllegalStateException("a fault of ours");
                    }
                }))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("a fault of ours");
    }
}
