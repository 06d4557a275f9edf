/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.server;

import jakarta.ejb.NoSuchObjectLocalException;
import jakarta.ejb.Timer;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A timer whose job can be called between its expirations, with all interceptors, and a transaction. Jakarta EE has no way to do
 * that; WildFly's timers have a public method {@code invoke()}, elsewhere the bean may have a {@link BusinessCall}. For any thread.
 */
public final class Invocation implements Repeat {
    /** WildFly's, of whose classes those of the timers themselves may be hidden. */
    private static final String MANAGED_TIMER = "org.jboss.as.ejb3.timerservice.spi.ManagedTimer";

    private final Timer timer;
    private final BusinessCall call;
    private final boolean recurs;

    private Invocation(Timer timer, BusinessCall call, boolean recurs) {
        this.timer = timer;
        this.call = call;
        this.recurs = recurs;
    }

    /**
     * That of a timer within its call, as its container calls it.
     *
     * @return empty where its container has no such way
     */
    public static Optional<Invocation> of(Timer timer) {
        return method(timer)
                .map(invoke -> new Invocation(
                        timer,
                        called -> invoke(invoke, called),
                        TimerPromise.of(timer).next().isPresent()));
    }

    /** That of a timer that comes again, as clients call its bean. */
    public static Invocation by(BusinessCall call, Timer timer) {
        return new Invocation(timer, call, true);
    }

    /** That of a timer that expires once, and has. */
    public static Invocation once(BusinessCall call, Timer timer) {
        return new Invocation(timer, call, false);
    }

    /** Another one of the same kind. */
    public Invocation again() {
        return new Invocation(timer, call, recurs);
    }

    private static void invoke(Method invoke, Timer timer) throws Exception {
        try {
            invoke.invoke(timer);
        } catch (InvocationTargetException e) {
            throw thrown(e);
        }
    }

    /** What a method that was called by reflection threw; an Error is thrown at once. */
    public static Exception thrown(InvocationTargetException caught) {
        if (caught.getCause() instanceof Error error) {
            throw error;
        }
        return caught.getCause() instanceof Exception exception ? exception : caught;
    }

    private static Optional<Method> method(Timer timer) {
        return superclasses(timer.getClass())
                .flatMap(type -> Stream.of(type.getInterfaces()))
                .filter(type -> type.getName().equals(MANAGED_TIMER))
                .flatMap(type -> {
                    try {
                        return Stream.of(type.getMethod("invoke"));
                    } catch (NoSuchMethodException e) {
                        // Another generation of WildFly.
                        return Stream.empty();
                    }
                })
                .findFirst();
    }

    private static Stream<Class<?>> superclasses(Class<?> type) {
        return Stream.<Class<?>>iterate(type, each -> each != null, Class::getSuperclass);
    }

    @Override
    public Object timer() {
        return timer;
    }

    @Override
    public boolean recurs() {
        return recurs;
    }

    @Override
    public boolean isCalledByContainer() {
        return false;
    }

    /** Whether the timer is still there; of one that has expired for the last time nobody can say. */
    public boolean isOn() {
        if (!recurs) {
            return true;
        }
        try {
            timer.getTimeRemaining();
            return true;
        } catch (NoSuchObjectLocalException e) {
            return false;
        } catch (RuntimeException e) {
            // It has come to its end meanwhile, or does not say.
            return true;
        }
    }

    /**
     * Calls it, and returns when the call has.
     *
     * @throws Exception what the call threw
     */
    public void call() throws Exception {
        call.call(timer);
    }
}
