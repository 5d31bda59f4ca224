package io.vireo.dataplane.conductor;

import static io.vireo.dataplane.ClassRig.guarantee;
import static org.assertj.core.api.Assertions.assertThat;

import io.vireo.dataplane.ClassRig;
import io.vireo.dataplane.schedule.policy.ClassFilterCompiler;
import io.vireo.dataplane.schedule.policy.ClassFilterRule;
import io.vireo.dataplane.wire.value.ClassSpec;
import io.vireo.dataplane.wire.value.SchedulingDigest;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Control is told what is scheduled, so that it can compare. */
class SchedulingDumpTest {
    private final ClassRig rig = new ClassRig();

    @BeforeEach
    void build() {
        rig.port(0, 0, 2);
        rig.port(1, 2, 1);
        rig.proxy.classes().setPortRate(1, 0, 50_000_000, 20);
        rig.proxy.classes().setQuota(2, 7, 500, 1_000_000);
        rig.proxy.classes().addClass(3, 10, 0, 0, 1, guarantee(30_000_000).quota(7), "top");
        rig.proxy.classes().addClass(4, 11, 10, 0, 1, guarantee(10_000_000), "leaf");
        rig.proxy.classes().setClassFilter(5, 1, 11, image());
        rig.settle();
    }

    @AfterEach
    void everyBufferComesHome() {
        rig.close();
    }

    private static long[] image() {
        return ClassFilterCompiler.compile(List.of(ClassFilterRule.to(10).withDscp(46)), 11);
    }

    private List<String> dump() {
        rig.events.scheduling.clear();
        rig.proxy.classes().dumpScheduling(60);
        rig.settle();
        assertThat(rig.events.dumps).containsEntry(60L, (long) rig.events.scheduling.size());
        return rig.events.scheduling;
    }

    @Test
    void shouldTellRatesQuotasClassesAndFilters() {
        ClassSpec top = guarantee(30_000_000).quota(7);
        assertThat(dump())
                .containsExactly(
                        "rate 0 50000000 20",
                        "quota 7 500 1000000",
                        "class 10 0 0 1 " + SchedulingDigest.of(top),
                        "class 11 10 0 1 " + SchedulingDigest.of(guarantee(10_000_000)),
                        "filter 1 11 " + SchedulingDigest.of(image(), 0, image().length));
    }

    @Test
    void shouldTellNothingOfWhatWasTakenAway() {
        rig.proxy.classes().setClassFilter(5, 1, 0, new long[0]);
        rig.proxy.classes().removeClass(6, 11);
        rig.proxy.classes().removeClass(6, 10);
        rig.proxy.classes().setQuota(2, 7, 0, 0);
        rig.proxy.classes().setPortRate(1, 0, 0, 20);
        assertThat(dump()).isEmpty();
    }

    @Test
    void shouldShowAnAlterationByItsDigest() {
        rig.proxy.classes().addClass(4, 11, 10, 0, 1, guarantee(10_000_001), "leaf");
        rig.proxy.classes().setClassFilter(5, 1, 11, new long[0]);
        assertThat(dump()).contains("class 11 10 0 1 " + SchedulingDigest.of(guarantee(10_000_001)), "filter 1 11 0");
    }
}
