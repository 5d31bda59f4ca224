package io.vireo.control.model.document.yaml;

import java.util.List;
import java.util.Map;

/** A value of a document, and where it stands. */
public sealed interface YamlNode {

    /** Path from the document's root, such as {@code ports[0].name}; empty for the root. */
    String path();

    /** Line, from 1. */
    int line();

    /** Column, from 1. */
    int column();

    /**
     * Text, number or truth value: what it is follows from the field it is read for, never from YAML's guess, so that
     * neither {@code mac: 02:00:00:00:00:01} nor {@code name: no} are surprises.
     */
    record Scalar(String path, int line, int column, String text, boolean isNull) implements YamlNode {}

    /** A list. */
    record Sequence(String path, int line, int column, List<YamlNode> items) implements YamlNode {}

    /** Fields in the order of the document. */
    record Mapping(String path, int line, int column, Map<String, YamlNode> fields) implements YamlNode {

        /** Path of a field that is or could be in this mapping. */
        public String pathOf(String field) {
            return path.isEmpty() ? field : path + "." + field;
        }
    }
}
