package io.vireo.control.model.document.yaml;

import io.vireo.control.model.InvalidConfigurationException;
import io.vireo.control.model.Problem;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.dataformat.yaml.YAMLFactory;
import tools.jackson.dataformat.yaml.YAMLParser;

/**
 * Reads one YAML document (JSON is YAML too) into nodes that know where they stand. Aliases are refused, for a document
 * whose parts repeat each other can grow without bounds.
 */
public final class YamlReader {
    private static final int MAX_DEPTH = 32;

    /** Far more than 10,000 virtual routers need; keeps a wrong file from filling the heap. */
    private static final int MAX_CHARACTERS = 64 * 1024 * 1024;

    private static final YAMLFactory FACTORY = YAMLFactory.builder()
            .loadSettings(org.snakeyaml.engine.v2.api.LoadSettings.builder()
                    .setCodePointLimit(MAX_CHARACTERS)
                    .setAllowDuplicateKeys(true)
                    .build())
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(MAX_DEPTH)
                    .maxNameLength(1_000)
                    .maxStringLength(10_000)
                    .build())
            .build();

    private final YAMLParser parser;
    private final Problems problems;

    private YamlReader(YAMLParser parser, Problems problems) {
        this.parser = parser;
        this.problems = problems;
    }

    /**
     * Reads a document.
     *
     * @param text     the document.
     * @param problems takes what is wrong but does not prevent from reading on.
     * @return the root.
     * @throws InvalidConfigurationException when the text is not YAML, naming line and column.
     */
    public static YamlNode read(String text, Problems problems) throws InvalidConfigurationException {
        if (text.length() > MAX_CHARACTERS) {
            throw malformed("is longer than " + MAX_CHARACTERS + " characters", 0, 0);
        }
        try (YAMLParser parser = (YAMLParser) FACTORY.createParser(ObjectReadContext.empty(), text)) {
            if (parser.nextToken() == null) {
                throw malformed("the document is empty", 1, 1);
            }
            YamlReader reader = new YamlReader(parser, problems);
            YamlNode root = reader.readNode("");
            if (parser.nextToken() != null) {
                problems.add(reader.scalar(""), "a second document begins here; there may be only one");
            }
            return root;
        } catch (JacksonException e) {
            TokenStreamLocation where = e.getLocation();
            throw malformed(
                    "malformed YAML: " + firstLine(e.getOriginalMessage()),
                    where == null ? 0 : Math.max(0, where.getLineNr()),
                    where == null ? 0 : Math.max(0, where.getColumnNr()));
        }
    }

    private YamlNode readNode(String path) {
        JsonToken token = parser.currentToken();
        if (token == JsonToken.START_OBJECT) {
            return readMapping(path);
        }
        if (token == JsonToken.START_ARRAY) {
            return readSequence(path);
        }
        YamlNode.Scalar scalar = scalar(path);
        if (parser.isCurrentAlias()) {
            problems.add(scalar, "aliases (*" + scalar.text() + ") are not supported; write the value out");
        } else if (token == JsonToken.VALUE_EMBEDDED_OBJECT) {
            problems.add(scalar, "binary values are not supported");
        }
        return scalar;
    }

    private YamlNode.Scalar scalar(String path) {
        TokenStreamLocation where = parser.currentTokenLocation();
        String text = parser.getString();
        return new YamlNode.Scalar(
                path,
                where.getLineNr(),
                where.getColumnNr(),
                text == null ? "" : text,
                parser.currentToken() == JsonToken.VALUE_NULL);
    }

    private YamlNode.Sequence readSequence(String path) {
        TokenStreamLocation where = parser.currentTokenLocation();
        List<YamlNode> items = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            items.add(readNode(path + "[" + items.size() + "]"));
        }
        return new YamlNode.Sequence(path, where.getLineNr(), where.getColumnNr(), items);
    }

    private YamlNode.Mapping readMapping(String path) {
        TokenStreamLocation where = parser.currentTokenLocation();
        Map<String, YamlNode> fields = new LinkedHashMap<>();
        YamlNode.Mapping mapping = new YamlNode.Mapping(path, where.getLineNr(), where.getColumnNr(), fields);
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = parser.currentName();
            parser.nextToken();
            YamlNode value = readNode(mapping.pathOf(name));
            YamlNode before = fields.putIfAbsent(name, value);
            if (before != null) {
                problems.add(value, "is already given on line " + before.line());
            }
        }
        return mapping;
    }

    private static InvalidConfigurationException malformed(String reason, int line, int column) {
        return new InvalidConfigurationException(List.of(new Problem("", "", reason, line, column)));
    }

    private static String firstLine(String message) {
        return message.lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .findFirst()
                .orElse("unreadable");
    }
}
