package io.vireo.control.model.document.yaml;

import java.util.IdentityHashMap;
import java.util.Objects;

/** Remembers which mapping of the document each record was made of, so that checks can say where they found something. */
public final class Origins {
    // By identity: two records with equal fields may stand in two places, which is just what some checks look for.
    private final IdentityHashMap<Object, YamlNode.Mapping> mappings = new IdentityHashMap<>();

    public <T> T put(T element, YamlNode.Mapping mapping) {
        mappings.put(element, mapping);
        return element;
    }

    public YamlNode.Mapping of(Object element) {
        return Objects.requireNonNull(mappings.get(element), "every record is made of a mapping");
    }
}
