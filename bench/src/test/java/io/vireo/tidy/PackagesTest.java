package io.vireo.tidy;

import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every package has one duty, written down, and no two packages of a module need each other. */
class PackagesTest {
    private static final Pattern DUTY = Pattern.compile("/\\*\\*(.*?)\\*/\\s*@NullMarked\\s+package ", Pattern.DOTALL);

    static Iterable<String> modules() {
        return MainClasses.modules();
    }

    @ParameterizedTest
    @MethodSource("modules")
    void shouldHaveNoCycles(String module) {
        slices().matching("io.vireo.(**)").should().beFreeOfCycles().check(MainClasses.of(module));
    }

    @Test
    void shouldSayTheDutyOfEveryPackageInASentence() {
        Map<String, SourceText> infos = Repository.texts().stream()
                .filter(file -> file.path().endsWith("/package-info.java"))
                .collect(Collectors.toMap(PackagesTest::folder, Function.identity()));
        assertThat(folders())
                .hasSizeGreaterThan(80)
                .allSatisfy(folder -> assertThat(duty(infos.get(folder)))
                        .as("package-info.java of " + folder
                                + ": @NullMarked, and its duty in a sentence of at least five words")
                        .matches(text -> text.split("\\s+", -1).length >= 5)
                        .contains("."));
    }

    /** Folders with main classes; a test folder whose package is a main one needs no words of its own. */
    private static Set<String> folders() {
        return Repository.texts().stream()
                .filter(file -> file.isJava() && file.path().contains("/src/main/"))
                .map(PackagesTest::folder)
                .filter(folder -> !folder.endsWith("bench/src/main/java/io/vireo/dataplane/schedule"))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static String folder(SourceText file) {
        return file.path().substring(0, file.path().lastIndexOf('/'));
    }

    private static String duty(@Nullable SourceText info) {
        if (info == null) {
            return "";
        }
        Matcher matcher = DUTY.matcher(info.text());
        return matcher.find() ? matcher.group(1).replace("*", "").strip() : "";
    }
}
