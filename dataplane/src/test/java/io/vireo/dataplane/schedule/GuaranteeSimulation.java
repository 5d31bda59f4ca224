package io.vireo.dataplane.schedule;

import io.vireo.dataplane.schedule.policy.CurveAdmission;
import io.vireo.dataplane.schedule.policy.ServiceCurve;
import io.vireo.dataplane.wire.value.ClassSpec;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * Random trees with admitted guarantees on a simulated link, random sources, and a ledger per class that knows by when
 * each packet must be through: no later than its deadline and one largest packet's transmission time.
 *
 * <p>{@code main [packets]} runs 10^8 packets by default.
 */
final class GuaranteeSimulation {
    private static final int LARGEST = 1_500;
    private static final int MAX_LEAVES = 60;

    private final Random random;
    private final long linkRate;
    private final HfscScheduler scheduler;
    private final DequeuedBurst burst = new DequeuedBurst(1);
    private final Source[] sources = new Source[MAX_LEAVES + 20];
    private int classCount = 1;
    private long nowNs;
    private long worstLatenessNs = Long.MIN_VALUE;

    GuaranteeSimulation(long seed) {
        random = new Random(seed);
        linkRate = new long[] {2_000_000, 100_000_000, 10_000_000_000L, 400_000_000_000L}[random.nextInt(4)];
        scheduler = new HfscScheduler(new HfscLimits(sources.length, 1 << 20, 1, LinkOverhead.NONE, LARGEST, 0));
        scheduler.quotas().set(0, 1 << 20, 1L << 40);
        grow();
    }

    /** All that the link may promise is promised, in curves of all shapes. */
    private void grow() {
        CurveAdmission admission = new CurveAdmission(ServiceCurve.linear(linkRate));
        int leaves = 2 + random.nextInt(MAX_LEAVES - 2);
        int parent = 0;
        while (leaves > 0) {
            if (random.nextInt(4) == 0 && classCount < sources.length - leaves - 1) {
                parent = addClass(random.nextInt(3) == 0 ? parent : 0, new ClassSpec().linkShare(randomRate()));
            } else {
                leaves--;
                addLeaf(parent, admission);
            }
        }
    }

    private void addLeaf(int parent, CurveAdmission admission) {
        ServiceCurve curve = randomCurve();
        for (int tries = 0; tries < 40 && !admission.fits(curve); tries++) {
            curve = randomCurve();
        }
        boolean isGuaranteed = admission.fits(curve);
        ClassSpec settings = new ClassSpec().queue(1 << 20, Integer.MAX_VALUE);
        if (isGuaranteed) {
            admission.admit(curve);
            settings.realTime(curve);
        }
        if (!isGuaranteed || random.nextInt(4) > 0) {
            settings.linkShare(randomRate());
        }
        int id = addClass(parent, settings);
        sources[id] = new Source(isGuaranteed ? new Ledger(curve) : null, random.nextInt(3) == 0);
    }

    private int addClass(int parent, ClassSpec settings) {
        ClassChange change = scheduler.classes().add(classCount, parent, settings, 0);
        if (change != ClassChange.DONE) {
            throw new AssertionError(change.sentence());
        }
        return classCount++;
    }

    private ServiceCurve randomRate() {
        return ServiceCurve.linear(Math.max(8_000, linkRate / (1 + random.nextInt(100))));
    }

    private ServiceCurve randomCurve() {
        long first = Math.max(8_000, linkRate / (2 + random.nextInt(60)));
        long second = Math.max(8_000, linkRate / (2 + random.nextInt(60)));
        long spanNs = (1L + random.nextInt(40)) * LARGEST * 8_000_000_000L / linkRate;
        return switch (random.nextInt(4)) {
            case 0 -> new ServiceCurve(0, spanNs, second);
            case 1, 2 -> new ServiceCurve(first, spanNs, second);
            default -> ServiceCurve.linear(second);
        };
    }

    /** Sends so many packets; the worst lateness, in ns beyond the deadline, negative if none was late. */
    long run(long packets) {
        long sent = 0;
        while (sent < packets) {
            long nextNs = arrive();
            if (scheduler.dequeue(nowNs, burst) == 1) {
                depart();
                sent++;
            } else {
                nowNs = Math.max(nowNs + 1, Math.min(nextNs, scheduler.nextEventNs()));
            }
        }
        return worstLatenessNs;
    }

    /** What may be late: a largest packet's time on the wire, and the rounding of a few times to nanoseconds. */
    long allowedLatenessNs() {
        return transmissionNs(LARGEST) + 3;
    }

    private long transmissionNs(int bytes) {
        return bytes * 8_000_000_000L / linkRate;
    }

    private long arrive() {
        long nextNs = Long.MAX_VALUE;
        for (int id = 1; id < classCount; id++) {
            Source source = sources[id];
            if (source != null) {
                while (source.nextNs <= nowNs) {
                    offer(id, source);
                }
                nextNs = Math.min(nextNs, source.nextNs);
            }
        }
        return nextNs;
    }

    private void offer(int id, Source source) {
        int bytes = 64 + random.nextInt(LARGEST - 63);
        if (scheduler.enqueue(id, id, bytes, 0, nowNs) != QueueVerdict.QUEUED) {
            throw new AssertionError("dropped");
        }
        source.queued++;
        source.schedule(transmissionNs(LARGEST));
    }

    private void depart() {
        int id = burst.sentClass(0);
        int bytes = burst.sentBytes(0);
        nowNs += Math.max(1, (bytes * 8_000_000_000L + linkRate - 1) / linkRate);
        Source source = sources[id];
        source.queued--;
        if (source.ledger != null) {
            double deadline = source.ledger.deadlineNs(burst.sentArrivalNs(0), bytes);
            worstLatenessNs = Math.max(worstLatenessNs, (long) Math.ceil((double) nowNs - deadline));
        }
        if (source.isFlood) {
            source.nextNs = nowNs;
        }
    }

    /** Floods, or sends bursts with pauses. */
    private final class Source {
        private static final int FLOOD_DEPTH = 8;

        private final @Nullable Ledger ledger;
        private final boolean isFlood;
        private long nextNs;
        private int queued;

        Source(@Nullable Ledger ledger, boolean isFlood) {
            this.ledger = ledger;
            this.isFlood = isFlood;
        }

        void schedule(long unitNs) {
            if (isFlood) {
                nextNs = queued < FLOOD_DEPTH ? nowNs : Long.MAX_VALUE;
                return;
            }
            boolean pauses = queued >= 64 || random.nextInt(8) == 0;
            nextNs = nowNs + 1 + (pauses ? random.nextLong(400 * unitNs + 1) : random.nextLong(4 * unitNs + 1));
        }
    }

    /**
     * By when a class's packets must be through, from arrivals alone: the latest, over all arrivals since which it could
     * have been backlogged, of that time plus the curve's inverse of the bytes from there on. For a line that is the
     * virtual clock; a concave curve is two of them, and a convex one is held against its second line only.
     */
    private static final class Ledger {
        private final ServiceCurve curve;
        private final double burstNs;
        private double firstNs = -1e18;
        private double secondNs = -1e18;

        Ledger(ServiceCurve curve) {
            this.curve = curve;
            double difference = (double) (curve.firstRateBitsPerSecond() - curve.secondRateBitsPerSecond());
            this.burstNs = (double) curve.firstSpanNs() * difference / (double) curve.secondRateBitsPerSecond();
        }

        double deadlineNs(long arrivalNs, int bytes) {
            secondNs = Math.max((double) arrivalNs - burstNs, secondNs)
                    + bytes * 8e9 / (double) curve.secondRateBitsPerSecond();
            if (curve.firstRateBitsPerSecond() <= curve.secondRateBitsPerSecond()) {
                return secondNs;
            }
            firstNs = Math.max((double) arrivalNs, firstNs) + bytes * 8e9 / (double) curve.firstRateBitsPerSecond();
            return Math.max(firstNs, secondNs);
        }
    }

    /** Prints the worst lateness of each of many trees. */
    public static void main(String[] args) {
        long packets = args.length > 0 ? Long.parseLong(args[0]) : 100_000_000L;
        int trees = 100;
        double worst = Double.NEGATIVE_INFINITY;
        for (int seed = 0; seed < trees; seed++) {
            GuaranteeSimulation simulation = new GuaranteeSimulation(seed);
            long lateness = simulation.run(packets / trees);
            worst = Math.max(worst, (double) lateness / (double) simulation.allowedLatenessNs());
        }
        System.out.printf("%,d packets, %d trees: worst lateness %.3f largest packets%n", packets, trees, worst);
    }
}
