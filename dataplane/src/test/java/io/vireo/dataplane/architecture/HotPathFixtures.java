package io.vireo.dataplane.architecture;

import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.IntFunction;
import java.util.function.IntSupplier;
import org.agrona.concurrent.Agent;

/** Classes that break the rule of {@link HotPathRule}, one clause each, and classes that keep it though they look as if they did not. */
@SuppressWarnings("unused")
final class HotPathFixtures {
    private HotPathFixtures() {}

    static final class CreatesObject {
        Object running() {
            return new Object();
        }
    }

    static final class CreatesArrays {
        int[] ints() {
            return new int[1];
        }

        String[] references() {
            return new String[1];
        }

        long[][] matrix() {
            return new long[2][2];
        }

        int[] copy(int[] array) {
            return array.clone();
        }

        int[] longer(int[] array) {
            return Arrays.copyOf(array, 10);
        }

        int variableArguments() {
            return sum(1, 2);
        }

        private static int sum(int... values) {
            return values.length;
        }
    }

    static final class ConcatenatesStrings {
        String running(int value) {
            return "value " + value;
        }
    }

    static final class AsksForText {
        String running(StringBuilder text) {
            return text.toString();
        }
    }

    static final class CapturesInLambda {
        IntSupplier running(int value) {
            return () -> value;
        }
    }

    static final class RefersToMethod {
        IntSupplier running() {
            return this::value;
        }

        private int value() {
            return 1;
        }
    }

    static final class Boxes {
        private Object last = "";

        void running(int value) {
            last = value;
        }

        Object last() {
            return last;
        }
    }

    static final class Iterates {
        int running(List<String> texts) {
            int length = 0;
            for (String text : texts) {
                length += text.length();
            }
            return length;
        }
    }

    static final class Synchronizes {
        private int value;

        synchronized void method() {
            value++;
        }

        void block() {
            synchronized (this) {
                value++;
            }
        }

        void lock(ReentrantLock lock) {
            lock.lock();
        }

        void wakeUp() {
            synchronized (this) {
                notifyAll();
            }
        }
    }

    static final class Logs {
        void logger(System.Logger logger) {
            logger.log(System.Logger.Level.INFO, "running");
        }

        void console() {
            System.out.println("running");
        }
    }

    static final class Throws {
        void running(int value) {
            if (value < 0) {
                throw new UnsupportedOperationException("running");
            }
        }
    }

    static final class CallsUnknown {
        int running(BitSet bits) {
            bits.set(100);
            return bits.size();
        }
    }

    /** A name is no excuse: somebody calls it while running. */
    static final class CallsFactory {
        Made running() {
            return Made.create();
        }
    }

    static final class Made {
        private Made() {}

        static Made create() {
            return new Made();
        }
    }

    /** What it calls is found behind the interface. */
    static final class CallsInterface {
        private final Behind behind;

        CallsInterface(Behind behind) {
            this.behind = behind;
        }

        Object running() {
            return behind.make();
        }
    }

    interface Behind {
        Object make();
    }

    static final class Allocating implements Behind {
        @Override
        public Object make() {
            return new Object();
        }
    }

    /** Only Agrona calls it. */
    static final class AgentAtWork implements Agent {
        private int[] work = start();

        private static int[] start() {
            return new int[1];
        }

        @Override
        public void onStart() {
            work = new int[2];
        }

        @Override
        public int doWork() {
            work = new int[3];
            return work.length;
        }

        @Override
        public String roleName() {
            return "agent " + work.length;
        }
    }

    /** What it calls is a method reference that another class made at start. */
    static final class MakesReference {
        private final CallsInterface caller = new CallsInterface(this::made);

        CallsInterface caller() {
            return caller;
        }

        private Object made() {
            return new long[1];
        }
    }

    /** What is made at start for somebody who calls it later. */
    static final class HandsOutLambda {
        private final Behind behind = () -> new int[1];

        Behind behind() {
            return behind;
        }
    }

    /** Allocates at start only, by a method of its own, with a lambda that cannot run later; and speaks of a broken invariant. */
    static final class KeepsTheRule {
        private final int[][] rows;
        private final String name;

        KeepsTheRule(int count) {
            name = "rows " + count;
            rows = rows(count, row -> new int[row + 1]);
        }

        private static int[][] rows(int count, IntFunction<int[]> maker) {
            int[][] rows = new int[count][];
            Arrays.setAll(rows, maker);
            return rows;
        }

        int running(int row, int column) {
            if (row >= rows.length) {
                throw new IllegalStateException(
                        "row " + row + " of " + Integer.toHexString(rows.length) + " in " + name);
            }
            return Math.max(rows[row][column], 0);
        }

        @Override
        public String toString() {
            return name + Arrays.toString(rows);
        }
    }
}
