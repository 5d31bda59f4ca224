package io.vireo.dataplane.architecture;

import io.vireo.dataplane.architecture.Violation.Clause;
import java.lang.classfile.CodeElement;
import java.lang.classfile.MethodModel;
import java.lang.classfile.Opcode;
import java.lang.classfile.instruction.FieldInstruction;
import java.lang.classfile.instruction.InvokeDynamicInstruction;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.classfile.instruction.LineNumber;
import java.lang.classfile.instruction.MonitorInstruction;
import java.lang.classfile.instruction.NewMultiArrayInstruction;
import java.lang.classfile.instruction.NewObjectInstruction;
import java.lang.classfile.instruction.NewPrimitiveArrayInstruction;
import java.lang.classfile.instruction.NewReferenceArrayInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.DirectMethodHandleDesc;
import java.lang.constant.MethodTypeDesc;
import java.lang.reflect.AccessFlag;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * One method's instructions: what it calls, and what in it must not run after start. A broken invariant may be reported: what stands between the
 * creation of its exception and the call of that exception's constructor makes its message, and is not looked at.
 */
final class MethodScan {
    /** No packet, however hostile, and no command can bring one of these about: they say that this code is wrong. */
    private static final Set<String> BROKEN_INVARIANTS = Set.of(
            "java/lang/IllegalStateException",
            "java/lang/IllegalArgumentException",
            "java/lang/AssertionError",
            "java/lang/MatchException",
            "java/util/NoSuchElementException");

    private final MethodRef method;
    private final CompiledClasses classes;
    private final List<Violation> violations = new ArrayList<>();
    private final Set<MethodRef> calls = new LinkedHashSet<>();
    private final Set<MethodRef> virtualCalls = new LinkedHashSet<>();
    private final Set<MethodRef> handles = new LinkedHashSet<>();
    private final Map<MethodRef, MethodRef> carried = new LinkedHashMap<>();
    private final List<String> exceptions = new ArrayList<>();
    private int line;

    private MethodScan(MethodRef method, CompiledClasses classes) {
        this.method = method;
        this.classes = classes;
    }

    static MethodScan of(String owner, MethodModel model, CompiledClasses classes) {
        MethodScan scan = new MethodScan(refOf(owner, model), classes);
        if (model.flags().has(AccessFlag.SYNCHRONIZED)) {
            scan.add(Clause.LOCK, "synchronized");
        }
        model.code().ifPresent(code -> code.forEach(scan::visit));
        return scan;
    }

    static MethodRef refOf(String owner, MethodModel model) {
        return new MethodRef(
                owner, model.methodName().stringValue(), model.methodType().stringValue());
    }

    MethodRef method() {
        return method;
    }

    List<Violation> violations() {
        return violations;
    }

    /** Calls of static methods, private ones and those of a superclass: exactly one target each. */
    Set<MethodRef> calls() {
        return calls;
    }

    Set<MethodRef> virtualCalls() {
        return virtualCalls;
    }

    /** Bodies of lambdas and targets of method references. */
    Set<MethodRef> handles() {
        return handles;
    }

    /**
     * Those of {@link #handles} that somebody may call later, each with the interface's method by which they are called; {@link ForeignCalls}
     * refuses to call the interfaces of the rest.
     */
    Map<MethodRef, MethodRef> carried() {
        return carried;
    }

    private void visit(CodeElement element) {
        switch (element) {
            case LineNumber number -> line = number.line();
            case NewObjectInstruction created -> visitNew(created.className().asInternalName());
            case InvokeInstruction call -> visitCall(call);
            case InvokeDynamicInstruction call -> visitDynamic(call);
            case NewPrimitiveArrayInstruction array ->
                add(Clause.ARRAY, array.typeKind().upperBound().displayName() + "[]");
            case NewReferenceArrayInstruction array ->
                add(Clause.ARRAY, simpleName(array.componentType().asInternalName()) + "[]");
            case NewMultiArrayInstruction array ->
                add(Clause.ARRAY, array.arrayType().asSymbol().displayName());
            case MonitorInstruction monitor -> {
                if (monitor.opcode() == Opcode.MONITORENTER) {
                    add(Clause.LOCK, "synchronized");
                }
            }
            case FieldInstruction field -> visitField(field);
            default -> {}
        }
    }

    private void visitNew(String type) {
        if (!classes.isThrowable(type)) {
            add(Clause.OBJECT, simpleName(type));
            return;
        }
        if (!BROKEN_INVARIANTS.contains(type)) {
            add(Clause.THROW, simpleName(type));
        }
        exceptions.add(type);
    }

    private void visitField(FieldInstruction field) {
        boolean isConsole = field.owner().asInternalName().equals("java/lang/System")
                && field.opcode() == Opcode.GETSTATIC
                && field.type().stringValue().equals("Ljava/io/PrintStream;");
        if (isConsole) {
            add(Clause.LOG, "System." + field.name().stringValue());
        }
    }

    private void visitCall(InvokeInstruction call) {
        MethodRef target = new MethodRef(
                call.owner().asInternalName(),
                call.name().stringValue(),
                call.type().stringValue());
        if (target.name().equals("<init>")) {
            exceptions.remove(target.owner()); // its message is made, what follows runs again
            return;
        }
        if (!exceptions.isEmpty()) {
            return;
        }
        if (!classes.contains(target.owner())) {
            ForeignCalls.clauseOf(target).ifPresent(clause -> add(clause, ForeignCalls.nameOf(target)));
        } else if (call.opcode() == Opcode.INVOKEVIRTUAL || call.opcode() == Opcode.INVOKEINTERFACE) {
            virtualCalls.add(target);
        } else {
            calls.add(target);
        }
    }

    private void visitDynamic(InvokeDynamicInstruction call) {
        switch (simpleName(call.bootstrapMethod().owner().descriptorString().replace(";", ""))) {
            case "LambdaMetafactory" -> {
                boolean isCapturing = call.typeSymbol().parameterCount() > 0;
                add(
                        Clause.LAMBDA,
                        (isCapturing ? "capturing " : "")
                                + call.typeSymbol().returnType().displayName());
                addHandle(call);
            }
            case "StringConcatFactory" -> add(Clause.TEXT, "+");
            default -> {} // records' own methods, switches over patterns
        }
    }

    /** The first argument is the descriptor of the interface's method, the second the method that stands for it. */
    private void addHandle(InvokeDynamicInstruction call) {
        ClassDesc type = call.typeSymbol().returnType();
        if (call.bootstrapArgs().get(0) instanceof MethodTypeDesc abstractMethod
                && call.bootstrapArgs().get(1) instanceof DirectMethodHandleDesc handle) {
            MethodRef target =
                    new MethodRef(internalName(handle.owner()), handle.methodName(), handle.lookupDescriptor());
            handles.add(target);
            if (!type.packageName().equals("java.util.function")) {
                carried.put(
                        target,
                        new MethodRef(
                                internalName(type), call.name().stringValue(), abstractMethod.descriptorString()));
            }
        }
    }

    private static String internalName(ClassDesc type) {
        String descriptor = type.descriptorString();
        return descriptor.substring(1, descriptor.length() - 1);
    }

    private void add(Clause clause, String detail) {
        if (exceptions.isEmpty()) {
            violations.add(new Violation(method, clause, detail, line));
        }
    }

    private static String simpleName(String internalName) {
        return internalName.substring(internalName.lastIndexOf('/') + 1);
    }
}
