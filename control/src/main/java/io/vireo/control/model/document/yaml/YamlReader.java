package io.vireo.control.model.document.yaml;

import io.vireo.control.model.InvalidConfigurationException;
import io.vireo.control.model.Limits;
import io.vireo.control.model.Problem;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
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
 *
 * <p>Time and memory are in proportion to the text, and bounded: by the length of the text, the number of values, their
 * length and their depth ({@link Limits}), each refused where it is exceeded, and by a guard that is asked at least once in
 * {@value #BUFFER_CHARACTERS} characters and {@value #VALUES_PER_CHECK} values.
 */
public final class YamlReader {
    /**
     * The scanner copies all it has in view of a scalar, comment or run of spaces each time it fetches more. What it
     * fetches at once must therefore be much: by pieces of 1,024, its default, one scalar of 10 MB took ten minutes.
     */
    private static final int BUFFER_CHARACTERS = 1 << 18;

    private static final int VALUES_PER_CHECK = 256;

    private static final StreamReadConstraints CONSTRAINTS = StreamReadConstraints.builder()
            // Held here, where path and line are known.
            .maxNestingDepth(2 * Limits.MAX_DOCUMENT_DEPTH)
            .maxNameLength(Limits.MAX_DOCUMENT_CHARACTERS)
            .maxStringLength(Limits.MAX_DOCUMENT_CHARACTERS)
            .build();

    private final YAMLParser parser;
    private final Problems problems;
    private final ReadingGuard guard;
    private int values;
    private int depth;

    private YamlReader(YAMLParser parser, Problems problems, ReadingGuard guard) {
        this.parser = parser;
        this.problems = problems;
        this.guard = guard;
    }

    /**
     * Reads a document.
     *
     * @param text     the document.
     * @param problems takes what is wrong but does not prevent from reading on.
     * @param guard    may end the reading, by an exception that comes out here.
     * @return the root.
     * @throws InvalidConfigurationException when the text is not YAML or exceeds a limit, naming line and column.
     */
    public static YamlNode read(String text, Problems problems, ReadingGuard guard)
            throws InvalidConfigurationException {
        if (text.length() > Limits.MAX_DOCUMENT_CHARACTERS) {
            throw malformed(
                    "the document has " + text.length() + " characters; at most " + Limits.MAX_DOCUMENT_CHARACTERS
                            + " are read",
                    0,
                    0);
        }
        CharacterCheck.check(text);
        try (YAMLParser parser = (YAMLParser)
                factoryFor(text.length()).createParser(ObjectReadContext.empty(), new GuardedReader(text, guard))) {
            if (parser.nextToken() == null) {
                throw malformed("the document is empty", 1, 1);
            }
            YamlReader reader = new YamlReader(parser, problems, guard);
            YamlNode root = reader.readNode("");
            if (parser.nextToken() != null) {
                problems.add(reader.scalar(""), "a second document begins here; there may be only one");
            }
            return root;
        } catch (JacksonException e) {
            throw malformed(e);
        }
    }

    private static YAMLFactory factoryFor(int characters) {
        return YAMLFactory.builder()
                .loadSettings(LoadSettings.builder()
                        .setCodePointLimit(Limits.MAX_DOCUMENT_CHARACTERS)
                        .setAllowDuplicateKeys(true)
                        .setBufferSize(Math.min(characters + 2, BUFFER_CHARACTERS))
                        .build())
                .streamReadConstraints(CONSTRAINTS)
                .build();
    }

    private YamlNode readNode(String path) throws InvalidConfigurationException {
        if (++values % VALUES_PER_CHECK == 0) {
            guard.check();
        }
        if (values > Limits.MAX_DOCUMENT_VALUES) {
            throw refused(path, "the document has more than " + Limits.MAX_DOCUMENT_VALUES + " values up to here");
        }
        JsonToken token = parser.currentToken();
        if (token == JsonToken.START_OBJECT || token == JsonToken.START_ARRAY) {
            if (++depth > Limits.MAX_DOCUMENT_DEPTH) {
                throw refused(
                        path, "more than " + Limits.MAX_DOCUMENT_DEPTH + " mappings and lists are within each other");
            }
            YamlNode node = token == JsonToken.START_OBJECT ? readMapping(path) : readSequence(path);
            depth--;
            return node;
        }
        YamlNode.Scalar scalar = scalar(path);
        if (parser.isCurrentAlias()) {
            problems.add(scalar, "aliases (*" + scalar.text() + ") are not supported; write the value out");
        } else if (token == JsonToken.VALUE_EMBEDDED_OBJECT) {
            problems.add(scalar, "binary values are not supported");
        }
        return scalar;
    }

    private YamlNode.Scalar scalar(String path) throws InvalidConfigurationException {
        TokenStreamLocation where = parser.currentTokenLocation();
        String text = parser.getString();
        if (text != null && text.length() > Limits.MAX_VALUE_CHARACTERS) {
            throw refused(
                    path,
                    "the value has " + text.length() + " characters; at most " + Limits.MAX_VALUE_CHARACTERS
                            + " are possible");
        }
        return new YamlNode.Scalar(
                path,
                where.getLineNr(),
                where.getColumnNr(),
                text == null ? "" : text,
                parser.currentToken() == JsonToken.VALUE_NULL);
    }

    private YamlNode.Sequence readSequence(String path) throws InvalidConfigurationException {
        TokenStreamLocation where = parser.currentTokenLocation();
        List<YamlNode> items = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            items.add(readNode(path + "[" + items.size() + "]"));
        }
        return new YamlNode.Sequence(path, where.getLineNr(), where.getColumnNr(), items);
    }

    private YamlNode.Mapping readMapping(String path) throws InvalidConfigurationException {
        TokenStreamLocation where = parser.currentTokenLocation();
        Map<String, YamlNode> fields = new LinkedHashMap<>();
        YamlNode.Mapping mapping = new YamlNode.Mapping(path, where.getLineNr(), where.getColumnNr(), fields);
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = parser.currentName();
            if (name.length() > Limits.MAX_FIELD_NAME_CHARACTERS) {
                throw refused(
                        path,
                        "the name of a field has " + name.length() + " characters; at most "
                                + Limits.MAX_FIELD_NAME_CHARACTERS + " are possible");
            }
            parser.nextToken();
            YamlNode value = readNode(mapping.pathOf(name));
            YamlNode before = fields.putIfAbsent(name, value);
            if (before != null) {
                problems.add(value, "is already given on line " + before.line());
            }
        }
        return mapping;
    }

    /** A limit is exceeded where the parser stands: reading on would only cost. */
    private InvalidConfigurationException refused(String path, String reason) {
        TokenStreamLocation where = parser.currentTokenLocation();
        Problems all = new Problems();
        all.add(new YamlNode.Scalar(path, where.getLineNr(), where.getColumnNr(), "", true), reason);
        return new InvalidConfigurationException(all.sorted());
    }

    /** What the scanner says of the character it stopped at is better than where the parser's last token was. */
    private static InvalidConfigurationException malformed(JacksonException e) {
        if (e.getCause() instanceof MarkedYamlEngineException cause
                && cause.getProblemMark().isPresent()) {
            Mark mark = cause.getProblemMark().get();
            String reason = "malformed YAML: " + inWords(String.join(" ", texts(cause)));
            return malformed(reason, mark.getLine() + 1, mark.getColumn() + 1);
        }
        TokenStreamLocation where = e.getLocation();
        return malformed(
                "malformed YAML: " + firstLine(e.getOriginalMessage()),
                where == null ? 0 : Math.max(0, where.getLineNr()),
                where == null ? 0 : Math.max(0, where.getColumnNr()));
    }

    /** On one line, and with a word for what cannot be seen. */
    private static String inWords(String text) {
        return text.replace('\n', ' ').replace("character '\\t(TAB)'", "a tab").replace("\\t(TAB)", "a tab");
    }

    private static List<String> texts(MarkedYamlEngineException cause) {
        List<String> texts = new ArrayList<>();
        if (cause.getProblem() != null) {
            texts.add(cause.getProblem().strip());
        }
        if (cause.getContext() != null) {
            texts.add(cause.getContext().strip());
        }
        return texts;
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
