package io.vireo.control.model.attachment.tunnel;

import io.vireo.control.model.Encapsulation;
import io.vireo.control.model.document.yaml.Fields;
import org.jspecify.annotations.Nullable;

/** Reads what one kind of tunnel has beyond what all have. */
public interface EncapsulationReader {

    /** Name of the kind: the field below {@code encapsulation} that holds it. */
    String name();

    /** Takes the kind's own fields; what is wrong with them is reported, and null where they say too little. */
    @Nullable
    Encapsulation read(Fields fields);
}
