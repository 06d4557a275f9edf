/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.doctor;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.connectionguard.Finding;
import org.connectionguard.Finding.Severity;
import org.connectionguard.database.ServerFacts;
import org.connectionguard.message.Diagnoses;
import org.connectionguard.message.Diagnosis;

/**
 * What can be wrong with one data source. A rule that needs a fact which is not known says nothing. Rules that name classes
 * or options of a driver say nothing of drivers that have them not, or that are not known.
 */
enum Rule {
    IDLE_LONGER_THAN_THE_SERVER_ALLOWS(true) {
        @Override
        Optional<Diagnosis> diagnose(Facts facts, List<Facts> all) {
            return known(facts)
                    .flatMap(pool -> facts.server()
                            .filter(server -> server.waitTimeout().compareTo(SHORTEST_IDLENESS) > 0)
                            .filter(server -> pool.idleTimeout().isZero()
                                    || pool.longestIdle().compareTo(server.waitTimeout()) >= 0)
                            .filter(server -> !pool.keepsAlive(server.waitTimeout()))
                            .map(server -> Diagnoses.idleTooLong(
                                    pool.place(),
                                    pool.longestIdle(),
                                    server.product(),
                                    idleVariable(pool, server),
                                    server.waitTimeout(),
                                    Math.min(
                                            10,
                                            (server.waitTimeout().toSeconds() - 1) / SHORTEST_IDLENESS.toSeconds()))));
        }
    },

    SERVER_CLOSES_TOO_SOON(true) {
        @Override
        Optional<Diagnosis> diagnose(Facts facts, List<Facts> all) {
            return known(facts)
                    .flatMap(pool -> facts.server()
                            .filter(server -> server.waitTimeout().compareTo(SHORTEST_IDLENESS) <= 0)
                            .filter(server -> !pool.keepsAlive(server.waitTimeout()))
                            .map(server -> Diagnoses.serverClosesTooSoon(
                                    server.product(), idleVariable(pool, server), server.waitTimeout())));
        }
    },

    NO_EXCEPTION_SORTER(true) {
        @Override
        Optional<Diagnosis> diagnose(Facts facts, List<Facts> all) {
            return known(facts).filter(pool -> !pool.sorter()).map(pool -> Diagnoses.noExceptionSorter(pool.place()));
        }
    },

    NO_VALIDATION(true) {
        @Override
        Optional<Diagnosis> diagnose(Facts facts, List<Facts> all) {
            return known(facts)
                    .filter(pool -> !pool.validateOnMatch()
                            && pool.backgroundValidation().isZero())
                    .map(pool -> Diagnoses.noValidation(pool.place()));
        }
    },

    VALIDATION_ASKS_NOTHING(true) {
        @Override
        Optional<Diagnosis> diagnose(Facts facts, List<Facts> all) {
            return known(facts)
                    .filter(pool -> pool.validateOnMatch()
                            || !pool.backgroundValidation().isZero())
                    .filter(pool -> !pool.asks())
                    .map(pool -> Diagnoses.validationAsksNothing(pool.place()));
        }
    },

    ASKED_TWICE(false, Severity.INFO) {
        @Override
        Optional<Diagnosis> diagnose(Facts facts, List<Facts> all) {
            return facts.pool()
                    // The timer service's checkouts have nothing else.
                    .filter(pool ->
                            facts.guard().enabled() && facts.timerStore().isEmpty())
                    .filter(pool -> pool.validateOnMatch() && pool.asks())
                    .map(pool -> Diagnoses.askedTwice(pool.place()));
        }
    },

    CHECKOUT_WAITS_LONGER_THAN_THE_GUARD(true) {
        @Override
        Optional<Diagnosis> diagnose(Facts facts, List<Facts> all) {
            return facts.pool()
                    .filter(pool -> facts.guard().enabled())
                    .filter(pool ->
                            pool.blockingTimeout().compareTo(facts.guard().maxWait()) > 0)
                    .map(pool -> Diagnoses.checkoutWaitsLonger(
                            pool.place(), pool.blockingTimeout(), facts.guard().maxWait()));
        }
    },

    NO_CONNECT_TIMEOUT(false) {
        @Override
        Optional<Diagnosis> diagnose(Facts facts, List<Facts> all) {
            return known(facts)
                    .filter(pool -> pool.options().connectTimeout().isEmpty())
                    .map(pool -> Diagnoses.noConnectTimeout(
                            pool.optionRemedy(DriverOptions.CONNECT_TIMEOUT, RECOMMENDED_CONNECT_TIMEOUT)));
        }
    },

    NO_SOCKET_TIMEOUT(false) {
        @Override
        Optional<Diagnosis> diagnose(Facts facts, List<Facts> all) {
            return known(facts)
                    .filter(pool -> socketTimeout(pool).isEmpty())
                    .map(pool -> Diagnoses.noSocketTimeout(socketTimeoutRemedy(facts, pool)));
        }
    },

    SOCKET_TIMEOUT_OUTLASTS_TRANSACTION(false) {
        @Override
        Optional<Diagnosis> diagnose(Facts facts, List<Facts> all) {
            return known(facts)
                    .flatMap(pool -> facts.container()
                            .transactionTimeout()
                            .flatMap(transaction -> socketTimeout(pool)
                                    .filter(timeout -> timeout.compareTo(transaction) >= 0)
                                    .map(timeout -> Diagnoses.socketTimeoutOutlastsTransaction(
                                            socketTimeoutRemedy(facts, pool), timeout, transaction))));
        }
    },

    /** MySQL Connector/J on a silent TLS 1.3 connection: the close sends, and waits, once more. */
    TLS_DOUBLES_SOCKET_TIMEOUT(false) {
        @Override
        Optional<Diagnosis> diagnose(Facts facts, List<Facts> all) {
            Optional<String> tls = facts.server().flatMap(ServerFacts::tls).filter("TLSv1.3"::equals);
            return ofMySql(facts)
                    .flatMap(pool -> facts.container()
                            .transactionTimeout()
                            .flatMap(transaction -> tls.flatMap(version -> socketTimeout(pool)
                                    .filter(timeout -> timeout.compareTo(transaction) < 0)
                                    .filter(timeout -> timeout.multipliedBy(2).compareTo(transaction) >= 0)
                                    .map(timeout -> Diagnoses.tlsDoublesSocketTimeout(
                                            socketTimeoutRemedy(facts, pool), version, timeout, transaction)))));
        }
    },

    /** MariaDB's driver has ignored the option since 3.0, and which one it is nobody tells here. */
    AUTO_RECONNECT(false) {
        @Override
        Optional<Diagnosis> diagnose(Facts facts, List<Facts> all) {
            return ofMySql(facts)
                    .filter(pool -> pool.options().isOn(DriverOptions.AUTO_RECONNECT))
                    .map(pool -> Diagnoses.autoReconnect(
                            pool.options().remedy(pool.place(), DriverOptions.AUTO_RECONNECT, "false")));
        }
    },

    WAIT_OUTLASTS_TRANSACTION(false) {
        @Override
        Optional<Diagnosis> diagnose(Facts facts, List<Facts> all) {
            Duration wait = facts.guard().maxWait();
            Duration validation = facts.guard().validationTimeout();
            return facts.container()
                    .transactionTimeout()
                    .filter(transaction -> facts.guard().enabled())
                    .filter(transaction -> wait.plus(validation).compareTo(transaction) >= 0)
                    .map(transaction ->
                            Diagnoses.waitOutlastsTransaction(facts.dataSource(), wait, validation, transaction));
        }
    },

    READ_ONLY_THOUGH_WRITABLE(false) {
        @Override
        Optional<Diagnosis> diagnose(Facts facts, List<Facts> all) {
            return facts.server()
                    .filter(ServerFacts::readOnly)
                    .filter(server -> facts.guard().enabled() && facts.guard().writable())
                    .map(server -> Diagnoses.readOnlyThoughWritable(server.product()));
        }
    },

    /** Not a warning: a job that only reads belongs on a replica. */
    READ_ONLY_UNNOTICED(false, Severity.INFO) {
        @Override
        Optional<Diagnosis> diagnose(Facts facts, List<Facts> all) {
            return facts.server()
                    .filter(ServerFacts::readOnly)
                    .filter(server -> facts.guard().enabled() && !facts.guard().writable())
                    .map(server -> Diagnoses.readOnlyUnnoticed(facts.dataSource(), server.product()));
        }
    },

    POOLS_LARGER_THAN_THE_SERVER(false) {
        @Override
        Optional<Diagnosis> diagnose(Facts facts, List<Facts> all) {
            return facts.pool()
                    .flatMap(own -> facts.server().flatMap(server -> {
                        List<PoolFacts> pools = all.stream()
                                .flatMap(each -> each.pool().stream())
                                .filter(each -> each.equals(own)
                                        || !own.options().server().isEmpty()
                                                && each.options()
                                                        .server()
                                                        .equals(own.options().server()))
                                .toList();
                        int connections =
                                pools.stream().mapToInt(PoolFacts::maxPoolSize).sum();
                        int fair = Math.max(1, server.maxConnections() / 2 / pools.size());
                        // A pool that is small already is not the one to be made smaller.
                        return connections > server.maxConnections() && own.maxPoolSize() > fair
                                ? Optional.of(Diagnoses.poolsLargerThanServer(
                                        own.place(),
                                        connections,
                                        pools.size(),
                                        server.product(),
                                        server.maxConnections(),
                                        fair))
                                : Optional.empty();
                    }));
        }
    },

    NOT_TRANSACTIONAL(false) {
        @Override
        Optional<Diagnosis> diagnose(Facts facts, List<Facts> all) {
            return facts.pool().filter(pool -> !pool.jta()).map(pool -> Diagnoses.notTransactional(pool.place()));
        }
    },

    NOT_ASKED(false) {
        @Override
        Optional<Diagnosis> diagnose(Facts facts, List<Facts> all) {
            return facts.noAnswer().map(Diagnoses::notAsked);
        }
    },

    /** A rule that says nothing may have had nothing to look at: then nobody may take that for health. */
    NOT_EXAMINED(false, Severity.INFO) {
        @Override
        Optional<Diagnosis> diagnose(Facts facts, List<Facts> all) {
            boolean pool = facts.pool().isPresent();
            boolean driver = known(facts).isPresent();
            boolean database = facts.server().isPresent() || facts.noAnswer().isPresent();
            return pool && driver && database
                    ? Optional.empty()
                    : Optional.of(Diagnoses.notExamined(facts.defined(), pool, driver, database));
        }
    },

    DEFINED_BY_THE_APPLICATION(true) {
        @Override
        Optional<Diagnosis> diagnose(Facts facts, List<Facts> all) {
            return facts.defined() ? Optional.of(Diagnoses.definedByTheApplication()) : Optional.empty();
        }
    };

    /** The shortest that a pool can be told is one minute of idleness; it can then last half as long again. */
    private static final Duration SHORTEST_IDLENESS = Duration.ofSeconds(90);

    private static final Duration RECOMMENDED_CONNECT_TIMEOUT = Duration.ofSeconds(5);
    private static final Duration RECOMMENDED_SOCKET_TIMEOUT = Duration.ofSeconds(60);

    private final boolean covered;
    private final Severity severity;

    Rule(boolean covered) {
        this(covered, Severity.WARNING);
    }

    /**
     * @param covered whether the guard keeps guarded jobs from the harm, a dead connection or a long wait; then it is only
     *     information
     * @param severity how much it hurts where it is not covered
     */
    Rule(boolean covered, Severity severity) {
        this.covered = covered;
        this.severity = severity;
    }

    /**
     * What it says of one data source.
     *
     * @param all what is known of all those that are examined, this one included
     */
    abstract Optional<Diagnosis> diagnose(Facts facts, List<Facts> all);

    /** What it finds, if anything. */
    final Optional<Finding> examine(Facts facts, List<Facts> all) {
        boolean safe = covered && facts.guard().enabled() && facts.timerStore().isEmpty();
        return diagnose(facts, all)
                .map(diagnosis -> facts.timerStore()
                        .map(store -> Diagnoses.ofTimerStore(diagnosis, store, covered))
                        .orElse(diagnosis))
                .map(diagnosis -> new Finding(
                        diagnosis.id(),
                        facts.dataSource(),
                        safe ? Severity.INFO : severity,
                        diagnosis.what(),
                        diagnosis.why(),
                        diagnosis.remedy(),
                        safe));
    }

    /** A pool whose driver is known. */
    private static Optional<PoolFacts> known(Facts facts) {
        return facts.pool().filter(pool -> pool.options().driver().isPresent() || isMySqlByItsServer(facts, pool));
    }

    private static Optional<PoolFacts> ofMySql(Facts facts) {
        return known(facts)
                .filter(pool ->
                        pool.options().driver().filter(Driver.MARIADB::equals).isEmpty());
    }

    /** An XA data source may have ServerName and PortNumber instead of a URL. */
    private static boolean isMySqlByItsServer(Facts facts, PoolFacts pool) {
        return !pool.options().told() && facts.server().isPresent();
    }

    private static Optional<Duration> socketTimeout(PoolFacts pool) {
        return pool.options().socketTimeout();
    }

    /** Below half the transaction time-out, so that TLS 1.3 may double it. */
    private static Duration betterSocketTimeout(Facts facts) {
        return facts.container()
                .transactionTimeout()
                .map(transaction -> transaction.dividedBy(3))
                .filter(third -> third.compareTo(RECOMMENDED_SOCKET_TIMEOUT) < 0)
                .orElse(RECOMMENDED_SOCKET_TIMEOUT);
    }

    private static String socketTimeoutRemedy(Facts facts, PoolFacts pool) {
        return pool.optionRemedy(DriverOptions.SOCKET_TIMEOUT, betterSocketTimeout(facts));
    }

    /** Which of the server's two time-outs is in effect. */
    private static String idleVariable(PoolFacts pool, ServerFacts server) {
        return pool.options().isOn(DriverOptions.INTERACTIVE)
                        && server.waitTimeout().equals(server.interactiveTimeout())
                ? "interactive_timeout"
                : "wait_timeout";
    }
}
