package io.vireo.dataplane.architecture;

import java.lang.constant.MethodTypeDesc;

/** A method as a class file names it: the internal name of its owner, its name and its descriptor. */
record MethodRef(String owner, String name, String descriptor) {
    boolean isConstructor() {
        return name.equals("<init>") || name.equals("<clinit>");
    }

    MethodRef in(String otherOwner) {
        return new MethodRef(otherOwner, name, descriptor);
    }

    /** The owner's name as in source, without the package all of them share. */
    String ownerName() {
        return owner.replace('/', '.').replace("io.vireo.", "");
    }

    /** Parameters by their simple names: overloads stay apart, and a line of a ratchet stays readable. */
    @Override
    public String toString() {
        return ownerName() + "." + name + "("
                + MethodTypeDesc.ofDescriptor(descriptor).parameterList().stream()
                        .map(type -> type.displayName())
                        .reduce((left, right) -> left + "," + right)
                        .orElse("")
                + ")";
    }
}
