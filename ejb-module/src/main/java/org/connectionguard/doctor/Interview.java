/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.doctor;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import javax.sql.DataSource;
import org.connectionguard.database.Failure;
import org.connectionguard.engine.Borrowed;
import org.connectionguard.engine.BoundedQuestion;
import org.connectionguard.engine.BoundedQuestion.Phase;
import org.connectionguard.engine.Threads;
import org.connectionguard.engine.Time;
import org.connectionguard.message.Diagnoses;
import org.connectionguard.message.Messages;
import org.connectionguard.pool.Pools;

/**
 * One asking of one server, on a thread of its own, which driver, pool and network may hold as long as they like: who waits
 * aborts the connection, or interrupts the wait for one. Several may wait for the same answer. For any thread.
 *
 * @param <F> what is found out
 */
final class Interview<F> implements Runnable, AutoCloseable {
    /** What is asked; runs where it may take for ever. */
    interface Inquiry<F> {
        /** Empty: there is nothing to be said. */
        Optional<F> ask(Connection connection) throws SQLException;
    }

    /**
     * What came of it.
     *
     * @param said what the inquiry found out
     * @param noAnswer why the server could not be asked
     */
    record Answer<F>(Optional<F> said, Optional<String> noAnswer) {
        static <F> Answer<F> none(String why) {
            return new Answer<>(Optional.empty(), Optional.of(why));
        }
    }

    private final DataSource dataSource;
    private final Inquiry<F> inquiry;
    private final Threads threads;
    private final Pools pools;
    private final Duration patience;
    private final Runnable atEnd;
    private final long end;
    private final BoundedQuestion<Answer<F>> question = new BoundedQuestion<>(Time.SYSTEM);
    private volatile boolean stopped;

    /**
     * An interview that is to be begun at once.
     *
     * @param threads for this interview alone, which closes them
     * @param patience how long it is waited for, from now on
     * @param atEnd done when it is over, on the thread that asked; however late that is
     */
    Interview(
            DataSource dataSource,
            Inquiry<F> inquiry,
            Threads threads,
            Pools pools,
            Duration patience,
            Runnable atEnd) {
        this.dataSource = dataSource;
        this.inquiry = inquiry;
        this.threads = threads;
        this.pools = pools;
        this.patience = patience;
        this.atEnd = atEnd;
        this.end = Time.SYSTEM.nanos() + patience.toNanos();
    }

    /** Begins to ask. */
    void begin() {
        try {
            threads.execute(this);
        } catch (RuntimeException | Error e) {
            // The process is at its limits: no fault of the data source's, and none of who asks.
            finish(Answer.none(Messages.noThread(e)));
        }
    }

    private void finish(Answer<F> answer) {
        try {
            atEnd.run();
        } finally {
            question.answer(answer);
        }
    }

    // On the thread that asks.

    @Override
    public void run() {
        question.begin();
        Answer<F> answer = Answer.none(Diagnoses.interrupted());
        try {
            answer = ask(true);
        } catch (Throwable e) {
            // Drivers throw anything. After the end no further class is asked for: the application may be gone, and its
            // class
            // loader with it.
            if (!question.isLeftBehind()) {
                answer = Answer.none(Failure.describe(e));
            }
        } finally {
            finish(answer);
        }
    }

    /**
     * @param again whether a connection that is lost may have died in the pool, so that a second one is worth a try
     */
    private Answer<F> ask(boolean again) throws SQLException {
        question.enter(Phase.BORROWING);
        try (Borrowed borrowed = new Borrowed(dataSource.getConnection(), pools)) {
            borrowed.connect();
            question.enter(Phase.VALIDATING, borrowed.handle());
            if (question.isLeftBehind()) {
                settle(borrowed, false);
                return Answer.none(Diagnoses.interrupted());
            }
            borrowed.physical().ifPresent(question::mayAbort);
            try {
                Optional<F> said = inquiry.ask(borrowed.handle());
                settle(borrowed, isAborted());
                return new Answer<>(said, Optional.empty());
            } catch (SQLException | RuntimeException e) {
                boolean aborted = isAborted();
                boolean lost = aborted || Failure.isLostConnection(e, Optional.empty());
                settle(borrowed, lost);
                if (!again || !lost || question.isLeftBehind()) {
                    throw e;
                }
            }
        }
        return ask(false);
    }

    /** Whether it was, for its silence; from now on nobody will. */
    private boolean isAborted() {
        return question.spareConnection().isPresent();
    }

    private void settle(Borrowed borrowed, boolean broken) {
        try {
            if (broken) {
                question.enter(Phase.EVICTING);
                borrowed.evict(true);
            } else {
                question.enter(Phase.RETURNING, borrowed.handle());
                borrowed.giveBack();
            }
        } catch (Throwable e) {
            // What the pool did not take back as it should is destroyed; the answer is no worse for it.
        }
    }

    // On the threads that wait.

    /** Waits for the answer until the patience is at its end, or the interview is stopped; then nobody is asked any more. */
    Answer<F> await() {
        try {
            Optional<Answer<F>> answer = question.await((asked, now) -> stopped ? now : end);
            return answer.isPresent() ? answer.get() : leave(whyNone());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return leave(Diagnoses.interrupted());
        }
    }

    private String whyNone() {
        if (stopped) {
            return Diagnoses.interrupted();
        }
        return question.phase() == Phase.BORROWING ? Diagnoses.noConnection(patience) : Diagnoses.noAnswer(patience);
    }

    /** Ends it at once, and whoever waits for it. */
    void stop() {
        leave(Diagnoses.interrupted());
        stopped = true;
        question.wake();
    }

    /** Ends it, unless the answer is there. */
    private Answer<F> leave(String why) {
        Optional<Answer<F>> lastMoment = question.leaveBehind();
        if (lastMoment.isEmpty()) {
            question.takeSilent(patience).ifPresentOrElse(this::abort, question::interrupt);
        }
        return lastMoment.orElseGet(() -> Answer.none(why));
    }

    private void abort(Connection silent) {
        try (Threads spare = Threads.spare("connection-guard doctor abort")) {
            spare.execute(() -> {
                try {
                    silent.abort(Runnable::run);
                } catch (Throwable e) {
                    // Then it cannot be aborted: its driver has the thread.
                }
            });
        } catch (RuntimeException | Error e) {
            // No thread for it: the same.
        }
    }

    /** Lets the threads go when they have done. */
    @Override
    public void close() {
        threads.close();
    }
}
