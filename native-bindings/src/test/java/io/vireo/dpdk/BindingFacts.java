package io.vireo.dpdk;

import io.vireo.dpdk.ffi.Dpdk;
import java.io.IOException;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.SequenceLayout;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Everything the generated bindings claim: each size, offset and constant, by the C expression that must have the same value. */
final class BindingFacts {
    private static final String PACKAGE = "io.vireo.dpdk.ffi";
    private static final String OFFSET = "$offset";

    private final Map<String, Long> facts = new LinkedHashMap<>();

    private BindingFacts() {}

    static Map<String, Long> all() throws ReflectiveOperationException, IOException, URISyntaxException {
        BindingFacts all = new BindingFacts();
        all.addConstants();
        for (Class<?> type : generatedClasses()) {
            if (hasMethod(type, "sizeof")) {
                all.addStruct(type);
            }
        }
        return all.facts;
    }

    /** Gives the names of the functions bound, each of which has a method {@code <name>$address}. */
    static List<Method> functionAddresses() {
        return methods(Dpdk.class)
                .filter(method -> method.getName().endsWith("$address"))
                .toList();
    }

    private void addConstants() throws ReflectiveOperationException {
        for (Method method : methods(Dpdk.class).toList()) {
            if (method.getName().matches("[A-Z][A-Z0-9_]+") && method.getParameterCount() == 0) {
                // C's unsigned int is Java's int of the same bits.
                String cast = method.getReturnType() == int.class ? "(int)" : "";
                facts.put(cast + method.getName(), ((Number) method.invoke(null)).longValue());
            }
        }
    }

    private void addStruct(Class<?> type) throws ReflectiveOperationException {
        String name = type.getSimpleName();
        String cType = name.endsWith("_t") ? name : "struct " + name;
        facts.put("sizeof(" + cType + ")", (Long) type.getMethod("sizeof").invoke(null));
        addMembers(type, cType, "", 0);
    }

    /** A nested class is a member of anonymous type: its own offsets count from that member's. */
    private void addMembers(Class<?> type, String cType, String path, long base) throws ReflectiveOperationException {
        for (Method method : methods(type).toList()) {
            if (method.getName().endsWith(OFFSET)) {
                String member = method.getName().substring(0, method.getName().length() - OFFSET.length());
                addMember(type, cType, path + member, member, base + (Long) method.invoke(null));
            }
        }
    }

    private void addMember(Class<?> type, String cType, String path, String member, long offset)
            throws ReflectiveOperationException {
        facts.put("offsetof(" + cType + ", " + path + ")", offset);
        MemoryLayout layout = (MemoryLayout) type.getMethod(member + "$layout").invoke(null);
        facts.put("sizeof(((" + cType + " *)0)->" + path + ")", layout.byteSize());
        for (Class<?> nested : type.getDeclaredClasses()) {
            if (nested.getSimpleName().equals(member)) {
                String element = layout instanceof SequenceLayout ? "[0]." : ".";
                addMembers(nested, cType, path + element, offset);
            }
        }
    }

    private static List<Class<?>> generatedClasses() throws IOException, URISyntaxException, ClassNotFoundException {
        Path root = Path.of(
                Dpdk.class.getProtectionDomain().getCodeSource().getLocation().toURI());
        try (Stream<Path> files = Files.list(root.resolve(PACKAGE.replace('.', '/')))) {
            List<String> names = files.map(file -> file.getFileName().toString())
                    .filter(file -> file.endsWith(".class") && !file.contains("$") && !file.startsWith("package"))
                    .map(file -> PACKAGE + "." + file.substring(0, file.length() - ".class".length()))
                    .sorted()
                    .toList();
            ArrayList<Class<?>> classes = new ArrayList<>();
            for (String name : names) {
                classes.add(Class.forName(name));
            }
            return classes;
        }
    }

    private static boolean hasMethod(Class<?> type, String name) {
        return methods(type).anyMatch(method -> method.getName().equals(name));
    }

    private static Stream<Method> methods(Class<?> type) {
        return Arrays.stream(type.getDeclaredMethods())
                .filter(method -> Modifier.isPublic(method.getModifiers()) && Modifier.isStatic(method.getModifiers()))
                .sorted(Comparator.comparing(Method::getName));
    }
}
