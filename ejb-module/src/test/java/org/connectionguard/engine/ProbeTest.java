/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import javax.sql.DataSource;
import org.connectionguard.config.Settings;
import org.connectionguard.engine.BoundedQuestion.Phase;
import org.connectionguard.engine.Health.OwnFaults;
import org.connectionguard.engine.Outcome.Fault;
import org.connectionguard.engine.Outcome.Finding;
import org.connectionguard.engine.Validations.Validation;
import org.connectionguard.pool.Pools;
import org.connectionguard.testing.Stub;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a probe does while it is under way, and what comes of it. On the calling thread. */
class ProbeTest {
    private static final Settings WRITABLE = Settings.DEFAULTS.withWritable(true);
    private static final Duration PATIENCE = Duration.ofMillis(20);
    private static final Duration TOOK = Duration.ofMillis(5);
    private static final Duration SILENCE = Duration.ofSeconds(2);

    private final FakePool pool = new FakePool().with(1, false);
    private final FakePool.Physical only = pool.idle.peek();
    private final Validations validations = new Validations();
    private final List<Boolean> holding = new ArrayList<>();
    private final List<Phase> phases = new ArrayList<>();
    private final List<Duration> waits = new ArrayList<>();
    private final List<Outcome> back = new ArrayList<>();
    private final List<String> told = new ArrayList<>();
    private final VirtualTime time = new VirtualTime();
    private final Turnstile turnstile = new Turnstile(time);
    private final GateFixture.FakeTransaction transaction = new GateFixture.FakeTransaction();
    private long era;

    /** Happens at each checkout. */
    private Runnable checkout = () -> {};

    private final DataSource dataSource = Stub.of(DataSource.class, (method, arguments) -> {
        checkout.run();
        return pool.dataSource.getConnection();
    });

    private final Probe.Surroundings surroundings = new Probe.Surroundings() {
        @Override
        public Time time() {
            return time;
        }

        @Override
        public Pools pools() {
            return new Pools(List.of(pool));
        }

        @Override
        public Validations validations() {
            return validations;
        }

        @Override
        public Fitness fitness() {
            return new Fitness(validations, time);
        }

        @Override
        public Turnstile turnstile() {
            return turnstile;
        }

        @Override
        public void badNews(Probe from) {
            told.add("bad news");
        }

        @Override
        public long era() {
            return era;
        }

        @Override
        public boolean mayPoolBeFull() {
            return true;
        }

        @Override
        public boolean poolBearsInterruption() {
            return true;
        }

        @Override
        public boolean isPoolHeldUp() {
            return false;
        }

        @Override
        public boolean mayAskBeside(boolean onSpareThread) {
            return true;
        }

        @Override
        public void borrowed() {
            // Somebody may look at once.
            look();
        }

        @Override
        public void validatesThoughLeftBehind(Probe from) {
            told.add("validates though left behind");
        }

        @Override
        public void back(Probe from, Outcome outcome) {
            back.add(outcome);
        }
    };

    private Probe probe = outside(Optional.of(pool.new BindingTransaction()));

    private Probe probe(Settings settings, Optional<JobTransaction> inside, Probe.Orders orders) {
        return new Probe(surroundings, dataSource, settings, inside, OptionalLong.empty(), orders);
    }

    private Probe outside(Optional<JobTransaction> inside) {
        return probe(Settings.DEFAULTS, inside, new Probe.Orders(false, false, false, OwnFaults.EVICT));
    }

    private Probe inside(Settings settings) {
        return probe(settings, Optional.of(transaction), new Probe.Orders(true, false, false, OwnFaults.EVICT));
    }

    private void look() {
        holding.add(probe.isHolding());
    }

    private Outcome run(Probe asked) {
        probe = asked;
        probe.run();
        return probe.question().leaveBehind().orElseThrow();
    }

    private void silent() {
        probe.question().takeSilent(SILENCE);
    }

    private Duration waited(Runnable step) {
        long start = time.nanos();
        step.run();
        return Duration.ofNanos(time.nanos() - start);
    }

    /** How long another one would have to wait that takes any connection. */
    private Duration takeWaits() {
        Duration waited = waited(() -> turnstile.take("other", PATIENCE.toNanos()));
        turnstile.taken("other");
        return waited;
    }

    /** How long another one would have to wait that gives its connection back to take it again. */
    private Duration exchangeWaits() {
        Duration waited = waited(() -> turnstile.exchange("other", PATIENCE.toNanos()));
        turnstile.exchanged("other");
        return waited;
    }

    private static Fault fault(Outcome outcome) {
        assertThat(outcome).isInstanceOf(Outcome.Unfit.class);
        return ((Outcome.Unfit) outcome).fault();
    }

    // What it holds.

    @Test
    void whoHasAConnectionHoldsItUntilThePoolHasItAgainAndNoLonger() {
        pool.returning = this::look;
        probe.run();
        // Borrowed, back; and borrowed in the transaction, which keeps it.
        assertThat(holding).containsExactly(true, false, true);
        assertThat(probe.isHolding()).isFalse();
        assertThat(pool.lent).isEqualTo(1);
        assertThat(back).isEmpty();
    }

    @Test
    void whoDestroysAConnectionHoldsItNoLongerEither() {
        only.dead = true;
        pool.returning = this::look;
        probe.run();
        assertThat(holding).containsExactly(true, false);
        assertThat(pool.destroyed).hasSize(1);
    }

    // How far it is.

    @Test
    void whileItWaitsForAConnectionItCanBeInterrupted() {
        List<Boolean> interrupted = new ArrayList<>();
        checkout = () -> {
            probe.question().interrupt();
            interrupted.add(Thread.currentThread().isInterrupted());
        };
        assertThat(run(outside(Optional.empty()))).isInstanceOf(Outcome.Fit.class);
        assertThat(interrupted).containsExactly(true);
        assertThat(Thread.interrupted()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"false, RETURNING", "true, EVICTING"})
    void itSaysWhatItIsAt(boolean dead, Phase last) {
        only.dead = dead;
        Runnable note = () -> phases.add(probe.question().phase());
        checkout = note;
        only.answering = note;
        pool.returning = note;
        run(outside(Optional.empty()));
        assertThat(phases).containsExactly(Phase.BORROWING, Phase.VALIDATING, last);
    }

    @Test
    void whatIsAbortedForItsSilenceIsTheDriversConnection() {
        List<Object> silent = new ArrayList<>();
        only.answering = () -> probe.question().takeSilent(SILENCE).ifPresent(silent::add);
        run(outside(Optional.empty()));
        assertThat(silent).hasSize(1).first().isSameAs(only.connection);
    }

    @Test
    void alsoWhereItIsToBeDestroyedAndItsServerDoesNotLetItGo() {
        List<Object> silent = new ArrayList<>();
        only.autoCommit = false;
        pool.returning = () -> probe.question().takeSilent(SILENCE).ifPresent(silent::add);
        assertThat(fault(run(outside(Optional.empty()))).kind()).isEqualTo(Fault.Kind.AUTOCOMMIT);
        assertThat(silent).containsExactly(only.connection);
    }

    @Test
    void whereNotAllSiblingsWentTheySay() {
        only.dead = true;
        pool.sweepFailure = Optional.of(new SQLException("half of them"));
        Outcome.Unfit unfit = (Outcome.Unfit) run(outside(Optional.empty()));
        assertThat(unfit.siblings()).isFalse();
        assertThat(unfit.fault().why()).contains("SQLException: half of them");
    }

    @Test
    void aTransactionThatDoesNotSayWhetherItIsOverCostsNoConnection() {
        transaction.saysNothing = Optional.of(new IllegalStateException("no more"));
        assertThat(run(inside(Settings.DEFAULTS))).isInstanceOf(Outcome.NotBound.class);
        assertThat(pool.lent).isZero();
        assertThat(pool.destroyed).hasSize(1);
    }

    @Test
    void whoIsLeftBehindSaysThatHeAsksAllTheSameAndThenWhatHeFound() {
        checkout = () -> probe.question().leaveBehindWhileBorrowing();
        probe.run();
        assertThat(told).containsExactly("validates though left behind");
        // The transaction of a job that has gone is not entered.
        assertThat(back)
                .hasSize(1)
                .first()
                .isInstanceOfSatisfying(
                        Outcome.Fit.class, fit -> assertThat(fit.bound()).isFalse());
    }

    // What it found.

    @Test
    void itIsSaidHowLongTheQuestionTook() {
        only.answering = () -> time.pass(TOOK);
        assertThat(run(outside(Optional.empty()))).isEqualTo(new Outcome.Fit(true, TOOK.toNanos(), false, flawless()));
        assertThat(told).isEmpty();
        only.dead = true;
        assertThat(run(outside(Optional.empty())))
                .isInstanceOfSatisfying(
                        Outcome.Unfit.class, unfit -> assertThat(unfit.nanos()).isEqualTo(TOOK.toNanos()));
        assertThat(told).containsExactly("bad news");
    }

    private static Finding flawless() {
        return new Finding(Optional.empty(), true, Optional.empty(), Optional.empty());
    }

    @Test
    void oneConnectionsOwnFaultIsNoBadNews() {
        only.autoCommit = false;
        assertThat(fault(run(outside(Optional.empty()))).kind()).isEqualTo(Fault.Kind.AUTOCOMMIT);
        assertThat(told).isEmpty();
    }

    @Test
    void whatAConnectionSaysAfterItsSilenceCountsForNothing() {
        only.answering = this::silent;
        only.answersInTheLastMoment = true;
        assertThat(fault(run(outside(Optional.empty()))))
                .satisfies(fault -> assertThat(fault.kind()).isEqualTo(Fault.Kind.SILENT))
                .satisfies(fault -> assertThat(fault.why()).contains("2.0 s"));
        assertThat(pool.destroyed).containsExactly(only);
        assertThat(validations.last(only.connection)).isEmpty();
    }

    @Test
    void oneThatIsSilentOnItsWayBackIsUnfitHoweverForgivingTheGateIs() {
        pool.returning = this::silent;
        assertThat(fault(run(forgiving())).kind()).isEqualTo(Fault.Kind.SILENT);
    }

    @Test
    void whatAPoolComplainsOfAfterASilenceIsTheSilence() {
        pool.returning = () -> {
            silent();
            throw new IllegalStateException("closed");
        };
        assertThat(fault(run(forgiving())).kind()).isEqualTo(Fault.Kind.SILENT);
    }

    private Probe forgiving() {
        return probe(Settings.DEFAULTS, Optional.empty(), new Probe.Orders(false, false, false, OwnFaults.LET_PASS));
    }

    @Test
    void aComplaintAtTheReturnIsTheConnectionsOwnFaultUnlessAllComplain() {
        pool.complaints = 2;
        assertThat(fault(run(outside(Optional.empty()))))
                .satisfies(fault -> assertThat(fault.kind()).isEqualTo(Fault.Kind.COMPLAINED))
                .satisfies(fault -> assertThat(fault.why()).contains("statements left open"));
        assertThat(run(forgiving()))
                .isInstanceOfSatisfying(
                        Outcome.Fit.class,
                        fit -> assertThat(fit.finding().flawless()).isFalse());
    }

    @ParameterizedTest
    @CsvSource({"false, false, false", "true, false, true", "true, true, false"})
    void whoAsksForWritesNotesThatItDidUnlessTheAnswerIsInDoubt(boolean writable, boolean doubt, boolean noted) {
        only.product = "MySQL";
        only.answer = Optional.of(new SQLException("odd", "HY000", 1)).filter(any -> doubt);
        only.answering = () -> time.pass(TOOK);
        Settings settings = Settings.DEFAULTS.withWritable(writable);
        era = 3;
        run(probe(settings, Optional.empty(), new Probe.Orders(false, false, false, OwnFaults.EVICT)));
        assertThat(validations.last(only.connection)).contains(new Validation(time.nanos(), noted, 3));
    }

    // In the transaction.

    @Test
    void insideTooWhatNobodyKnowsHowToAskForIsSaidAndTheConnectionStays() {
        assertThat(run(inside(WRITABLE))).isEqualTo(new Outcome.Uncheckable("Fake"));
        assertThat(pool.idle).containsExactly(only);
        assertThat(transaction.entered).isEqualTo(1);
    }

    @Test
    void aComplaintInsideSaysNothingOfTheBodysConnection() {
        pool.complaints = 1;
        assertThat(run(inside(Settings.DEFAULTS)))
                .isInstanceOfSatisfying(
                        Outcome.Fit.class, fit -> assertThat(fit.bound()).isTrue());
    }

    @Test
    void oneThatIsSilentOnItsWayBackInsideDoomsTheTransaction() {
        pool.returning = this::silent;
        assertThat(run(inside(Settings.DEFAULTS)))
                .isInstanceOfSatisfying(
                        Outcome.DeadInTransaction.class,
                        dead -> assertThat(dead.unfit().fault().kind()).isEqualTo(Fault.Kind.SILENT));
    }

    // Between giving back and taking again.

    @Test
    void whoTakesAnyKeepsThoseFromExchangingUntilHeHasIt() {
        checkout = () -> waits.add(exchangeWaits());
        assertThat(run(outside(Optional.of(transaction)))).isInstanceOf(Outcome.Fit.class);
        // Not when it takes its own in the transaction.
        assertThat(waits).containsExactly(PATIENCE, Duration.ZERO);
        assertThat(exchangeWaits()).isZero();
    }

    @Test
    void whoGetsNoneKeepsNobody() {
        pool.idle.clear();
        pool.outage = Optional.of(GateFixture.REFUSED);
        assertThat(run(outside(Optional.of(transaction)))).isEqualTo(new Outcome.None(GateFixture.REFUSED));
        assertThat(exchangeWaits()).isZero();
        assertThat(takeWaits()).isZero();
    }

    @Test
    void aHandleThatCannotConnectIsNoConnectionAndKeepsNone() {
        for (Throwable failure : List.of(GateFixture.REFUSED, new NoSuchMethodError("an old driver's"))) {
            pool.lateFailure = Optional.of(failure);
            assertThat(run(outside(Optional.of(transaction)))).isEqualTo(new Outcome.None(failure));
            assertThat(pool.lent).isZero();
        }
        assertThat(takeWaits()).isZero();
    }

    @Test
    void whoComesBackForHisConnectionKeepsOthersFromTakingItUntilHeHasIt() {
        pool.returning = () -> waits.add(takeWaits());
        assertThat(run(outside(Optional.of(transaction)))).isInstanceOf(Outcome.Fit.class);
        assertThat(waits).containsExactly(PATIENCE, Duration.ZERO);
        assertThat(takeWaits()).isZero();
    }

    @Test
    void whoDoesNotComeBackForItKeepsNobody() {
        pool.returning = () -> waits.add(takeWaits());
        run(outside(Optional.empty()));
        only.answering = () -> era++;
        assertThat(run(outside(Optional.of(transaction)))).isInstanceOf(Outcome.Overtaken.class);
        assertThat(waits).containsExactly(Duration.ZERO, Duration.ZERO);
    }

    @Test
    void whoWaitsForThoseThatTakeWaitsAMomentOnly() {
        turnstile.take("another", PATIENCE.toNanos());
        assertThat(waited(() -> run(outside(Optional.of(transaction))))).isEqualTo(PATIENCE);
        assertThat(waited(() -> run(outside(Optional.empty())))).isZero();
    }

    @Test
    void whomTheTransactionDoesNotLetInKeepsNobody() {
        SQLException over = new SQLException("rolled back");
        JobTransaction gone = Stub.of(JobTransaction.class, (method, arguments) -> {
            if (method.equals("within")) {
                throw over;
            }
            return true;
        });
        assertThat(run(outside(Optional.of(gone)))).isEqualTo(new Outcome.NotEntered(over));
        assertThat(takeWaits()).isZero();
    }

    @ParameterizedTest
    @CsvSource({"true", "false"})
    void whatComesWhenTheTransactionIsOverIsDestroyedAsStray(boolean asksInsideOnly) {
        checkout = () -> transaction.active = transaction.entered == 0;

        Outcome outcome = run(asksInsideOnly ? inside(Settings.DEFAULTS) : outside(Optional.of(transaction)));

        assertThat(outcome).isInstanceOf(Outcome.NotEntered.class);
        assertThat(pool.strays).containsExactly(only);
        assertThat(pool.destroyed).containsExactly(only);
        assertThat(pool.lent).isZero();
    }
}
