/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.cdi;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.connectionguard.Finding;
import org.connectionguard.Finding.Severity;
import org.connectionguard.discovery.Plans;
import org.connectionguard.doctor.Doctor;
import org.connectionguard.doctor.ServerLimits;
import org.connectionguard.engine.Target;
import org.connectionguard.message.Messages;
import org.connectionguard.server.ApplicationServer;

/** The doctor in one deployment: at work once by himself, and whenever the application asks. For any thread. */
final class DoctorVisit implements AutoCloseable {
    private static final Logger LOG = System.getLogger("org.connectionguard");

    private static final Duration LEAVING = Duration.ofSeconds(2);

    private final ApplicationServer server = ApplicationServer.here();
    private final Doctor doctor = new Doctor(
            server.name(),
            () -> new ServerLimits(server.transactionTimeout(), server.timerThreads(), server.startsTimersLate()));
    private final Plans plans;
    private volatile Optional<Thread> visitor = Optional.empty();
    private volatile boolean ended;

    DoctorVisit(Plans plans) {
        this.plans = plans;
    }

    /**
     * To be called by the deployment, which neither waits for the doctor nor fails through him; by one with several modules
     * several times, and he comes once.
     *
     * @param deployment its name
     */
    synchronized void begin(String deployment) {
        if (visitor.isPresent()) {
            return;
        }
        // He stays longer than the deploying thread is busy with this application, and inherits nothing of its locals.
        Thread thread = new Thread(null, () -> visitUntilEnded(deployment), "connection-guard doctor", 0, false);
        thread.setDaemon(true);
        try {
            thread.start();
            visitor = Optional.of(thread);
        } catch (OutOfMemoryError e) {
            LOG.log(Level.WARNING, Messages.notExamined(e));
        }
    }

    private void visitUntilEnded(String deployment) {
        try {
            visit(deployment);
        } catch (RuntimeException | Error e) {
            // The server closes an application's archives when it is gone: who still needs a class then gets all kinds
            // of these.
            if (!ended) {
                throw e;
            }
        }
    }

    private void visit(String deployment) {
        doctor.awaitStart();
        if (plans.targets().isEmpty()) {
            return;
        }
        List<Target> targets = doctor.withTimerStores(plans.targets());
        List<Finding> findings = doctor.examine(targets);
        if (ended) {
            return;
        }
        for (Finding finding : findings) {
            LOG.log(finding.severity() == Severity.WARNING ? Level.WARNING : Level.INFO, line(finding));
        }
        int covered = (int) findings.stream().filter(Finding::covered).count();
        List<String> names = targets.stream().map(Target::name).toList();
        LOG.log(Level.INFO, Messages.examined(server.name(), deployment, names, findings.size(), covered));
    }

    /** A finding in a line. */
    static String line(Finding finding) {
        return Messages.finding(
                finding.id(), finding.dataSource(), finding.what(), finding.why(), finding.remedy(), finding.covered());
    }

    /** Of these data sources, by their JNDI names; none named: of all that are guarded, and the timer service's own. */
    List<Finding> examine(String... dataSources) {
        return doctor.examine(
                dataSources.length == 0
                        ? doctor.withTimerStores(plans.targets())
                        : plans.plan(dataSources).targets());
    }

    /** Nobody reads any more what would be found. He comes to his end at once, and needs the class loader until then. */
    @Override
    public void close() {
        ended = true;
        doctor.close();
        visitor.ifPresent(DoctorVisit::awaitEnd);
    }

    private static void awaitEnd(Thread thread) {
        // He may rest between two looks at a server that is busy.
        LockSupport.unpark(thread);
        try {
            thread.join(LEAVING.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
