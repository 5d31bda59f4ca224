package io.vireo.dataplane.wire.code;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vireo.dataplane.schedule.QueueVerdict;
import io.vireo.dataplane.wire.counters.SystemCounter;
import io.vireo.dataplane.wire.layout.SharedLayout;
import io.vireo.dataplane.wire.sbe.AddressFamilyCode;
import io.vireo.dataplane.wire.sbe.AddressUseCode;
import io.vireo.dataplane.wire.sbe.DelayDistributionCode;
import io.vireo.dataplane.wire.sbe.DirectionCode;
import io.vireo.dataplane.wire.sbe.EncapsulationCode;
import io.vireo.dataplane.wire.sbe.InterfaceKindCode;
import io.vireo.dataplane.wire.sbe.PortStateCode;
import io.vireo.dataplane.wire.sbe.RouteKindCode;
import io.vireo.dataplane.wire.sbe.TraceStageCode;
import io.vireo.dataplane.wire.sbe.VerdictCode;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The enums of the API and those of the schema are the same. */
class CodesTest {

    @Test
    void shouldGiveTheEnumsTheCodesOfTheSchema() {
        assertThat(codes(AddressFamily.values(), AddressFamily::code))
                .isEqualTo(codes(AddressFamilyCode.values(), AddressFamilyCode::value));
        assertThat(codes(AddressUse.values(), AddressUse::code))
                .isEqualTo(codes(AddressUseCode.values(), AddressUseCode::value));
        assertThat(codes(Encapsulation.values(), Encapsulation::code))
                .isEqualTo(codes(EncapsulationCode.values(), EncapsulationCode::value));
        assertThat(codes(InterfaceKind.values(), InterfaceKind::code))
                .isEqualTo(codes(InterfaceKindCode.values(), InterfaceKindCode::value));
        assertThat(codes(RouteKind.values(), RouteKind::code))
                .isEqualTo(codes(RouteKindCode.values(), RouteKindCode::value));
        assertThat(codes(CommandResult.values(), CommandResult::code))
                .isEqualTo(codes(
                        io.vireo.dataplane.wire.sbe.ResultCode.values(),
                        io.vireo.dataplane.wire.sbe.ResultCode::value));
        assertThat(codes(PortState.values(), PortState::code))
                .isEqualTo(codes(PortStateCode.values(), PortStateCode::value));
        assertThat(codes(TraceStage.values(), TraceStage::code))
                .isEqualTo(codes(TraceStageCode.values(), TraceStageCode::value));
        assertThat(codes(DelayDistribution.values(), DelayDistribution::code))
                .isEqualTo(codes(DelayDistributionCode.values(), DelayDistributionCode::value));
        assertThat(codes(Verdict.values(), Verdict::code)).isEqualTo(codes(VerdictCode.values(), VerdictCode::value));
        assertThat(codes(Direction.values(), Direction::code))
                .isEqualTo(codes(DirectionCode.values(), DirectionCode::value));
    }

    @Test
    void shouldFindEachConstantByItsCode() {
        assertFindsAll(AddressFamily.values(), AddressFamily::code, AddressFamily::ofCode);
        assertFindsAll(AddressUse.values(), AddressUse::code, AddressUse::ofCode);
        assertFindsAll(Encapsulation.values(), Encapsulation::code, Encapsulation::ofCode);
        assertFindsAll(InterfaceKind.values(), InterfaceKind::code, InterfaceKind::ofCode);
        assertFindsAll(RouteKind.values(), RouteKind::code, RouteKind::ofCode);
        assertFindsAll(CommandResult.values(), CommandResult::code, CommandResult::ofCode);
        assertFindsAll(PortState.values(), PortState::code, PortState::ofCode);
        assertFindsAll(TraceStage.values(), TraceStage::code, TraceStage::ofCode);
        assertFindsAll(Verdict.values(), Verdict::code, Verdict::ofCode);
        assertFindsAll(DelayDistribution.values(), DelayDistribution::code, DelayDistribution::ofCode);
        assertFindsAll(Direction.values(), Direction::code, Direction::ofCode);
        assertFindsAll(DropReason.values(), DropReason::code, DropReason::ofCode);
        assertFindsAll(PuntReason.values(), PuntReason::code, PuntReason::ofCode);
        assertFindsAll(ClassDropReason.values(), ClassDropReason::code, ClassDropReason::ofCode);
    }

    @Test
    void shouldNameTheVerdictsOfTheScheduler() {
        for (QueueVerdict verdict : QueueVerdict.values()) {
            ClassDropReason reason = ClassDropReason.ofCode(verdict.index());
            assertThat(reason == null).isEqualTo(verdict == QueueVerdict.QUEUED);
            if (reason != null) {
                assertThat(reason.name()).isEqualTo(verdict.name());
                assertThat(reason.description()).isEqualTo(verdict.sentence());
                assertThat(reason.code()).isBetween(1, SharedLayout.CLASS_DROPS_COUNT - 1);
            }
        }
    }

    @Test
    void shouldLeaveRoomForEachDropReasonAndCountThemFromZero() {
        assertThat(Arrays.stream(DropReason.values()).mapToInt(DropReason::code).toArray())
                .containsExactly(indices(DropReason.values().length));
        assertThat(Arrays.stream(PuntReason.values()).mapToInt(PuntReason::code).toArray())
                .containsExactly(indices(PuntReason.values().length));
        assertThat(Arrays.stream(PuntClass.values()).mapToInt(PuntClass::code).toArray())
                .containsExactly(indices(PuntClass.values().length));
        assertThat(PuntClass.values()).hasSizeLessThan(SharedLayout.MAX_PUNT_CLASSES); // one is the router's own
        assertThat(Arrays.stream(PuntClass.values()).map(PuntClass::dropReason)).doesNotHaveDuplicates();
        assertThat(DropReason.values()).hasSizeLessThanOrEqualTo(SharedLayout.MAX_DROP_REASONS);
    }

    @Test
    void shouldDescribeEachReasonAndCounterInASentenceOfItsOwn() {
        assertThat(Arrays.stream(DropReason.values()).map(DropReason::description))
                .doesNotHaveDuplicates()
                .allMatch(sentence -> sentence.length() > 5);
        assertThat(Arrays.stream(PuntReason.values()).map(PuntReason::description))
                .doesNotHaveDuplicates()
                .allMatch(sentence -> sentence.length() > 5);
        assertThat(Arrays.stream(SystemCounter.values()).map(SystemCounter::description))
                .doesNotHaveDuplicates()
                .allMatch(sentence -> sentence.length() > 5);
    }

    @Test
    void shouldRefuseACodeGivenTwice() {
        assertThatThrownBy(() -> new CodeTable<>(Verdict.values(), verdict -> 1))
                .hasMessageContaining("code=1 twice");
    }

    private static int[] indices(int count) {
        var indices = new int[count];
        Arrays.setAll(indices, i -> i);
        return indices;
    }

    private static <E extends Enum<E>> Map<String, Integer> codes(E[] constants, ToIntFunction<E> code) {
        Map<String, Integer> codes = new LinkedHashMap<>();
        for (E constant : constants) {
            if (!constant.name().equals("NULL_VAL")) {
                codes.put(constant.name(), code.applyAsInt(constant));
            }
        }
        return codes;
    }

    private static <E extends Enum<E>> void assertFindsAll(
            E[] constants, ToIntFunction<E> codeOf, IntFunction<@Nullable E> ofCode) {
        int found = 0;
        for (int code = -300; code < 300; code++) {
            E constant = ofCode.apply(code);
            if (constant != null) {
                assertThat(codeOf.applyAsInt(constant)).isEqualTo(code);
                found++;
            }
        }
        assertThat(found).isEqualTo(constants.length);
    }
}
