package io.vireo.dataplane.schedule.order;

import java.nio.ByteBuffer;
import org.agrona.BitUtil;
import org.agrona.concurrent.MessageHandler;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.concurrent.ringbuffer.OneToOneRingBuffer;
import org.agrona.concurrent.ringbuffer.RecordDescriptor;
import org.agrona.concurrent.ringbuffer.RingBufferDescriptor;

/**
 * Orders from the conductor to each worker, and answers back: two single-producer rings of fixed-size messages per worker.
 *
 * <p>An order counts as carried out when the worker's consumer position has passed it: the ring moves it (release) after
 * the handler is done, and {@link #isCarriedOut} reads it (acquire), so what the worker answered before is visible too.
 */
public final class ClassOrders {
    /** Room for about 1,600 orders. */
    private static final int ORDER_RING_BYTES = 256 << 10;

    private static final int ANSWER_RING_BYTES = 256 << 10;
    private static final int MESSAGE_TYPE = 1;
    private static final int RECORD_BYTES =
            BitUtil.align(ClassOrder.BYTES + RecordDescriptor.HEADER_LENGTH, RecordDescriptor.ALIGNMENT);

    /** Orders a worker carries out between two bursts at most. */
    private static final int ORDER_LIMIT = 32;

    private static final int ANSWER_LIMIT = 256;
    private static final int ANSWER_CHANGE = ClassOrder.BYTES;
    private static final int ANSWER_BYTES = ClassOrder.BYTES + Integer.BYTES;

    private final OneToOneRingBuffer[] orders;
    private final OneToOneRingBuffer[] answers;

    /** Carries out an order. Worker. */
    public interface OrderHandler {
        /** The order is a view, valid during the call only. */
        void onOrder(ClassOrder order);
    }

    /** Receives what became of an order. Conductor. */
    public interface AnswerHandler {
        /**
         * An order was answered; most are not.
         *
         * @param order a view, valid during the call only
         * @param changeCode {@link AnswerCode}
         */
        void onAnswer(ClassOrder order, int changeCode);
    }

    /** Takes the memory of the rings. */
    public ClassOrders(int workers) {
        orders = new OneToOneRingBuffer[workers];
        answers = new OneToOneRingBuffer[workers];
        for (int worker = 0; worker < workers; worker++) {
            orders[worker] = ring(ORDER_RING_BYTES);
            answers[worker] = ring(ANSWER_RING_BYTES);
        }
    }

    private static OneToOneRingBuffer ring(int bytes) {
        ByteBuffer memory = ByteBuffer.allocateDirect(bytes + RingBufferDescriptor.TRAILER_LENGTH);
        return new OneToOneRingBuffer(new UnsafeBuffer(memory));
    }

    /** How many workers there are. */
    public int workers() {
        return orders.length;
    }

    // ---- conductor ----

    /** Orders that surely find room, whichever worker they are for. */
    public int room() {
        int min = Integer.MAX_VALUE;
        for (OneToOneRingBuffer ring : orders) {
            // One record may be lost at the end of the ring, one may be half way.
            min = Math.min(min, (ring.capacity() - ring.size()) / RECORD_BYTES - 2);
        }
        return Math.max(0, min);
    }

    /** Sends an order; the caller has asked for {@link #room}. */
    public void send(int worker, ClassOrder order) {
        OneToOneRingBuffer ring = orders[worker];
        int index = ring.tryClaim(MESSAGE_TYPE, ClassOrder.BYTES);
        if (index < 0) {
            throw new IllegalStateException("no room for an order to worker " + worker);
        }
        order.write(ring.buffer(), index);
        ring.commit(index);
    }

    /** Records how far the orders of each worker have come, for {@link #isCarriedOut}. */
    public void note(long[] positions, int at) {
        for (int worker = 0; worker < orders.length; worker++) {
            positions[at + worker] = orders[worker].producerPosition();
        }
    }

    /** Whether all orders sent before {@link #note} have been carried out. */
    public boolean isCarriedOut(long[] positions, int at) {
        for (int worker = 0; worker < orders.length; worker++) {
            if (orders[worker].consumerPosition() - positions[at + worker] < 0) {
                return false;
            }
        }
        return true;
    }

    /** Reads answers through the handler; returns how many. */
    public int pollAnswers(Answers reader) {
        int count = 0;
        for (OneToOneRingBuffer ring : answers) {
            count += ring.read(reader, ANSWER_LIMIT);
        }
        return count;
    }

    // ---- worker ----

    /** Carries out what has been ordered; returns how many orders. */
    public int poll(int worker, Orders reader) {
        return orders[worker].read(reader, ORDER_LIMIT);
    }

    /** Answers an order. An answer that finds no room is lost: the conductor has not read a thousand. */
    public void answer(int worker, ClassOrder order, int changeCode) {
        OneToOneRingBuffer ring = answers[worker];
        int index = ring.tryClaim(MESSAGE_TYPE, ANSWER_BYTES);
        if (index >= 0) {
            order.write(ring.buffer(), index);
            ring.buffer().putInt(index + ANSWER_CHANGE, changeCode);
            ring.commit(index);
        }
    }

    /** Reads orders into a reused view. */
    public static final class Orders implements MessageHandler {
        private final ClassOrder view = new ClassOrder();
        private final OrderHandler handler;

        public Orders(OrderHandler handler) {
            this.handler = handler;
        }

        @Override
        public void onMessage(int type, org.agrona.MutableDirectBuffer buffer, int index, int length) {
            view.read(buffer, index);
            handler.onOrder(view);
        }
    }

    /** Reads answers into a reused view. */
    public static final class Answers implements MessageHandler {
        private final ClassOrder view = new ClassOrder();
        private final AnswerHandler handler;

        public Answers(AnswerHandler handler) {
            this.handler = handler;
        }

        @Override
        public void onMessage(int type, org.agrona.MutableDirectBuffer buffer, int index, int length) {
            view.read(buffer, index);
            handler.onAnswer(view, buffer.getInt(index + ANSWER_CHANGE));
        }
    }
}
