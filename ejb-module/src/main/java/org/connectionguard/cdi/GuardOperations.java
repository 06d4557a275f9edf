/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.cdi;

import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.connectionguard.DataSourceStatus;
import org.connectionguard.DatabaseUnavailableException;
import org.connectionguard.Finding;
import org.connectionguard.GuardDefinitionException;
import org.connectionguard.engine.Gate;
import org.connectionguard.message.Messages;
import org.connectionguard.message.Words;
import org.connectionguard.observability.jmx.Operations;
import org.connectionguard.statistics.Overview;

/**
 * What an operator can do to a deployment's guard. Only to data sources that it knows: whoever may call this is not to make the
 * server look up any name that he likes. For any thread.
 */
record GuardOperations(DeploymentGuard guard, DoctorVisit doctor) implements Operations {
    /** What is done to one data source. */
    private interface Work {
        String on(String dataSource) throws SQLException;
    }

    @Override
    public String validate(String dataSource) {
        return known(dataSource, name -> {
            guard.validateNow(name);
            return "live";
        });
    }

    @Override
    public String sweep(String dataSource) {
        return known(dataSource, name -> {
            Optional<Gate> gate = overview().guard().gate(name);
            return gate.isPresent() && gate.get().sweep() ? Messages.swept(name) : Messages.poolNotKnown(name);
        });
    }

    private String known(String dataSource, Work work) {
        List<String> names =
                overview().dataSources().stream().map(DataSourceStatus::name).toList();
        return names.contains(dataSource)
                ? answer(() -> work.on(dataSource))
                : Messages.notOfDeployment(dataSource, overview().deployment(), names);
    }

    @Override
    public String run(String job) {
        try {
            guard.run(job);
            return Messages.begun(job);
        } catch (IllegalArgumentException | IllegalStateException e) {
            return e.getMessage();
        }
    }

    @Override
    public String examine() {
        return answer(() -> {
            List<Finding> findings = doctor.examine();
            return findings.isEmpty()
                    ? Messages.nothingToMend()
                    : findings.stream().map(DoctorVisit::line).collect(Collectors.joining("\n"));
        });
    }

    @Override
    public String reset() {
        overview().statistics().reset();
        return Messages.begunAnew(overview().deployment());
    }

    private Overview overview() {
        return guard.overview();
    }

    /** A failure is an answer too: of its class the caller may know nothing. */
    private static String answer(Question question) {
        try {
            return question.ask();
        } catch (DatabaseUnavailableException | GuardDefinitionException e) {
            return Words.withoutSecrets(e.getMessage());
        } catch (SQLException | RuntimeException | LinkageError e) {
            return Words.of(e);
        }
    }

    /** What may fail. */
    private interface Question {
        String ask() throws SQLException;
    }
}
