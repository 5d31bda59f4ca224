package io.vireo.dataplane.wire.ring;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE_INTERESTING;

import io.vireo.dataplane.Slots;
import java.nio.ByteBuffer;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.MessageHandler;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.concurrent.ringbuffer.ManyToOneRingBuffer;
import org.agrona.concurrent.ringbuffer.RingBufferDescriptor;
import org.agrona.concurrent.status.AtomicCounter;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Description;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.III_Result;
import org.openjdk.jcstress.infra.results.II_Result;
import org.openjdk.jcstress.infra.results.I_Result;

/** The command ring and the inject rings: {@link Claim} by many producers, and {@link DeadProducerGuard} for one that dies. */
public final class ClaimStress {
    private static final int RING_BYTES = 1024 + RingBufferDescriptor.TRAILER_LENGTH;
    private static final int COUNTER_BYTES = 256;
    private static final int STATE_BYTES = RING_BYTES + COUNTER_BYTES;

    private static final Slots SLOTS = new Slots();
    private static final UnsafeBuffer MEMORY = new UnsafeBuffer(ByteBuffer.allocateDirect(Slots.COUNT * STATE_BYTES));
    private static final int BODY_BYTES = 2 * Integer.BYTES;

    private ClaimStress() {}

    /** A ring whose messages are a number, twice: half a message would show two different ones. */
    abstract static class NumberRing implements MessageHandler {
        final UnsafeBuffer counter;
        final ManyToOneRingBuffer ring;
        private final Claim claim;
        int seen;

        NumberRing() {
            int index = SLOTS.next() * STATE_BYTES;
            MEMORY.setMemory(index, STATE_BYTES, (byte) 0);
            counter = new UnsafeBuffer(MEMORY, index + RING_BYTES, COUNTER_BYTES);
            ring = new ManyToOneRingBuffer(new UnsafeBuffer(MEMORY, index, RING_BYTES));
            claim = new Claim(ring, 0, () -> 0);
        }

        final int claim() {
            return claim.tryClaim(BODY_BYTES);
        }

        final void fill(int index, int number) {
            claim.buffer().putInt(index, number);
            claim.buffer().putInt(index + Integer.BYTES, number);
        }

        final void send(int number) {
            int index = claim();
            fill(index, number);
            claim.commit(index);
        }

        /** Appends the number to those seen, as a decimal digit; 9 for half a message. */
        @Override
        public final void onMessage(int type, MutableDirectBuffer buffer, int index, int length) {
            int number = buffer.getInt(index);
            seen = seen * 10 + (buffer.getInt(index + Integer.BYTES) == number ? number : 9);
        }
    }

    @JCStressTest
    @Description("Two threads of control send a command each.")
    @Outcome(id = "12", expect = ACCEPTABLE, desc = "The first claimed before the second.")
    @Outcome(id = "21", expect = ACCEPTABLE, desc = "The second claimed before the first.")
    @State
    public static class TwoProducers extends NumberRing {
        @Actor
        public void first() {
            send(1);
        }

        @Actor
        public void second() {
            send(2);
        }

        @Arbiter
        public void conductor(I_Result r) {
            ring.read(this);
            r.r1 = seen;
        }
    }

    @JCStressTest
    @Description("The conductor reads while a producer claims, writes and commits.")
    @Outcome(id = "0, 1", expect = ACCEPTABLE, desc = "Read before the commit: nothing is there yet; it is read later.")
    @Outcome(id = "1, 1", expect = ACCEPTABLE, desc = "Read after the commit: all of the message is seen, once.")
    @State
    public static class ProducerAndConsumer extends NumberRing {
        @Actor
        public void producer() {
            send(1);
        }

        @Actor
        public void conductor(II_Result r) {
            ring.read(this);
            r.r1 = seen;
        }

        @Arbiter
        public void later(II_Result r) {
            ring.read(this);
            r.r2 = seen;
        }
    }

    /** The guard, and a clock that has gone past its timeout whenever it is asked twice. */
    abstract static class GuardedRing extends NumberRing {
        final AtomicCounter unblocked = new AtomicCounter(counter, 0);
        private final DeadProducerGuard guard = new DeadProducerGuard(ring, unblocked);
        private long nowNs;

        /** What the conductor does when it has found nothing for longer than the timeout. */
        final void readPatiently() {
            for (int round = 0; round < 3; round++) {
                if (ring.read(this) == 0) {
                    guard.onIdle(nowNs);
                }
                nowNs += DeadProducerGuard.TIMEOUT_NS + 1;
            }
        }
    }

    @JCStressTest
    @Description(
            "A producer died between claim and commit; another sends behind its hole while the conductor unblocks it.")
    @Outcome(
            id = "0, 2",
            expect = ACCEPTABLE,
            desc = "The live message was committed after the conductor looked; read later.")
    @Outcome(
            id = "2, 2",
            expect = ACCEPTABLE,
            desc = "The hole became padding, and the live message behind it was read.")
    @State
    public static class DeadProducer extends GuardedRing {
        public DeadProducer() {
            fill(claim(), 1);
        }

        @Actor
        public void producer() {
            send(2);
        }

        @Actor
        public void conductor(II_Result r) {
            readPatiently();
            r.r1 = seen;
        }

        @Arbiter
        public void later(II_Result r) {
            readPatiently();
            r.r2 = seen;
        }
    }

    @JCStressTest
    @Description(
            "A producer that was stopped for longer than the timeout commits while the conductor unblocks its claim.")
    @Outcome(
            id = "1, 0, 0",
            expect = ACCEPTABLE,
            desc = "It committed first: its message is read, nothing is unblocked.")
    @Outcome(
            id = "0, 1, 1",
            expect = ACCEPTABLE,
            desc =
                    "The claim was unblocked first; Agrona refuses the late commit with an exception, so the producer knows.")
    @Outcome(
            id = "0, 1, 0",
            expect = ACCEPTABLE_INTERESTING,
            desc =
                    "Unblocked between the commit's check and its store: the message is lost though the commit returned. The "
                            + "price that DeadProducerGuard names; its timeout makes it one in never.")
    @State
    public static class SlowProducer extends GuardedRing {
        private final int index = claim();

        public SlowProducer() {
            fill(index, 1);
        }

        @Actor
        public void producer(III_Result r) {
            try {
                ring.commit(index);
            } catch (IllegalStateException e) {
                r.r3 = 1;
            }
        }

        @Actor
        public void conductor() {
            readPatiently();
        }

        @Arbiter
        public void later(III_Result r) {
            ring.read(this);
            r.r1 = seen;
            r.r2 = (int) unblocked.get();
        }
    }
}
