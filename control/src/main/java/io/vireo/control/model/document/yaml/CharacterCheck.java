package io.vireo.control.model.document.yaml;

import io.vireo.control.model.InvalidConfigurationException;
import io.vireo.control.model.Problem;
import java.util.List;
import java.util.Locale;

/** Refuses characters that no YAML document has (YAML 1.2 §5.1), with their place, which the scanner does not know. */
final class CharacterCheck {
    private CharacterCheck() {}

    /** @throws InvalidConfigurationException naming the first character that is not allowed. */
    static void check(String text) throws InvalidConfigurationException {
        int lineBegin = 0;
        int line = 1;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\n') {
                line++;
                lineBegin = i + 1;
            } else if (!isPrintable(text, i)) {
                String reason = String.format(
                        Locale.ROOT,
                        "the character U+%04X is not allowed in a document (YAML 1.2 §5.1)%s",
                        (int) c,
                        c == 0 ? "; is it UTF-16?" : "");
                throw new InvalidConfigurationException(List.of(new Problem("", "", reason, line, i - lineBegin + 1)));
            }
        }
    }

    private static boolean isPrintable(String text, int index) {
        char c = text.charAt(index);
        if (c >= ' ' && c <= '~') {
            return true;
        }
        if (Character.isSurrogate(c)) {
            int other = Character.isHighSurrogate(c) ? index + 1 : index - 1;
            return other >= 0
                    && other < text.length()
                    && Character.isSurrogatePair(
                            text.charAt(Math.min(index, other)), text.charAt(Math.max(index, other)));
        }
        return c == '\t' || c == '\n' || c == '\r' || c == '\u0085' || (c >= '\u00a0' && c <= '\ufffd');
    }
}
