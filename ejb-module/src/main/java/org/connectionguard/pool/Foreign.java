/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.pool;

import java.lang.reflect.InvocationTargetException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;

/**
 * Calls into the code of drivers and pools. They fail in one way: whatever is thrown there, from a missing method of an old
 * driver to a class cast, comes out as an SQLException, but for the end of the virtual machine.
 */
final class Foreign {
    /** Something to be done there. */
    @FunctionalInterface
    interface Call {
        void make() throws Throwable;
    }

    /** Something to be asked there. */
    @FunctionalInterface
    interface Question<T> {
        T ask() throws Throwable;
    }

    /** Something to be done with each of several. */
    @FunctionalInterface
    interface Step<T> {
        void with(T each) throws SQLException;
    }

    private Foreign() {}

    /**
     * Does it.
     *
     * @param what a sentence's beginning, for the exception: who should do what
     */
    static void call(String what, Call call) throws SQLException {
        try {
            call.make();
        } catch (Throwable e) {
            throw failure(what, e);
        }
    }

    /**
     * Asks it.
     *
     * @param what a sentence's beginning, for the exception: who should do what
     */
    static <T> T ask(String what, Question<T> question) throws SQLException {
        try {
            return question.ask();
        } catch (Throwable e) {
            throw failure(what, e);
        }
    }

    private static SQLException failure(String what, Throwable caught) {
        Throwable thrown = caught instanceof InvocationTargetException ? caught.getCause() : caught;
        if (thrown instanceof SQLException exception) {
            return exception;
        }
        if (thrown instanceof VirtualMachineError end) {
            throw end;
        }
        return new SQLException(what + " failed", thrown);
    }

    /**
     * Does it with each of them, whatever becomes of the others.
     *
     * @throws SQLException of the first one that it failed with
     */
    static <T> void forEach(Iterable<T> all, Step<? super T> step) throws SQLException {
        Optional<SQLException> failure = Optional.empty();
        for (T each : all) {
            try {
                step.with(each);
            } catch (SQLException e) {
                failure = failure.or(() -> Optional.of(e));
            } catch (RuntimeException e) {
                failure = failure.or(() -> Optional.of(new SQLException(e)));
            }
        }
        if (failure.isPresent()) {
            throw failure.get();
        }
    }

    /**
     * Cuts the line, so that nothing that is done with the connection afterwards waits for an answer: a close on a dead
     * connection may roll back first, or close statements, and a silent server never answers. Where the driver cannot do
     * that, nothing happens.
     */
    static void abort(Connection physical) {
        try {
            call("Aborting a connection", () -> physical.abort(Runnable::run));
        } catch (SQLException e) {
            // A driver of JDBC 4.0, or a security manager: what the caller does next is all that can be done.
        }
    }
}
