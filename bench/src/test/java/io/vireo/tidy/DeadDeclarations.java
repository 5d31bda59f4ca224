package io.vireo.tidy;

import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaAnnotation;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaFieldAccess;
import com.tngtech.archunit.core.domain.JavaMember;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaModifier;
import java.util.HashSet;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Methods, fields and types that no main code uses: nobody, or only tests. Found in the class files, so what tools call by a name or an annotation is
 * left out by rule:
 * <ul>
 *   <li>a method that a foreign supertype declares (a library calls it), and one whose declaration in a supertype of ours is called;
 *   <li>members and types with an annotation that is there at run time (picocli, JMH, Jackson), constructors, and what the compiler adds;
 *   <li>components of records: two records are compared and printed by all of them;
 *   <li>a type whose name stands in a string, as commands that another module brings, and {@code main}.
 * </ul>
 * A constant is inlined by the compiler and leaves no trace in class files: its name is looked for in the sources, as a type's is.
 */
final class DeadDeclarations {
    private static final Set<String> OF_OBJECT = Set.of("equals", "hashCode", "toString");

    private final JavaClasses classes;
    private final CodeWords code;
    private final Set<String> dead = new HashSet<>();

    DeadDeclarations(JavaClasses classes, CodeWords code) {
        this.classes = classes;
        this.code = code;
    }

    /** Names as they print: the class, a dot and the member. */
    SortedSet<String> find() {
        int before;
        do {
            before = dead.size(); // what only something dead uses is dead too
            types().forEach(this::look);
        } while (dead.size() > before);
        return new TreeSet<>(dead);
    }

    private Stream<JavaClass> types() {
        return classes.stream()
                .filter(type -> !MainClasses.isGenerated(type)
                        && !type.isAnonymousClass()
                        && !type.getSimpleName().equals("package-info"));
    }

    private void look(JavaClass type) {
        if (isDeadType(type)) {
            dead.add(type.getName());
        }
        type.getMethods().stream()
                .filter(method -> !isExempt(method) && !isUsed(method))
                .forEach(method -> dead.add(nameOf(method)));
        type.getFields().stream()
                .filter(field -> !isExempt(field) && !isUsed(field))
                .forEach(field -> dead.add(nameOf(field)));
    }

    static String nameOf(JavaMember member) {
        String parameters = member instanceof JavaMethod method
                ? method.getRawParameterTypes().stream()
                        .map(JavaClass::getSimpleName)
                        .collect(Collectors.joining(",", "(", ")"))
                : "";
        return member.getOwner().getName() + "." + member.getName() + parameters;
    }

    private boolean isDeadType(JavaClass type) {
        boolean isStarted = type.tryGetMethod("main", String[].class).isPresent() || isAnnotated(type.getAnnotations());
        return !isStarted && type.isTopLevelClass() && code.filesWith(type.getSimpleName()) < 2;
    }

    private static boolean isExempt(JavaMember member) {
        JavaClass owner = member.getOwner();
        boolean isCompilers = member.getModifiers().contains(JavaModifier.SYNTHETIC)
                || member.getModifiers().contains(JavaModifier.BRIDGE);
        boolean isOfEnum = owner.isEnum()
                && (member.getName().equals("values")
                        || member.getName().equals("valueOf")
                        || member instanceof JavaField);
        boolean isMain = member.getName().equals("main") || OF_OBJECT.contains(member.getName());
        return isCompilers || isOfEnum || isMain || isAnnotated(member.getAnnotations());
    }

    private static boolean isAnnotated(Set<? extends JavaAnnotation<?>> annotations) {
        return annotations.stream()
                .map(annotation -> annotation.getRawType().getName())
                .anyMatch(name -> !name.startsWith("org.jspecify") && !name.startsWith("java.lang."));
    }

    private boolean isUsed(JavaMethod method) {
        return isCalled(method)
                || isComponent(method)
                || supertypes(method.getOwner()).anyMatch(type -> isForeign(type) && declares(type.reflect(), method))
                || supertypes(method.getOwner())
                        .flatMap(type -> type.getMethods().stream())
                        .anyMatch(above -> isSame(above, method) && isCalled(above));
    }

    private static boolean isComponent(JavaMethod method) {
        JavaClass owner = method.getOwner();
        return owner.isRecord()
                && method.getRawParameterTypes().isEmpty()
                && owner.tryGetField(method.getName()).isPresent();
    }

    private boolean isCalled(JavaMethod method) {
        return Stream.concat(method.getCallsOfSelf().stream(), method.getReferencesToSelf().stream())
                .map(JavaAccess::getOrigin)
                .anyMatch(origin -> isAlive(origin, method));
    }

    private boolean isAlive(JavaCodeUnit origin, JavaMethod target) {
        return !origin.equals(target) && !(origin instanceof JavaMethod caller && dead.contains(nameOf(caller)));
    }

    private static Stream<JavaClass> supertypes(JavaClass type) {
        return Stream.concat(type.getAllRawSuperclasses().stream(), type.getAllRawInterfaces().stream());
    }

    /** A type variable may stand for a parameter, so only their number is compared. */
    private static boolean isSame(JavaMethod above, JavaMethod method) {
        return above.getName().equals(method.getName())
                && above.getRawParameterTypes().size()
                        == method.getRawParameterTypes().size();
    }

    private static boolean declares(Class<?> foreign, JavaMethod method) {
        return Stream.concat(Stream.of(foreign.getMethods()), Stream.of(foreign.getDeclaredMethods()))
                .anyMatch(above -> above.getName().equals(method.getName())
                        && above.getParameterCount()
                                == method.getRawParameterTypes().size());
    }

    private static boolean isForeign(JavaClass type) {
        return !type.getName().startsWith("io.vireo.");
    }

    private boolean isUsed(JavaField field) {
        boolean isRead = field.getAccessesToSelf().stream()
                .anyMatch(access -> access.getAccessType() == JavaFieldAccess.AccessType.GET
                        && !(access.getOrigin() instanceof JavaMethod reader && dead.contains(nameOf(reader))));
        return isRead || field.getOwner().isRecord() || (isConstant(field) && code.count(field.getName()) > 1);
    }

    /** Final and with a value the compiler may know. */
    private static boolean isConstant(JavaField field) {
        boolean isFinal = field.getModifiers().contains(JavaModifier.FINAL);
        return isFinal
                && (field.getRawType().isPrimitive() || field.getRawType().isEquivalentTo(String.class));
    }
}
