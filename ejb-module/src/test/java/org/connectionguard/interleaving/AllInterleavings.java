/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.interleaving;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.InvocationInterceptor;
import org.junit.jupiter.api.extension.ReflectiveInvocationContext;
import org.junit.jupiter.api.extension.TestInstanceFactory;
import org.junit.jupiter.api.extension.TestInstanceFactoryContext;
import org.junit.jupiter.api.extension.TestInstantiationException;

/**
 * Runs each test method of a class in many {@link Schedule}s: all with at most {@code model.detours} detours from running each
 * thread until it has to wait, as far as {@code model.schedules} go, and as many again with detours at random; each on a new
 * instance. The first that fails is told step by step, and {@code -Dmodel.replay} runs it again.
 */
public final class AllInterleavings implements InvocationInterceptor, TestInstanceFactory {
    private static final int DETOURS = Integer.getInteger("model.detours", 1);
    private static final int SCHEDULES = Integer.getInteger("model.schedules", 500);
    private static final boolean TELLS = Boolean.getBoolean("model.told");
    private static final Optional<String> REPLAY = Optional.ofNullable(System.getProperty("model.replay"));

    /** JUnit wants one; it is made in a schedule, as all of them, and nothing is ever called on it. */
    @Override
    public Object createTestInstance(TestInstanceFactoryContext context, ExtensionContext extension) {
        List<Object> made = new ArrayList<>();
        Optional<Throwable> failure;
        try {
            Constructor<?> constructor = context.getTestClass().getDeclaredConstructor();
            constructor.setAccessible(true);
            failure = new Schedule(Choices.replayed("0"), false).run(() -> made.add(constructor.newInstance()));
        } catch (ReflectiveOperationException | InterruptedException e) {
            failure = Optional.of(e);
        }
        if (failure.isPresent()) {
            throw new TestInstantiationException("It cannot be made in a schedule", failure.get());
        }
        return made.get(0);
    }

    @Override
    public void interceptTestMethod(
            Invocation<Void> invocation, ReflectiveInvocationContext<Method> context, ExtensionContext extension)
            throws Throwable {
        invocation.skip();
        Class<?> again = new Rewritten(AllInterleavings.class.getClassLoader())
                .loadClass(context.getExecutable().getDeclaringClass().getName());
        Method method = again.getDeclaredMethod(context.getExecutable().getName());
        Constructor<?> constructor = again.getDeclaredConstructor();
        method.setAccessible(true);
        constructor.setAccessible(true);
        explore(extension.getDisplayName(), () -> run(constructor, method));
    }

    private static void run(Constructor<?> constructor, Method method) throws Throwable {
        try {
            method.invoke(constructor.newInstance());
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    private static void explore(String name, Schedule.Body test) throws Throwable {
        if (REPLAY.isPresent()) {
            check(Choices.replayed(REPLAY.get()), test);
            return;
        }
        // Classes are loaded and initialised in the first one.
        new Schedule(Choices.replayed("0"), false).run(test);
        long start = System.nanoTime();
        Choices.Systematic systematic = new Choices.Systematic(DETOURS);
        int tried = 0;
        while (tried < SCHEDULES && !systematic.isComplete()) {
            check(systematic.next(), test);
            systematic.advance();
            tried++;
        }
        for (int seed = 0; seed < SCHEDULES; seed++) {
            check(Choices.random(seed), test);
        }
        if (!TELLS) {
            return;
        }
        System.out.printf(
                "%s: %d schedules%s with %d detours, %d at random, %d ms%n",
                name,
                tried,
                systematic.isComplete() ? " (all)" : "",
                DETOURS,
                SCHEDULES,
                (System.nanoTime() - start) / 1_000_000);
    }

    private static void check(Choices choices, Schedule.Body test) throws InterruptedException {
        Optional<Throwable> failure = new Schedule(choices, false).run(test);
        if (failure.isPresent()) {
            Schedule again = new Schedule(Choices.replayed(choices.made()), true);
            Throwable cause = again.run(test).orElse(failure.get());
            List<String> trace = again.trace();
            throw new AssertionError(
                    cause + "\n\nStep by step:\n" + String.join("\n", trace) + "\n\nAgain: -Dmodel.replay="
                            + choices.made(),
                    cause);
        }
    }
}
