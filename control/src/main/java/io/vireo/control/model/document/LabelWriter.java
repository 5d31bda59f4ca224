package io.vireo.control.model.document;

import io.vireo.control.model.HeaderModes.Ttl;
import io.vireo.control.model.IncomingLabel;
import io.vireo.control.model.OutgoingLabels;
import io.vireo.control.model.document.yaml.Tree;
import java.util.List;
import java.util.Map;

/** Writes what {@link LabelReader} reads. */
final class LabelWriter {
    private static final String LABELS = "labels";

    private LabelWriter() {}

    static Map<String, Object> label(IncomingLabel entry) {
        Tree tree = new Tree().put(LabelReader.LABEL, entry.label());
        switch (entry.operation()) {
            case SWAP -> oneOrMore(tree, LabelReader.SWAP, entry.labels());
            case PUSH -> oneOrMore(tree, LabelReader.PUSH, entry.labels());
            case POP -> tree.put(LabelReader.POP, true);
        }
        oneOrMore(
                tree,
                LabelReader.VIA,
                entry.via().stream().map(Object::toString).toList());
        return tree.put(LabelReader.INTERFACE, entry.interfaceName())
                .put(LabelReader.ROUTER, ConfigurationWriter.text(entry.router()))
                .putUnless(
                        LabelReader.TTL,
                        entry.ttl() == Ttl.PIPE ? LabelReader.PIPE : LabelReader.UNIFORM,
                        LabelReader.UNIFORM)
                .fields();
    }

    /** The labels of a route. */
    static void stack(Tree tree, OutgoingLabels labels) {
        oneOrMore(tree, LABELS, labels.labels());
        tree.putUnless(
                LabelReader.TTL,
                labels.ttl() == OutgoingLabels.UNIFORM ? LabelReader.UNIFORM : LabelReader.PIPE,
                LabelReader.UNIFORM);
    }

    private static void oneOrMore(Tree tree, String field, List<?> values) {
        if (values.size() == 1) {
            tree.put(field, values.getFirst());
        } else {
            tree.putAll(field, values);
        }
    }
}
