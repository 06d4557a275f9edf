/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.testing;

import jakarta.enterprise.concurrent.Schedule;
import java.io.IOException;
import java.io.InputStream;
import org.objectweb.asm.AnnotationVisitor;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/** The classes of a test with {@code @Schedule} where they have {@link Scheduled}, as Jakarta Concurrency 3.2 has it. */
public final class ScheduledClasses extends ClassLoader {
    private final String test;

    /**
     * None loaded.
     *
     * @param test in which they are
     */
    public ScheduledClasses(Class<?> test) {
        super(test.getClassLoader());
        this.test = test.getName();
    }

    /** The class, scheduled. */
    public Class<?> of(Class<?> type) throws ClassNotFoundException {
        return loadClass(type.getName());
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        if (!name.startsWith(test)) {
            return super.loadClass(name, resolve);
        }
        synchronized (getClassLoadingLock(name)) {
            Class<?> loaded = findLoadedClass(name);
            return loaded == null ? define(name) : loaded;
        }
    }

    private Class<?> define(String name) throws ClassNotFoundException {
        try (InputStream in = getResourceAsStream(name.replace('.', '/') + ".class")) {
            byte[] bytes = scheduled(new ClassReader(in));
            return defineClass(name, bytes, 0, bytes.length);
        } catch (IOException e) {
            throw new ClassNotFoundException(name, e);
        }
    }

    private static byte[] scheduled(ClassReader original) {
        ClassWriter writer = new ClassWriter(0);
        original.accept(
                new ClassVisitor(Opcodes.ASM9, writer) {
                    @Override
                    public MethodVisitor visitMethod(
                            int access, String name, String descriptor, String signature, String[] exceptions) {
                        return new Scheduling(super.visitMethod(access, name, descriptor, signature, exceptions));
                    }
                },
                0);
        return writer.toByteArray();
    }

    /** Exchanges the annotation. */
    private static final class Scheduling extends MethodVisitor {
        Scheduling(MethodVisitor next) {
            super(Opcodes.ASM9, next);
        }

        @Override
        public AnnotationVisitor visitAnnotation(String descriptor, boolean visible) {
            return super.visitAnnotation(
                    descriptor.equals(Type.getDescriptor(Scheduled.class))
                            ? Type.getDescriptor(Schedule.class)
                            : descriptor,
                    visible);
        }
    }
}
