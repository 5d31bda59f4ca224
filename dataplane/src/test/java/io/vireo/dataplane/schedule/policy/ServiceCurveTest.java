package io.vireo.dataplane.schedule.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class ServiceCurveTest {
    private static final long MILLISECOND = 1_000_000;

    @Test
    void shouldGiveAPacketItsDelayByAConcaveCurve() {
        // tc-hfsc(8): umax 1500b dmax 30ms rate 100kbit is m1 400kbit d 30ms m2 100kbit
        ServiceCurve curve = ServiceCurve.ofPacket(1_500, 30 * MILLISECOND, 100_000);
        assertThat(curve).isEqualTo(new ServiceCurve(400_000, 30 * MILLISECOND, 100_000));
        assertThat(curve.isConcave()).isTrue();
    }

    @Test
    void shouldGiveAPacketItsDelayByAConvexCurveWhenTheRateIsMoreThanEnough() {
        // 1500 B take 12 ms at 1 Mb/s, so nothing for the first 8 of 20 ms
        ServiceCurve curve = ServiceCurve.ofPacket(1_500, 20 * MILLISECOND, 1_000_000);
        assertThat(curve).isEqualTo(new ServiceCurve(0, 8 * MILLISECOND, 1_000_000));
        assertThat(ServiceCurve.ofPacket(1_500, 12 * MILLISECOND, 1_000_000)).isEqualTo(ServiceCurve.linear(1_000_000));
    }

    @Test
    void shouldRefuseWithTheFieldAndTheNumbers() {
        refuse("m2", 8_000, 0, 0);
        refuse("m2", 8_000, 1, -8_000);
        refuse("m2", 8_000, 1, ServiceCurve.MAX_RATE + 1);
        refuse("m1", -1, 1, 8_000);
        refuse("m1", 7_999, 1, 8_000);
        refuse("d must be given", 16_000, 0, 8_000);
        refuse("d must be given", 0, 0, 8_000);
        refuse("d must be from", 16_000, -1, 8_000);
        refuse("d must be from", 16_000, ServiceCurve.MAX_SPAN_NS + 1, 8_000);
        refuse("twelve days", ServiceCurve.MAX_RATE, ServiceCurve.MAX_SPAN_NS, 8_000);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ServiceCurve.ofPacket(0, 1, 8_000))
                .withMessageContaining("largest packet");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ServiceCurve.ofPacket(1_500, 1, 0))
                .withMessageContaining("m1");
    }

    private static void refuse(String reason, long first, long span, long second) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ServiceCurve(first, span, second))
                .withMessageContaining(reason)
                .withMessageContaining(Long.toString(second));
    }
}
