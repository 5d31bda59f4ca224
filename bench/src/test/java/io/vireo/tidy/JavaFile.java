package io.vireo.tidy;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePathScanner;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import javax.lang.model.element.Modifier;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/**
 * What javac's parser says of a source file: exact where a pattern would guess. Parsed only, not compiled.
 *
 * @param names declared: types, methods, fields, parameters, local variables
 * @param finals parameters and local variables that have the modifier
 * @param methods with their length
 * @param tests methods with JUnit's annotations
 */
record JavaFile(SourceText source, List<Named> names, List<Named> finals, List<Length> methods, List<Named> tests) {
    private static final Map<String, JavaFile> PARSED =
            parse(Repository.texts().stream().filter(SourceText::isJava).toList()).stream()
                    .collect(Collectors.toMap(file -> file.source().path(), Function.identity()));

    record Named(String name, int line) {}

    record Length(String name, int line, int lines) {}

    static JavaFile of(SourceText source) {
        JavaFile known = PARSED.get(source.path());
        return known == null ? parse(List.of(source)).getFirst() : known;
    }

    private static List<JavaFile> parse(List<SourceText> sources) {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        Map<URI, SourceText> byUri =
                sources.stream().collect(Collectors.toMap(source -> Input.uri(source.path()), Function.identity()));
        List<Input> inputs = sources.stream().map(Input::new).toList();
        JavacTask task = (JavacTask) compiler.getTask(null, null, null, List.of("-proc:none"), null, inputs);
        List<JavaFile> files = new ArrayList<>();
        try {
            for (CompilationUnitTree unit : task.parse()) {
                Scanner scanner = new Scanner(unit);
                scanner.scan(unit, Trees.instance(task));
                SourceText source =
                        Objects.requireNonNull(byUri.get(unit.getSourceFile().toUri()));
                files.add(new JavaFile(source, scanner.names, scanner.finals, scanner.methods, scanner.tests));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return files;
    }

    private static final class Input extends SimpleJavaFileObject {
        private final SourceText source;

        Input(SourceText source) {
            super(uri(source.path()), JavaFileObject.Kind.SOURCE);
            this.source = source;
        }

        static URI uri(String path) {
            return URI.create("string:///" + path);
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return source.text();
        }
    }

    private static final class Scanner extends TreePathScanner<Void, Trees> {
        private final List<Named> names = new ArrayList<>();
        private final List<Named> finals = new ArrayList<>();
        private final List<Length> methods = new ArrayList<>();
        private final List<Named> tests = new ArrayList<>();
        private final CompilationUnitTree unit;

        Scanner(CompilationUnitTree unit) {
            this.unit = unit;
        }

        @Override
        public Void visitClass(ClassTree type, Trees trees) {
            names.add(named(type.getSimpleName().toString(), type, trees));
            return super.visitClass(type, trees);
        }

        @Override
        public Void visitMethod(MethodTree method, Trees trees) {
            String name = method.getName().toString();
            names.add(named(name, method, trees));
            int end = line(trees.getSourcePositions().getEndPosition(unit, method));
            if (method.getBody() != null) {
                int start = line(trees.getSourcePositions().getStartPosition(unit, method.getBody()));
                methods.add(new Length(name, start, Math.max(0, end - start - 1)));
            }
            boolean isTest = method.getModifiers().getAnnotations().stream()
                    .map(annotation -> annotation.getAnnotationType().toString())
                    .anyMatch(annotation -> annotation.endsWith("Test") || annotation.equals("TestFactory"));
            if (isTest) {
                tests.add(named(name, method, trees));
            }
            return super.visitMethod(method, trees);
        }

        @Override
        public Void visitVariable(VariableTree variable, Trees trees) {
            String name = variable.getName().toString();
            names.add(named(name, variable, trees));
            Tree.Kind parent = Objects.requireNonNull(getCurrentPath().getParentPath())
                    .getLeaf()
                    .getKind();
            boolean isField = parent == Tree.Kind.CLASS
                    || parent == Tree.Kind.INTERFACE
                    || parent == Tree.Kind.ENUM
                    || parent == Tree.Kind.RECORD
                    || parent == Tree.Kind.ANNOTATION_TYPE;
            if (!isField && variable.getModifiers().getFlags().contains(Modifier.FINAL)) {
                finals.add(named(name, variable, trees));
            }
            return super.visitVariable(variable, trees);
        }

        private Named named(String name, Tree tree, Trees trees) {
            return new Named(name, line(trees.getSourcePositions().getStartPosition(unit, tree)));
        }

        private int line(long position) {
            return position < 0 ? 0 : (int) unit.getLineMap().getLineNumber(position);
        }
    }
}
