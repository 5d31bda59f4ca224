package io.vireo.dataplane.worker;

import io.vireo.dataplane.encapsulation.Decapsulator;
import io.vireo.dataplane.encapsulation.Encapsulator;
import io.vireo.dataplane.encapsulation.mpls.LabelCounts;
import io.vireo.dataplane.encapsulation.reassembly.Reassembler;
import io.vireo.dataplane.forwarding.ForwardingTables;
import io.vireo.dataplane.path.Burst;
import io.vireo.dataplane.path.LinkQueue;
import io.vireo.dataplane.path.check.Check;
import io.vireo.dataplane.path.classify.Classify;
import io.vireo.dataplane.path.forward.Forward;
import io.vireo.dataplane.path.forward.LabelForward;
import io.vireo.dataplane.path.modify.Crossings;
import io.vireo.dataplane.path.modify.Modify;
import io.vireo.dataplane.wire.code.TraceStage;

/**
 * The stages that decide what becomes of a burst's packets, and their order: said here, and nowhere else. A worker runs one over
 * what its ports received, a tracer another over a frame that nobody received; the micro benchmark calls its stages one by one.
 * Single user: the burst's worker.
 *
 * <pre>
 *   check ─► classify ─► forward ─► modify          observer: called after each
 * </pre>
 *
 * Where a virtual router's processor time would be limited: after classify, {@code burst.router} says whose each packet is, and
 * {@code burst.ipv4} and {@code burst.ipv6} list what is still to do. Forward and modify work through these lists from 0 to
 * {@code count} and ask for no order among the entries, so they can be sorted by router, and offered part by part, without
 * another field in {@link Burst}. The time between the observer's call after classify and the one after modify is what the
 * burst's routers have used; by the lists' entries it is divided among them. Check and classify cost every packet the same,
 * whomever it turns out to belong to.
 */
public final class Pipeline {
    private final Check check = new Check();
    private final Classify classify;
    private final Forward forward;
    private final Modify modify;
    private final StageObserver observer;

    /**
     * @param encapsulator sends into tunnels.
     * @param decapsulator takes out of them.
     * @param reassembler takes fragments of what it takes out.
     * @param links take what comes out of tunnels to the next round.
     * @param labelCounts count what comes with each label.
     * @param observer sees the burst after each stage.
     */
    public Pipeline(
            ForwardingTables tables,
            Encapsulator encapsulator,
            Decapsulator decapsulator,
            Reassembler reassembler,
            LinkQueue links,
            LabelCounts.Writer labelCounts,
            StageObserver observer) {
        this.observer = observer;
        classify = new Classify(tables.portVlans(), tables.vpnIds(), tables.interfaces(), tables.members());
        LabelForward labels = new LabelForward(tables.labels(), tables.groups(), tables.interfaces(), labelCounts);
        forward = new Forward(tables.ipv4(), tables.ipv6(), tables.groups(), labels);
        modify = new Modify(
                tables.adjacencies(),
                tables.interfaces(),
                encapsulator,
                decapsulator,
                reassembler,
                links,
                new Crossings(tables.interfaces(), tables.encapsulations(), tables.adjacencies()));
    }

    /** Takes a burst that arrive has filled to where modify leaves it. */
    public void decide(Burst burst) {
        check.process(burst);
        observer.after(TraceStage.CHECK, burst);
        classify.process(burst);
        observer.after(TraceStage.CLASSIFY, burst);
        forward.process(burst);
        observer.after(TraceStage.FORWARD, burst);
        modify.process(burst);
        observer.after(TraceStage.MODIFY, burst);
    }

    /** Stage 2, by itself. */
    public Check check() {
        return check;
    }

    /** Stage 3, by itself. */
    public Classify classify() {
        return classify;
    }

    /** Stage 4, by itself. */
    public Forward forward() {
        return forward;
    }

    /** Stage 5, by itself. */
    public Modify modify() {
        return modify;
    }
}
