package io.vireo.dataplane.architecture;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.constantpool.ClassEntry;
import java.lang.reflect.AccessFlag;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Classes read from class files, with their hierarchy: which methods a call may reach, among these classes. */
final class CompiledClasses {
    private final Map<String, ClassModel> byName = new TreeMap<>();
    private final Map<String, Set<String>> subtypes = new HashMap<>();
    private final Map<String, Set<MethodRef>> methods = new HashMap<>();

    private CompiledClasses(List<ClassModel> models) {
        for (ClassModel model : models) {
            String name = model.thisClass().asInternalName();
            byName.put(name, model);
            Set<MethodRef> declared = new LinkedHashSet<>();
            model.methods()
                    .forEach(method -> declared.add(new MethodRef(
                            name,
                            method.methodName().stringValue(),
                            method.methodType().stringValue())));
            methods.put(name, declared);
        }
        byName.keySet()
                .forEach(name -> supertypes(name)
                        .forEach(above -> subtypes.computeIfAbsent(above, key -> new HashSet<>())
                                .add(name)));
    }

    /** All classes that stand where these stand: a module's class folder, or its jar. */
    static CompiledClasses besides(Class<?>... anchors) {
        List<ClassModel> models = new ArrayList<>();
        for (Class<?> anchor : anchors) {
            try {
                URI source = anchor.getProtectionDomain()
                        .getCodeSource()
                        .getLocation()
                        .toURI();
                Path path = Path.of(source);
                if (Files.isDirectory(path)) {
                    models.addAll(read(path));
                } else {
                    try (FileSystem jar = FileSystems.newFileSystem(path)) {
                        models.addAll(read(jar.getPath("/")));
                    }
                }
            } catch (URISyntaxException e) {
                throw new IllegalStateException(e);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return new CompiledClasses(models);
    }

    private static List<ClassModel> read(Path root) throws IOException {
        List<ClassModel> models = new ArrayList<>();
        try (Stream<Path> files = Files.walk(root)) {
            for (Path file : files.filter(path -> path.toString().endsWith(".class"))
                    .filter(path -> !path.toString().endsWith("-info.class"))
                    .filter(path -> !path.toString().contains("/ffi/")) // jextract's: foreign code, see ForeignCalls
                    .toList()) {
                models.add(ClassFile.of().parse(Files.readAllBytes(file)));
            }
        }
        return models;
    }

    static CompiledClasses of(Class<?>... types) {
        List<ClassModel> models = new ArrayList<>();
        for (Class<?> type : types) {
            String file = "/" + type.getName().replace('.', '/') + ".class";
            try (var in = Optional.ofNullable(type.getResourceAsStream(file)).orElseThrow()) {
                models.add(ClassFile.of().parse(in.readAllBytes()));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return new CompiledClasses(models);
    }

    Iterable<ClassModel> models() {
        return byName.values();
    }

    boolean contains(String owner) {
        return byName.containsKey(owner);
    }

    /** Every method a call with this owner, name and descriptor may run: the one it resolves to, and what may override it. */
    Set<MethodRef> targets(MethodRef call) {
        Set<MethodRef> targets = new LinkedHashSet<>();
        resolve(call).ifPresent(targets::add);
        for (String below : subtypes.getOrDefault(call.owner(), Set.of())) {
            resolve(call.in(below)).ifPresent(targets::add);
        }
        return targets;
    }

    Optional<MethodRef> resolve(MethodRef call) {
        if (declares(call)) {
            return Optional.of(call);
        }
        return supertypes(call.owner()).stream()
                .map(call::in)
                .filter(this::declares)
                .findFirst();
    }

    private boolean declares(MethodRef method) {
        return methods.getOrDefault(method.owner(), Set.of()).contains(method);
    }

    /** Superclasses first, nearest first, then interfaces; those outside of these classes too, but not what is above those. */
    Set<String> supertypes(String name) {
        Set<String> above = new LinkedHashSet<>();
        ClassModel model = byName.get(name);
        if (model == null) {
            return above;
        }
        model.superclass().map(ClassEntry::asInternalName).ifPresent(type -> {
            above.add(type);
            above.addAll(supertypes(type));
        });
        model.interfaces().stream().map(ClassEntry::asInternalName).forEach(type -> {
            above.add(type);
            above.addAll(supertypes(type));
        });
        return above;
    }

    /** Whether a class from elsewhere (Agrona's {@code Agent}, say) may call this method, because a type of its own declares it. */
    boolean isCallback(MethodRef method) {
        return supertypes(method.owner()).stream()
                .filter(type -> !contains(type) && !type.equals("java/lang/Object") && !type.equals("java/lang/Record"))
                .anyMatch(type -> declaresByReflection(type, method));
    }

    private static boolean declaresByReflection(String type, MethodRef method) {
        try {
            Class<?> loaded = Class.forName(type.replace('/', '.'), false, CompiledClasses.class.getClassLoader());
            return Stream.of(loaded.getMethods())
                    .filter(candidate -> candidate.getDeclaringClass() != Object.class)
                    .filter(candidate -> !candidate.accessFlags().contains(AccessFlag.FINAL))
                    .anyMatch(candidate -> candidate.getName().equals(method.name())
                            && java.lang.invoke.MethodType.methodType(
                                            candidate.getReturnType(), candidate.getParameterTypes())
                                    .descriptorString()
                                    .equals(method.descriptor()));
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Whether the class is an exception or an error. */
    boolean isThrowable(String name) {
        for (String type : supertypes(name)) {
            if (!contains(type) && isForeignThrowable(type)) {
                return true;
            }
        }
        return !contains(name) && isForeignThrowable(name);
    }

    private static boolean isForeignThrowable(String name) {
        try {
            return Throwable.class.isAssignableFrom(
                    Class.forName(name.replace('/', '.'), false, CompiledClasses.class.getClassLoader()));
        } catch (ClassNotFoundException e) {
            return false;
        }
    }
}
