/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.discovery;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.invoke.MethodType;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLConnection;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What methods of a class do, as far as it can be seen who reads which field: Java Virtual Machine Specification, chapter 4.
 * For one search, on one thread.
 */
final class ClassFile {
    private static final int UTF8 = 1;
    private static final int LONG = 5;
    private static final int DOUBLE = 6;
    private static final int METHOD_HANDLE = 15;

    /** A field or method, as code names it. */
    record Member(String owner, String name, String descriptor) {}

    /** An entry of the constant pool: its text, or up to two numbers. */
    private record Constant(int tag, String text, int first, int second) {}

    private final Constant[] constants;
    private final Map<Member, byte[]> code = new HashMap<>();
    private final List<List<Integer>> bootstraps = new ArrayList<>();

    private ClassFile(DataInputStream in) throws IOException {
        in.skipNBytes(8);
        constants = new Constant[in.readUnsignedShort()];
        for (int i = 1; i < constants.length; i++) {
            constants[i] = constant(in);
            if (constants[i].tag() == LONG || constants[i].tag() == DOUBLE) {
                i++;
            }
        }
        in.skipNBytes(2);
        String self = text(constants[in.readUnsignedShort()].first());
        in.skipNBytes(2);
        in.skipNBytes(2L * in.readUnsignedShort());
        members(in, self);
        members(in, self);
        for (int i = in.readUnsignedShort(); i > 0; i--) {
            if (attribute(in, "BootstrapMethods")) {
                readBootstraps(in);
            }
        }
    }

    /** Empty where the class does not lie in a file. */
    static Optional<ClassFile> of(Class<?> type) throws IOException {
        URL place = type.getResource(type.getName().substring(type.getName().lastIndexOf('.') + 1) + ".class");
        if (place == null) {
            return Optional.empty();
        }
        URLConnection connection = place.openConnection();
        // A cached JarFile would keep the archive open after undeployment.
        connection.setUseCaches(false);
        try (InputStream in = connection.getInputStream()) {
            return Optional.of(new ClassFile(new DataInputStream(new BufferedInputStream(in))));
        }
    }

    /** The instructions of a method, if it is one of this class. */
    Optional<byte[]> code(Member method) {
        return Optional.ofNullable(code.get(method));
    }

    static Member member(Method method) {
        return new Member(
                internal(method.getDeclaringClass()),
                method.getName(),
                MethodType.methodType(method.getReturnType(), method.getParameterTypes())
                        .toMethodDescriptorString());
    }

    static String internal(Class<?> type) {
        return type.getName().replace('.', '/');
    }

    /** What an instruction on a field, or one that calls a method, names. */
    Member member(int index) {
        Constant nameAndType = constants[constants[index].second()];
        return new Member(
                text(constants[constants[index].first()].first()),
                text(nameAndType.first()),
                text(nameAndType.second()));
    }

    /** What a lambda or method reference that is made by an instruction will call. */
    List<Member> lambdas(int index) {
        return bootstraps.get(constants[index].first()).stream()
                .map(argument -> constants[argument])
                .filter(constant -> constant.tag() == METHOD_HANDLE)
                .map(handle -> member(handle.second()))
                .toList();
    }

    private String text(int index) {
        return constants[index].text();
    }

    private static Constant constant(DataInputStream in) throws IOException {
        int tag = in.readUnsignedByte();
        return switch (tag) {
            case UTF8 -> new Constant(tag, in.readUTF(), 0, 0);
            case 3, 4, LONG, DOUBLE -> {
                in.skipNBytes(tag < LONG ? 4 : 8);
                yield new Constant(tag, "", 0, 0);
            }
            case 7, 8, 16, 19, 20 -> new Constant(tag, "", in.readUnsignedShort(), 0);
            case METHOD_HANDLE -> new Constant(tag, "", in.readUnsignedByte(), in.readUnsignedShort());
            default -> new Constant(tag, "", in.readUnsignedShort(), in.readUnsignedShort());
        };
    }

    private void members(DataInputStream in, String self) throws IOException {
        for (int i = in.readUnsignedShort(); i > 0; i--) {
            in.skipNBytes(2);
            Member member = new Member(self, text(in.readUnsignedShort()), text(in.readUnsignedShort()));
            for (int j = in.readUnsignedShort(); j > 0; j--) {
                if (attribute(in, "Code")) {
                    code.put(member, readCode(in));
                }
            }
        }
    }

    /** Whether the attribute that comes is this one, whose content comes then; else it is passed over. */
    private boolean attribute(DataInputStream in, String name) throws IOException {
        boolean wanted = text(in.readUnsignedShort()).equals(name);
        int length = in.readInt();
        if (!wanted) {
            in.skipNBytes(length);
        }
        return wanted;
    }

    private byte[] readCode(DataInputStream in) throws IOException {
        in.skipNBytes(4);
        byte[] instructions = in.readNBytes(in.readInt());
        in.skipNBytes(8L * in.readUnsignedShort());
        for (int i = in.readUnsignedShort(); i > 0; i--) {
            attribute(in, "");
        }
        return instructions;
    }

    private void readBootstraps(DataInputStream in) throws IOException {
        for (int i = in.readUnsignedShort(); i > 0; i--) {
            in.skipNBytes(2);
            List<Integer> arguments = new ArrayList<>();
            for (int j = in.readUnsignedShort(); j > 0; j--) {
                arguments.add(in.readUnsignedShort());
            }
            bootstraps.add(arguments);
        }
    }
}
