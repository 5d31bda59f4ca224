package io.vireo.control.model.attachment.feature;

import io.vireo.control.model.Attachment;
import io.vireo.control.model.document.yaml.Fields;
import io.vireo.control.model.document.yaml.Origins;
import io.vireo.control.model.document.yaml.Problems;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads one kind of attachment out of an interface's mapping. */
public interface AttachmentReader {

    /** What an interface of this kind is called in a problem, with its article. */
    String noun();

    /** The fields that make up this kind. */
    List<String> ownFields();

    /** Fields of other interfaces that one of this kind does not have. */
    List<String> inapplicableFields();

    /** Whether the fields are those of an interface of this kind. */
    boolean isMeant(Fields fields);

    /** Takes its own fields; null, reported, when something is wrong with them. */
    @Nullable
    Attachment read(Fields fields, Problems problems, Origins origins);
}
