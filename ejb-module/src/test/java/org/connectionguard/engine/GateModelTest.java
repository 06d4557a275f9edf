/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.locks.Condition;
import org.connectionguard.DataSourceState;
import org.connectionguard.GuardEvent;
import org.connectionguard.config.Settings;
import org.connectionguard.interleaving.AllInterleavings;
import org.connectionguard.interleaving.Schedule;
import org.connectionguard.message.Reason;
import org.connectionguard.pool.Pools;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * The gate in every order in which its threads may run: each test with two or three jobs, a pool of one or two connections, and
 * one fault. Time passes only when nobody can go on, unless the test says otherwise: then "no time has passed" means that nobody
 * was forgotten until his time was over.
 */
@Tag("model")
@ExtendWith(AllInterleavings.class)
class GateModelTest {
    private static final SQLException REFUSED = new SQLException("Communications link failure", "08S01", 0);

    /** The clock of the schedule. */
    private static final Time TIME = new Time() {
        @Override
        public long nanos() {
            return Schedule.current().nanos();
        }

        @Override
        public void await(Condition condition, long nanos) throws InterruptedException {
            condition.awaitNanos(nanos);
        }

        @Override
        public double random() {
            return 0.5;
        }
    };

    /** A thread of the schedule for each question. */
    private final class ScheduledThreads implements Threads {
        private boolean interruptible;
        private boolean closed;
        private int failures;
        private int running;
        private int laterAttempts;
        private int mostLater;

        @Override
        public void execute(Runnable task) {
            if (closed) {
                throw new RejectedExecutionException("closed");
            }
            if (failures > 0) {
                failures--;
                throw new OutOfMemoryError("unable to create native thread");
            }
            schedule.start("probe", () -> {
                running++;
                if (schedule.hasTimePassed()) {
                    laterAttempts++;
                    mostLater = Math.max(mostLater, running);
                }
                task.run();
                running--;
            });
        }

        @Override
        public boolean endWhenInterrupted() {
            return interruptible;
        }

        @Override
        public void close() {
            closed = true;
        }
    }

    /** A job, and what it was told. */
    private final class Job {
        private final ScheduledPool.Transaction transaction = pool.new Transaction();
        private final Schedule.Participant thread;
        private Optional<Verdict> verdict = Optional.empty();
        private int asked;

        Job(String name, boolean inTransaction) {
            thread = schedule.start(name, () -> {
                asked = pool.questions();
                verdict = Optional.of(pass(inTransaction ? Optional.of(transaction) : Optional.empty()));
            });
        }

        boolean passed() {
            return verdict.orElseThrow() instanceof Verdict.Live;
        }

        Reason reason() {
            return ((Verdict.Unavailable) verdict.orElseThrow()).reason();
        }
    }

    private final Schedule schedule = Schedule.current();
    private final long start = schedule.nanos();
    private final ScheduledPool pool = new ScheduledPool(2);
    private final ScheduledThreads threads = new ScheduledThreads();
    private boolean stopped;
    private int outages;
    private int aborting;
    private int failedAttempts;
    private boolean backAtOnce;
    private Settings settings = Settings.DEFAULTS;
    private final Gate gate = new Gate(
            "java:x", threads, this::abort, () -> stopped, TIME, new Pools(List.of(pool)), List.of(this::heard));

    private void heard(GuardEvent event) {
        if (event instanceof GuardEvent.OutageBegan) {
            outages++;
        } else if (event instanceof GuardEvent.OutageEnded ended) {
            failedAttempts = ended.attempts();
            backAtOnce = !schedule.hasTimePassed();
        }
    }

    private void abort(Runnable task) {
        aborting++;
        schedule.start("abort", () -> {
            task.run();
            aborting--;
        });
    }

    private Verdict pass(Optional<JobTransaction> transaction) {
        return gate.admit(target(), Deadline.after(settings.maxWait(), TIME), transaction, OptionalLong.empty());
    }

    private Target target() {
        return new Target("java:x", pool.dataSource, settings);
    }

    private List<Job> jobs(int count, boolean inTransaction) {
        List<Job> jobs = new ArrayList<>();
        for (int i = 1; i <= count; i++) {
            jobs.add(new Job("job " + i, inTransaction));
        }
        return jobs;
    }

    private List<Job> jobs(int count) {
        return jobs(count, false);
    }

    private void join(List<Job> jobs) {
        schedule.join(jobs.stream().map(job -> job.thread).toArray(Schedule.Participant[]::new));
    }

    /** From now on several may ask at once: the pool is known, and well. */
    private void becomeHealthy() {
        assertThat(pass(Optional.empty())).isInstanceOf(Verdict.Live.class);
    }

    private void assertAllPassed(List<Job> jobs) {
        assertThat(jobs).allMatch(Job::passed);
    }

    private void assertNoTimeHasPassed() {
        assertThat(schedule.hasTimePassed()).as("time has passed").isFalse();
    }

    /** Whatever was: the database is well, and so is the gate. */
    private void assertComesBack() {
        Job last = new Job("last job", false);
        join(List.of(last));
        assertThat(last.passed()).as("%s", last.verdict).isTrue();
    }

    @Test
    void whoFireTogetherPassTogetherAndNobodyIsForgotten() {
        becomeHealthy();
        List<Job> jobs = jobs(3);
        join(jobs);
        assertAllPassed(jobs);
        assertNoTimeHasPassed();
        assertThat(pool.lent()).isZero();
        assertThat(pool.waits).as("who waited for the pool").isZero();
    }

    @Test
    void inAPoolOfWhichSomeAreDeadNobodyIsForgotten() {
        pool.idle();
        becomeHealthy();
        pool.idle().dead = schedule.either();
        pool.idle().dead = true;
        List<Job> jobs = jobs(3);
        join(jobs);
        assertAllPassed(jobs);
        assertNoTimeHasPassed();
        assertThat(pool.idle).noneMatch(physical -> physical.dead || physical.destroyed);
        assertThat(pool.lent()).isZero();
    }

    @Test
    void whatATransactionIsBoundToWasFitSinceItsJobCame() {
        pool.idle();
        becomeHealthy();
        pool.idle().dead = schedule.either();
        List<Job> jobs = jobs(2, true);
        join(jobs);
        for (Job job : jobs) {
            if (job.passed()) {
                ScheduledPool.Physical bound = job.transaction.bound();
                assertThat(bound.fitAt).as("its last good answer").isGreaterThan(job.asked);
                assertThat(bound.destroyed).isFalse();
            }
        }
        if (jobs.stream().allMatch(Job::passed)) {
            assertThat(jobs.get(0).transaction.bound())
                    .isNotSameAs(jobs.get(1).transaction.bound());
        }
        assertNoTimeHasPassed();
    }

    @Test
    void whoIsOnTheWayIntoItsTransactionWaitsForNobodysQuestion() {
        becomeHealthy();
        Job bound = new Job("bound job", true);
        List<Job> jobs = jobs(2);
        join(jobs);
        join(List.of(bound));
        assertAllPassed(jobs);
        assertThat(bound.passed()).isTrue();
        assertThat(pool.waitsInside)
                .as("who waited for the pool, having been validated")
                .isZero();
    }

    @Test
    void aConnectionForEachOfThoseThatHoldOneUntilTheirEnd() {
        becomeHealthy();
        List<Schedule.Participant> jobs = new ArrayList<>();
        List<Verdict> verdicts = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            jobs.add(schedule.start("job " + i, () -> {
                ScheduledPool.Transaction transaction = pool.new Transaction();
                verdicts.add(pass(Optional.of(transaction)));
                transaction.end();
            }));
        }
        schedule.join(jobs.toArray(Schedule.Participant[]::new));
        assertThat(verdicts).hasSize(3).allMatch(Verdict.Live.class::isInstance);
        assertNoTimeHasPassed();
        assertThat(pool.lent()).isZero();
    }

    @Test
    void aDatabaseThatIsDownIsAskedByASingleProber() {
        becomeHealthy();
        pool.idle.clear();
        long back = start + Duration.ofSeconds(2).toNanos();
        pool.connect = () -> {
            if (schedule.nanos() - back < 0) {
                throw REFUSED;
            }
        };
        List<Job> jobs = jobs(3);
        join(jobs);
        assertAllPassed(jobs);
        assertThat(threads.mostLater)
                .as("who asked at once, after the first moment")
                .isEqualTo(1);
        assertThat(outages).isEqualTo(1);
        // What failed together in the first moment is one failure; and then all failed but one for each job that
        // passed.
        assertThat(failedAttempts).isEqualTo(1 + threads.laterAttempts - jobs.size());
        assertThat(gate.state()).isEqualTo(DataSourceState.HEALTHY);
    }

    @Test
    void anAnswerFromBeforeTheBadNewsSaysNothingOfTheDatabase() {
        pool.idle();
        becomeHealthy();
        boolean[] down = {true};
        pool.connect = () -> {
            if (down[0]) {
                throw REFUSED;
            }
        };
        List<Job> jobs = jobs(2);
        join(jobs);
        assertAllPassed(jobs);
        assertThat(backAtOnce)
                .as("back without a pause, and without having been asked")
                .isFalse();
    }

    @Test
    void onlySoManyWaitForADatabaseThatIsDown() {
        settings = settings.withMaxWaitingJobs(2);
        becomeHealthy();
        pool.idle.clear();
        long back = start + Duration.ofSeconds(2).toNanos();
        pool.connect = () -> {
            if (schedule.nanos() - back < 0) {
                throw REFUSED;
            }
        };
        List<Job> jobs = jobs(3);
        join(jobs);
        List<Job> turnedAway = jobs.stream().filter(job -> !job.passed()).toList();
        assertThat(turnedAway).hasSize(1).allMatch(job -> job.reason() == Reason.CROWDED);
    }

    @Test
    void aConnectThatNeverComesBackShutsNothing() {
        int[] silent = {1};
        pool.connect = () -> {
            if (silent[0]-- > 0) {
                schedule.awaitNetwork(() -> false);
            }
        };
        List<Job> jobs = jobs(2);
        join(jobs);
        assertAllPassed(jobs);
        assertComesBack();
    }

    @Test
    void aConnectThatIsInterruptedLeavesNothingBehind() {
        threads.interruptible = true;
        int[] silent = {1};
        pool.connect = () -> {
            if (silent[0]-- > 0) {
                schedule.awaitNetworkInterruptibly(() -> false);
                throw REFUSED;
            }
        };
        List<Job> jobs = jobs(2);
        join(jobs);
        schedule.await("the end of all probes", () -> threads.running == 0);
        assertAllPassed(jobs);
        assertComesBack();
    }

    @Test
    void aConnectThatComesBackInTheLastMomentIsForgottenByNobody() {
        schedule.hurry();
        boolean[] back = new boolean[1];
        int[] silent = {1};
        pool.connect = () -> {
            if (silent[0]-- > 0) {
                schedule.awaitNetwork(() -> back[0]);
            }
        };
        List<Job> jobs = jobs(2);
        schedule.start("network", () -> back[0] = true);
        join(jobs);
        schedule.unhurry();
        schedule.await("the end of all probes", () -> threads.running == 0);
        assertThat(pool.lent()).isZero();
        assertComesBack();
    }

    @Test
    void anAnswerThatRacesWithItsAbortSavesNoConnection() {
        schedule.hurry();
        ScheduledPool.Physical silent = pool.idle();
        silent.silent = true;
        Job job = new Job("job", true);
        schedule.start("network", () -> silent.silent = false);
        join(List.of(job));
        schedule.unhurry();
        schedule.await("the end of all that was started", () -> threads.running == 0 && aborting == 0);
        if (job.passed()) {
            ScheduledPool.Physical bound = job.transaction.bound();
            assertThat(bound.destroyed).isFalse();
            assertThat(bound.aborted).as("bound, and aborted").isFalse();
        }
        job.transaction.end();
        assertComesBack();
    }

    @Test
    void anErrorOutOfTheDriverHasItsEnd() {
        becomeHealthy();
        pool.idle.clear();
        int[] errors = {1};
        pool.connect = () -> {
            if (errors[0]-- > 0) {
                throw new AssertionError("A driver's own");
            }
        };
        List<Job> jobs = jobs(2);
        join(jobs);
        assertAllPassed(jobs);
        assertThat(pool.lent()).isZero();
    }

    @Test
    void aThreadThatCannotBeStartedIsNoOutage() {
        becomeHealthy();
        threads.failures = 1;
        List<Job> jobs = jobs(3);
        join(jobs);
        assertAllPassed(jobs);
        assertThat(gate.state()).isEqualTo(DataSourceState.HEALTHY);
    }

    @Test
    void whoIsInterruptedGoesAndTheOthersGoOn() {
        List<Job> jobs = jobs(3);
        jobs.get(1).thread.interrupt();
        join(jobs);
        assertNoTimeHasPassed();
        assertThat(jobs.get(0).passed()).isTrue();
        assertThat(jobs.get(1).passed() || jobs.get(1).reason() == Reason.INTERRUPTED)
                .isTrue();
        assertThat(jobs.get(2).passed()).isTrue();
        schedule.await("the end of all probes", () -> threads.running == 0);
        assertThat(pool.lent()).isZero();
        assertComesBack();
    }

    @Test
    void whenAllIsEndedNobodyWaits() {
        pool.connect = () -> {
            throw REFUSED;
        };
        List<Job> jobs = jobs(2);
        if (schedule.either()) {
            schedule.await("the first failure", () -> outages > 0);
        }
        stopped = true;
        gate.wake();
        gate.close();
        join(jobs);
        assertNoTimeHasPassed();
        assertThat(jobs).allMatch(job -> job.reason() == Reason.STOPPED);
    }

    @Test
    void aBodyThatLostItsConnectionHindersNobody() {
        pool.idle();
        becomeHealthy();
        pool.idle().dead = true;
        List<Job> jobs = jobs(2);
        gate.bodyFailed(target(), REFUSED);
        join(jobs);
        schedule.await("the end of all probes", () -> threads.running == 0);
        assertAllPassed(jobs);
        assertNoTimeHasPassed();
        assertThat(pool.idle).noneMatch(physical -> physical.dead || physical.destroyed);
    }
}
