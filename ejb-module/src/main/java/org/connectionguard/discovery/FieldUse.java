/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.discovery;

import java.io.IOException;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import org.connectionguard.discovery.ClassFile.Member;

/**
 * Which fields of its class and superclasses a method reads, by itself or through other methods of the class. For one search,
 * on one thread.
 */
final class FieldUse {
    private static final int TABLE_SWITCH = 0xaa;
    private static final int LOOKUP_SWITCH = 0xab;
    private static final int GET_STATIC = 0xb2;
    private static final int GET_FIELD = 0xb4;
    private static final int INVOKE_VIRTUAL = 0xb6;
    private static final int INVOKE_STATIC = 0xb8;
    private static final int INVOKE_DYNAMIC = 0xba;
    private static final int WIDE = 0xc4;
    private static final int INCREMENT = 0x84;

    private final Class<?> type;
    private final ClassFile file;
    private final Set<Member> followed = new HashSet<>();
    private final Set<Field> fields = new LinkedHashSet<>();
    private boolean complete = true;

    private FieldUse(Class<?> type, ClassFile file) {
        this.type = type;
        this.file = file;
    }

    /** The fields; empty where it cannot be told. */
    static Optional<Set<Field>> of(Method method) {
        try {
            Optional<ClassFile> file = ClassFile.of(method.getDeclaringClass());
            if (file.isEmpty()) {
                return Optional.empty();
            }
            FieldUse use = new FieldUse(method.getDeclaringClass(), file.get());
            use.follow(ClassFile.member(method));
            return use.complete ? Optional.of(use.fields) : Optional.empty();
        } catch (IOException | RuntimeException e) {
            // A format of later Java versions.
            return Optional.empty();
        }
    }

    private void follow(Member method) {
        if (!followed.add(method)) {
            return;
        }
        Optional<byte[]> code = file.code(method);
        if (code.isPresent()) {
            walk(ByteBuffer.wrap(code.get()));
        } else if (isOurs(method.owner())) {
            // Inherited, or of a class inside, whose own code may read what it likes.
            complete = false;
        }
    }

    private boolean isOurs(String owner) {
        return owner.startsWith(ClassFile.internal(type) + "$")
                || declaring(owner).isPresent();
    }

    private Optional<Class<?>> declaring(String owner) {
        for (Class<?> each = type; each != null && each != Object.class; each = each.getSuperclass()) {
            if (ClassFile.internal(each).equals(owner)) {
                return Optional.of(each);
            }
        }
        return Optional.empty();
    }

    private void walk(ByteBuffer code) {
        while (code.hasRemaining()) {
            int instruction = code.get() & 0xff;
            int next = code.position() + operands(instruction, code);
            switch (instruction) {
                case GET_STATIC, GET_FIELD -> read(file.member(code.getShort() & 0xffff));
                case INVOKE_VIRTUAL, INVOKE_VIRTUAL + 1, INVOKE_STATIC -> follow(file.member(code.getShort() & 0xffff));
                case INVOKE_DYNAMIC -> file.lambdas(code.getShort() & 0xffff).forEach(this::follow);
                default -> {}
            }
            code.position(next);
        }
    }

    private void read(Member field) {
        for (Class<?> each = declaring(field.owner()).orElse(null); each != null; each = each.getSuperclass()) {
            Optional<Field> found = Arrays.stream(each.getDeclaredFields())
                    .filter(declared -> declared.getName().equals(field.name()))
                    .findFirst();
            if (found.isPresent()) {
                fields.add(found.get());
                return;
            }
        }
    }

    /** How many bytes follow an instruction: Java Virtual Machine Specification, 6.5. */
    private static int operands(int instruction, ByteBuffer code) {
        int start = code.position();
        return switch (instruction) {
            case TABLE_SWITCH -> {
                int padding = -start & 3;
                int low = code.getInt(start + padding + 4);
                int high = code.getInt(start + padding + 8);
                yield padding + 12 + 4 * (high - low + 1);
            }
            case LOOKUP_SWITCH -> {
                int padding = -start & 3;
                yield padding + 8 + 8 * code.getInt(start + padding + 4);
            }
            case WIDE -> (code.get(start) & 0xff) == INCREMENT ? 5 : 3;
            default -> fixed(instruction);
        };
    }

    private static int fixed(int instruction) {
        if (instruction >= 0x15 && instruction <= 0x19 || instruction >= 0x36 && instruction <= 0x3a) {
            return 1;
        }
        if (instruction >= 0x99 && instruction <= 0xa8 || instruction >= GET_STATIC && instruction <= INVOKE_STATIC) {
            return 2;
        }
        return switch (instruction) {
            case 0x10, 0x12, 0xa9, 0xbc -> 1;
            case 0x11, 0x13, 0x14, INCREMENT, 0xbb, 0xbd, 0xc0, 0xc1, 0xc6, 0xc7 -> 2;
            case 0xc5 -> 3;
            case 0xb9, INVOKE_DYNAMIC, 0xc8, 0xc9 -> 4;
            default -> 0;
        };
    }
}
