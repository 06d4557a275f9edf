/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.interleaving;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.FieldVisitor;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/**
 * Loads the checked packages, and their tests, once more: this time their locks are a {@link Schedule}'s, and before whatever
 * several threads may touch at once it asks that schedule whose turn it is. The tests themselves are loaded as they are. For one thread at a time.
 */
final class Rewritten extends ClassLoader {
    private static final List<String> PACKAGES = List.of("org.connectionguard.engine.", "org.connectionguard.later.");

    private static final String LOCK = "java/util/concurrent/locks/ReentrantLock";
    private static final String SCHEDULED_LOCK = Type.getInternalName(ScheduledLock.class);
    private static final String SCHEDULE = Type.getInternalName(Schedule.class);

    /** Their methods are points at which threads meet. */
    private static final Set<String> MEETING_POINTS = Set.of(
            "java/util/concurrent/atomic/AtomicBoolean",
            "java/util/concurrent/atomic/AtomicInteger",
            "java/util/concurrent/atomic/AtomicLong",
            "java/util/concurrent/atomic/AtomicReference");

    private final Map<String, Map<String, Integer>> fieldsByClass = new HashMap<>();

    Rewritten(ClassLoader parent) {
        super(parent);
    }

    /** Whether a class of this name is. */
    static boolean isChecked(String name) {
        return PACKAGES.stream().anyMatch(name::startsWith);
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        if (!isChecked(name)) {
            return super.loadClass(name, resolve);
        }
        synchronized (getClassLoadingLock(name)) {
            Class<?> loaded = findLoadedClass(name);
            return loaded == null ? define(name) : loaded;
        }
    }

    private Class<?> define(String name) throws ClassNotFoundException {
        URL place = getParent().getResource(name.replace('.', '/') + ".class");
        if (place == null) {
            throw new ClassNotFoundException(name);
        }
        byte[] bytes = read(place);
        byte[] defined = place.getPath().contains("/test-classes/") ? bytes : rewritten(bytes);
        return defineClass(name, defined, 0, defined.length, Rewritten.class.getProtectionDomain());
    }

    private static byte[] read(URL place) {
        try (InputStream content = place.openStream()) {
            return content.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private byte[] rewritten(byte[] original) {
        ClassReader reader = new ClassReader(original);
        ClassWriter writer = new ClassWriter(reader, 0);
        reader.accept(
                new ClassVisitor(Opcodes.ASM9, writer) {
                    @Override
                    public MethodVisitor visitMethod(
                            int access, String name, String descriptor, String signature, String[] exceptions) {
                        return new Asking(super.visitMethod(access, name, descriptor, signature, exceptions));
                    }
                },
                0);
        return writer.toByteArray();
    }

    private int access(String owner, String field) {
        return fieldsByClass.computeIfAbsent(owner, this::fields).getOrDefault(field, Opcodes.ACC_FINAL);
    }

    private Map<String, Integer> fields(String owner) {
        Map<String, Integer> fields = new HashMap<>();
        new ClassReader(read(getParent().getResource(owner + ".class")))
                .accept(
                        new ClassVisitor(Opcodes.ASM9) {
                            @Override
                            public FieldVisitor visitField(
                                    int access, String name, String descriptor, String signature, Object value) {
                                fields.put(name, access);
                                return null;
                            }
                        },
                        ClassReader.SKIP_CODE);
        return fields;
    }

    /** Asks before each step that may matter to others. */
    private final class Asking extends MethodVisitor {
        Asking(MethodVisitor next) {
            super(Opcodes.ASM9, next);
        }

        @Override
        public void visitTypeInsn(int opcode, String type) {
            super.visitTypeInsn(opcode, opcode == Opcodes.NEW && type.equals(LOCK) ? SCHEDULED_LOCK : type);
        }

        @Override
        public void visitMethodInsn(int opcode, String owner, String name, String descriptor, boolean isInterface) {
            if (owner.equals(LOCK) && opcode == Opcodes.INVOKESPECIAL) {
                super.visitMethodInsn(opcode, SCHEDULED_LOCK, name, descriptor, isInterface);
            } else if (owner.equals("java/lang/Thread") && name.equals("getState")) {
                super.visitMethodInsn(
                        Opcodes.INVOKESTATIC, SCHEDULE, "state", "(Ljava/lang/Thread;)Ljava/lang/Thread$State;", false);
            } else {
                if (MEETING_POINTS.contains(owner) && !name.equals("<init>")) {
                    ask("touch");
                }
                super.visitMethodInsn(opcode, owner, name, descriptor, isInterface);
            }
        }

        @Override
        public void visitFieldInsn(int opcode, String owner, String name, String descriptor) {
            if (isChecked(owner.replace('/', '.'))) {
                int access = access(owner, name);
                if ((access & Opcodes.ACC_VOLATILE) != 0) {
                    ask("touch");
                } else if ((access & Opcodes.ACC_FINAL) == 0) {
                    ask("touchUnguarded");
                }
            }
            super.visitFieldInsn(opcode, owner, name, descriptor);
        }

        private void ask(String what) {
            super.visitMethodInsn(Opcodes.INVOKESTATIC, SCHEDULE, what, "()V", false);
        }
    }
}
