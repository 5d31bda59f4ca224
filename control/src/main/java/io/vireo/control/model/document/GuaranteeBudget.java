package io.vireo.control.model.document;

import io.vireo.control.model.Bandwidth;
import io.vireo.control.model.Curve;
import io.vireo.dataplane.schedule.policy.CurveAdmission;
import io.vireo.dataplane.schedule.policy.ServiceCurve;
import org.jspecify.annotations.Nullable;

/** What a port, interface or class can guarantee to those directly below it, who take it one after the other. */
final class GuaranteeBudget {
    private final String owner;
    private final @Nullable CurveAdmission admission;
    private final String want;

    private GuaranteeBudget(String owner, @Nullable ServiceCurve curve, String want) {
        this.owner = owner;
        this.want = want;
        admission = curve == null ? null : new CurveAdmission(curve);
    }

    /** Of a port, which can guarantee its rate. */
    static GuaranteeBudget ofPort(String owner, @Nullable Bandwidth rate) {
        return new GuaranteeBudget(owner, rate == null ? null : ServiceCurve.linear(rate.bitsPerSecond()), "a rate");
    }

    /** Of an interface or a class, which can guarantee what it is guaranteed itself. */
    static GuaranteeBudget ofClass(String owner, @Nullable Curve guarantee) {
        return new GuaranteeBudget(owner, guarantee == null ? null : guarantee.service(), "a guarantee");
    }

    /** Takes a guarantee out. Returns null, or why it is not there to be taken. */
    @Nullable
    String refusalOf(String taker, Curve guarantee) {
        if (admission == null) {
            return "cannot be kept: " + owner + " has not " + want;
        }
        ServiceCurve curve = guarantee.service();
        admission.admit(curve);
        if (!admission.isExceeded()) {
            return null;
        }
        TimeScale scale = TimeScale.of(admission.tightestSpanNs());
        long wanted = scale.averageRate(curve);
        long left = Math.max(0, wanted + admission.rateLeftBitsPerSecond());
        admission.release(curve);
        return "does not fit: " + taker + " wants " + text(wanted) + scale.phrase() + ", and " + owner + " has "
                + text(left) + " left";
    }

    private static String text(long bitsPerSecond) {
        return bitsPerSecond == 0 ? "nothing" : new Bandwidth(bitsPerSecond).toString();
    }
}
