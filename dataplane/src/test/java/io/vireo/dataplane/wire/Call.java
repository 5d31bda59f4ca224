package io.vireo.dataplane.wire;

import io.vireo.dataplane.wire.value.AssociationText;
import io.vireo.dataplane.wire.value.ClassSpec;
import io.vireo.dataplane.wire.value.EmulationSpec;
import io.vireo.dataplane.wire.value.FilterChunk;
import io.vireo.dataplane.wire.value.InterfaceSpec;
import io.vireo.dataplane.wire.value.LabelSpec;
import io.vireo.dataplane.wire.value.NextHops;
import io.vireo.dataplane.wire.value.SecurityAssociationSpec;
import io.vireo.dataplane.wire.value.SecurityAssociationState;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** A call of a handler's method, with copies of its arguments: views and frames in the ring do not outlive the call. */
public record Call(String method, List<Object> arguments) {

    public static Call of(String method, Object... arguments) {
        return new Call(method, copy(arguments));
    }

    /** Returns a handler that appends every call to a list. */
    public static <T> T recorder(Class<T> handler, List<Call> calls) {
        Object proxy = Proxy.newProxyInstance(
                handler.getClassLoader(), new Class<?>[] {handler}, (self, method, arguments) -> {
                    calls.add(new Call(method.getName(), copy(arguments)));
                    return null;
                });
        return handler.cast(proxy);
    }

    /** A frame is three arguments, buffer, offset and length; it becomes one, its bytes. */
    private static List<Object> copy(Object[] arguments) {
        List<Object> copies = new ArrayList<>();
        for (int i = 0; i < arguments.length; i++) {
            switch (arguments[i]) {
                case NextHops hops -> copies.add(new NextHops().copyFrom(hops));
                case InterfaceSpec spec -> copies.add(new InterfaceSpec().copyFrom(spec));
                case EmulationSpec spec -> copies.add(new EmulationSpec().copyFrom(spec));
                case LabelSpec spec -> copies.add(spec.toString());
                case ClassSpec spec -> copies.add(new ClassSpec().copyFrom(spec));
                case FilterChunk chunk -> copies.add(new FilterChunk().copyFrom(chunk));
                case SecurityAssociationSpec spec -> copies.add(AssociationText.of(spec));
                case SecurityAssociationState state -> copies.add(AssociationText.of(state));
                case CharSequence text -> copies.add(text.toString());
                case DirectBuffer buffer -> {
                    var bytes = new byte[(int) arguments[i + 2]];
                    buffer.getBytes((int) arguments[i + 1], bytes);
                    copies.add(Arrays.toString(bytes));
                    i += 2;
                }
                default -> copies.add(arguments[i]);
            }
        }
        return copies;
    }

    /** Returns a copy of raw memory, as {@link #copy} shows it. */
    public static String bytesAt(long address, int length) {
        var bytes = new byte[length];
        new UnsafeBuffer(address, length).getBytes(0, bytes);
        return Arrays.toString(bytes);
    }
}
