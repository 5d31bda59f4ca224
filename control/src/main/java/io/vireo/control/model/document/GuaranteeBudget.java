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

    private GuaranteeBudget(final String owner, final @Nullable ServiceCurve curve, final String want) {
        this.owner = owner;
        this.want = want;
        admission = curve == null ? null : new CurveAdmission(curve);
    }

    /** Of a port, which can guarantee its rate. */
    static GuaranteeBudget ofPort(final String owner, final @Nullable Bandwidth rate) {
        return new GuaranteeBudget(owner, rate == null ? null : ServiceCurve.linear(rate.bitsPerSecond()), "a rate");
    }

    /** Of an interface or a class, which can guarantee what it is guaranteed itself. */
    static GuaranteeBudget ofClass(final String owner, final @Nullable Curve guarantee) {
        return new GuaranteeBudget(owner, guarantee == null ? null : guarantee.service(), "a guarantee");
    }

    /** Takes a guarantee out. Returns null, or why it is not there to be taken. */
    @Nullable
    String refusalOf(final String taker, final Curve guarantee) {
        if (admission == null) {
            return "cannot be kept: " + owner + " has not " + want;
        }
        final ServiceCurve curve = guarantee.service();
        admission.admit(curve);
        if (!admission.isExceeded()) {
            return null;
        }
        final TimeScale scale = TimeScale.of(admission.tightestSpanNs());
        final long wanted = scale.averageRate(curve);
        final long left = Math.max(0, wanted + admission.rateLeftBitsPerSecond());
        admission.release(curve);
        return "does not fit: " + taker + " wants " + text(wanted) + scale.phrase() + ", and " + owner + " has "
                + text(left) + " left";
    }

    private static String text(final long bitsPerSecond) {
        return bitsPerSecond == 0 ? "nothing" : new Bandwidth(bitsPerSecond).toString();
    }
}
