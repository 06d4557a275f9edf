/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.doctor;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.connectionguard.Finding;
import org.connectionguard.Finding.Severity;
import org.connectionguard.database.ServerFacts;
import org.connectionguard.message.Diagnoses;
import org.connectionguard.message.Diagnosis;
import org.connectionguard.message.Gap;

/**
 * What can be wrong with one data source. A rule that needs a fact which is not known says nothing. Rules that name classes
 * or options of a driver say nothing of drivers that have them not, or that are not known.
 */
enum Rule {
    IDLE_LONGER_THAN_THE_SERVER_ALLOWS(true) {
        @Override
        Optional<Diagnosis> diagnose(Facts facts, List<Facts> all) {
            return readable(facts)
                    .flatMap(pool -> facts.server()
                            .filter(server ->
                                    server.waitTimeout().compareTo(pool.place().shortestIdle()) > 0)
                            .filter(server -> server.waitTimeout().compareTo(LONGEST_WAIT_TIMEOUT) <= 0)
                            .filter(server -> pool.mayBeIdleFor(server.waitTimeout()))
                            .filter(server -> !pool.keepsAlive(server.waitTimeout()))
                            .map(server -> Diagnoses.idleTooLong(
                                    pool.place(),
                                    pool.settings().longestIdle(),
                                    pool.asksAtCheckout(),
                                    server.product(),
                                    idleVariable(pool, server),
                                    server.waitTimeout())));
        }
    },

    SERVER_CLOSES_TOO_SOON(true) {
        @Override
        Optional<Diagnosis> diagnose(Facts facts, List<Facts> all) {
            return readable(facts)
                    .flatMap(pool -> facts.server()
                            .filter(server -> !isPostgreSql(server))
                            .filter(server ->
                                    server.waitTimeout().compareTo(pool.place().shortestIdle()) <= 0)
                            .filter(server -> !pool.keepsAlive(server.waitTimeout()))
                            .map(server -> Diagnoses.serverClosesTooSoon(
                                    pool.place(), server.product(), idleVariable(pool, server), server.waitTimeout())));
        }
    },

    NO_EXCEPTION_SORTER(true) {
        @Override
        Optional<Diagnosis> diagnose(Facts facts, List<Facts> all) {
            return readable(facts)
                    .flatMap(PoolFacts::wildFly)
                    .filter(pool -> !pool.sorter())
                    .map(pool -> Diagnoses.noExceptionSorter(pool.place()));
        }
    },

    NO_VALIDATION(true) {
        @Override
        Optional<Diagnosis> diagnose(Facts facts, List<Facts> all) {
            return readable(facts).filter(pool -> !pool.validates()).map(pool -> Diagnoses.noValidation(pool.place()));
        }
    },

    VALIDATION_ASKS_NOTHING(true) {
        @Override
        Optional<Diagnosis> diagnose(Facts facts, List<Facts> all) {
            return readable(facts)
                    .filter(PoolFacts::validates)
                    .flatMap(PoolFacts::wildFly)
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
                    .filter(PoolFacts::asksAtCheckout)
                    .filter(pool -> pool.settings()
                            .checkoutValidation()
                            .filter(Duration::isZero)
                            .isPresent())
                    .flatMap(pool -> pool.place().checkoutValidation())
                    .map(Diagnoses::askedTwice);
        }
    },

    CHECKOUT_WAITS_LONGER_THAN_THE_GUARD(true) {
        @Override
        Optional<Diagnosis> diagnose(Facts facts, List<Facts> all) {
            return facts.pool()
                    .filter(pool -> facts.guard().enabled())
                    .filter(pool -> pool.settings()
                            .checkoutWait()
                            .filter(wait -> wait.compareTo(facts.guard().maxWait()) <= 0)
                            .isEmpty())
                    .map(pool -> Diagnoses.checkoutWaitsLonger(
                            pool.place(),
                            pool.settings().checkoutWait(),
                            facts.guard().maxWait()));
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
                    .map(server -> Diagnoses.readOnlyThoughWritable(server.product(), isPostgreSql(server)));
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
                        int connections = pools.stream().mapToInt(Rule::size).sum();
                        int fair = Math.max(1, server.maxConnections() / 2 / pools.size());
                        // A pool that is small already is not the one to be made smaller.
                        return connections > server.maxConnections() && size(own) > fair
                                ? Optional.of(Diagnoses.poolsLargerThanServer(
                                        own.place(),
                                        connections,
                                        pools.size(),
                                        server.product(),
                                        server.maxConnections(),
                                        isPostgreSql(server) ? "53300" : "1040",
                                        fair))
                                : Optional.empty();
                    }));
        }
    },

    NOT_TRANSACTIONAL(false) {
        @Override
        Optional<Diagnosis> diagnose(Facts facts, List<Facts> all) {
            return facts.pool()
                    .flatMap(PoolFacts::managed)
                    .filter(pool -> !pool.jta())
                    .map(pool -> Diagnoses.notTransactional(pool.place()));
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
            String server = facts.container().name();
            List<Gap> gaps = Stream.of(ofPool(facts, server), ofDatabase(facts))
                    .flatMap(Optional::stream)
                    .toList();
            return gaps.isEmpty() ? Optional.empty() : Optional.of(Diagnoses.notExamined(gaps, server));
        }

        private static Optional<Gap> ofPool(Facts facts, String server) {
            if (facts.pool().isPresent()) {
                return known(facts).isPresent()
                        ? Optional.empty()
                        : Optional.of(ofDriver(facts.pool().get()));
            }
            if (facts.defined()) {
                return Optional.of(Gap.DEFINED);
            }
            return Optional.of(facts.noAnswer().isPresent() ? Gap.NO_CONNECTION : Gap.untold(facts.type(), server));
        }

        private static Gap ofDriver(PoolFacts pool) {
            if (pool.wildFly().isPresent()) {
                return Gap.DRIVER_AND_VALIDATION;
            }
            return pool.options().isReadable() ? Gap.DRIVER : Gap.DRIVER_OPTIONS;
        }

        private static Optional<Gap> ofDatabase(Facts facts) {
            return facts.server().isPresent() || facts.noAnswer().isPresent()
                    ? Optional.empty()
                    : Optional.of(Gap.DATABASE);
        }
    },

    DEFINED_BY_THE_APPLICATION(true) {
        @Override
        Optional<Diagnosis> diagnose(Facts facts, List<Facts> all) {
            return facts.defined() ? Optional.of(Diagnoses.definedByTheApplication()) : Optional.empty();
        }
    };

    /** MySQL's; what is longer is a server that never closes. */
    private static final Duration LONGEST_WAIT_TIMEOUT = Duration.ofDays(365);

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

    /** A pool of whose validation something is known: where WildFly validates, it does so in a driver's own way. */
    private static Optional<PoolFacts> readable(Facts facts) {
        return facts.pool().filter(pool -> pool.wildFly().isEmpty()).or(() -> known(facts));
    }

    /** One that has no bound counts as none: nobody can tell how much of it will be used. */
    private static int size(PoolFacts pool) {
        return pool.settings().largestSize().orElse(0);
    }

    /** A pool whose driver is known. */
    private static Optional<PoolFacts> known(Facts facts) {
        return facts.pool().filter(pool -> pool.options().driver().isPresent() || isMySqlByItsServer(facts, pool));
    }

    private static Optional<PoolFacts> ofMySql(Facts facts) {
        return known(facts)
                .filter(pool -> pool.options()
                        .driver()
                        .filter(driver -> driver != Driver.MYSQL)
                        .isEmpty());
    }

    /** An XA data source may have ServerName and PortNumber instead of a URL. */
    private static boolean isMySqlByItsServer(Facts facts, PoolFacts pool) {
        return !pool.options().told()
                && facts.server().filter(server -> !isPostgreSql(server)).isPresent();
    }

    private static boolean isPostgreSql(ServerFacts server) {
        return server.product().startsWith("PostgreSQL");
    }

    private static Optional<Duration> socketTimeout(PoolFacts pool) {
        return pool.options().socketTimeout();
    }

    /** Below half the transaction time-out, so that TLS 1.3 may double it. */
    private static Duration betterSocketTimeout(Facts facts) {
        return facts.container()
                .transactionTimeout()
                .map(transaction -> Duration.ofSeconds(Math.max(1, transaction.toSeconds() / 3)))
                .filter(third -> third.compareTo(RECOMMENDED_SOCKET_TIMEOUT) < 0)
                .orElse(RECOMMENDED_SOCKET_TIMEOUT);
    }

    private static String socketTimeoutRemedy(Facts facts, PoolFacts pool) {
        return pool.optionRemedy(DriverOptions.SOCKET_TIMEOUT, betterSocketTimeout(facts));
    }

    /** Which of the server's time-outs is in effect. */
    private static String idleVariable(PoolFacts pool, ServerFacts server) {
        if (isPostgreSql(server)) {
            return "idle_session_timeout";
        }
        return pool.options().isOn(DriverOptions.INTERACTIVE)
                        && server.waitTimeout().equals(server.interactiveTimeout())
                ? "interactive_timeout"
                : "wait_timeout";
    }
}
