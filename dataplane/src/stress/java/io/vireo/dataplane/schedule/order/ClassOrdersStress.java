package io.vireo.dataplane.schedule.order;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Description;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/**
 * Orders about classes and their answers. One pair of rings for all states; each turn of the conductor sends an order, before
 * which it writes a word plainly, as it leaves a scheduler in its slot or a filter in its memory.
 */
public final class ClassOrdersStress {
    private static final int WORKER = 0;

    /** Fewer than fill the ring of answers: one that finds no room is lost, as {@link ClassOrders#answer} says. */
    private static final int MAX_UNANSWERED = 1_000;

    private ClassOrdersStress() {}

    /** The rings, and what conductor and worker write beside them. */
    private static final class Shared implements ClassOrders.OrderHandler, ClassOrders.AnswerHandler {
        private final ClassOrders orders = new ClassOrders(1);
        private final ClassOrders.Orders orderReader = new ClassOrders.Orders(this);
        private final ClassOrders.Answers answerReader = new ClassOrders.Answers(this);
        private final ClassOrder order = new ClassOrder();
        private final long[] positions = new long[1];

        /** Plain: written by the conductor before it sends an order, read by the worker when it carries it out. */
        private long slot;

        /** Plain: written by the worker when it carries out an order, read by the conductor when that is done. */
        private long effect;

        private long sent;
        private long noted;
        private long carriedOut;
        private long answered;
        private boolean isBroken;
        private boolean isAnswerBroken;

        void send() {
            if (orders.room() > 0 && sent - answered < MAX_UNANSWERED) {
                slot = ++sent;
                order.begin(ClassOrder.RATE, 1, sent);
                order.amount = -sent;
                orders.send(WORKER, order);
            }
        }

        @Override
        public void onOrder(ClassOrder received) {
            carriedOut++;
            isBroken |= received.correlationId != carriedOut || received.amount != -carriedOut || slot < carriedOut;
            effect = carriedOut;
            orders.answer(WORKER, received, AnswerCode.DETACHED);
        }

        @Override
        public void onAnswer(ClassOrder received, int changeCode) {
            answered++;
            isAnswerBroken |= received.correlationId != answered
                    || received.amount != -answered
                    || effect < answered
                    || changeCode != AnswerCode.DETACHED;
        }
    }

    @JCStressTest
    @Description("The conductor sends an order and reads answers while the worker carries out orders.")
    @Outcome(id = "0, [01]", expect = ACCEPTABLE, desc = "No order yet; answers to earlier ones, or none.")
    @Outcome(
            id = "1, [01]",
            expect = ACCEPTABLE,
            desc = "Orders came whole, in order, with what was written before; answers, or none yet.")
    @State
    public static class OrderAndAnswer {
        private static final Shared SHARED = new Shared();

        @Actor
        public void conductor(II_Result r) {
            SHARED.send();
            int answers = SHARED.orders.pollAnswers(SHARED.answerReader);
            r.r2 = SHARED.isAnswerBroken ? -1 : Integer.signum(answers);
        }

        @Actor
        public void worker(II_Result r) {
            int carriedOut = SHARED.orders.poll(WORKER, SHARED.orderReader);
            r.r1 = SHARED.isBroken ? -1 : Integer.signum(carriedOut);
        }
    }

    @JCStressTest
    @Description(
            "A barrier: the conductor asks whether orders it has noted are carried out, and then looks at their effect.")
    @Outcome(id = "0, [01]", expect = ACCEPTABLE, desc = "Not yet carried out.")
    @Outcome(id = "1, [01]", expect = ACCEPTABLE, desc = "Carried out: the effect is seen.")
    @State
    public static class Barrier {
        private static final Shared SHARED = new Shared();

        @Actor
        public void conductor(II_Result r) {
            boolean isCarriedOut = SHARED.orders.isCarriedOut(SHARED.positions, 0);
            if (isCarriedOut) {
                r.r1 = SHARED.effect >= SHARED.noted ? 1 : -1;
                SHARED.send();
                SHARED.orders.note(SHARED.positions, 0);
                SHARED.noted = SHARED.sent;
            }
            SHARED.orders.pollAnswers(SHARED.answerReader);
        }

        @Actor
        public void worker(II_Result r) {
            int carriedOut = SHARED.orders.poll(WORKER, SHARED.orderReader);
            r.r2 = SHARED.isBroken ? -1 : Integer.signum(carriedOut);
        }
    }
}
