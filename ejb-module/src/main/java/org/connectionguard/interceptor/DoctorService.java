/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.interceptor;

import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.BeforeDestroyed;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.connectionguard.ConnectionDoctor;
import org.connectionguard.Finding;
import org.connectionguard.Finding.Severity;
import org.connectionguard.discovery.Discovery;
import org.connectionguard.doctor.Doctor;
import org.connectionguard.engine.Target;
import org.connectionguard.message.Messages;

/** The doctor of one deployment: asked by the application, and at work once by itself. For any thread. */
@ApplicationScoped
public class DoctorService implements ConnectionDoctor {
    private static final Logger LOG = System.getLogger("org.connectionguard");

    private static final Duration LEAVING = Duration.ofSeconds(2);

    private final Doctor doctor = new Doctor();
    private final AtomicBoolean begun = new AtomicBoolean();
    private volatile Optional<Thread> visitor = Optional.empty();
    private volatile boolean ended;
    private final Discovery discovery;
    private final boolean atDeployment;

    /** For the container's client proxy. */
    protected DoctorService() {
        this.discovery = null;
        this.atDeployment = false;
    }

    @Inject
    DoctorService(GuardExtension extension) {
        this.discovery = extension.discovery();
        this.atDeployment = extension.configuration().doctor()
                && extension.configuration().common().enabled();
    }

    /**
     * The application is there. Its deployment neither waits for the doctor nor fails through it. In an EAR this is heard once
     * for each WAR.
     */
    void deployed(@Observes @Initialized(ApplicationScoped.class) Object event) {
        if (atDeployment && begun.compareAndSet(false, true)) {
            Thread thread = new Thread(this::visit, "connection-guard doctor");
            thread.setDaemon(true);
            visitor = Optional.of(thread);
            thread.start();
        }
    }

    private void visit() {
        doctor.awaitStart();
        Collection<Target> targets = discovery.targets();
        List<Finding> findings = targets.isEmpty() ? List.of() : doctor.examine(targets);
        if (targets.isEmpty() || ended) {
            return;
        }
        for (Finding finding : findings) {
            LOG.log(
                    finding.severity() == Severity.WARNING ? Level.WARNING : Level.INFO,
                    Messages.finding(
                            finding.id(),
                            finding.dataSource(),
                            finding.what(),
                            finding.why(),
                            finding.remedy(),
                            finding.covered()));
        }
        int covered = (int) findings.stream().filter(Finding::covered).count();
        LOG.log(Level.INFO, Messages.examined(targets.size(), findings.size(), covered));
    }

    /** Nobody reads any more what would be found. */
    void undeploying(@Observes @BeforeDestroyed(ApplicationScoped.class) Object event) {
        close();
    }

    @PreDestroy
    void close() {
        ended = true;
        doctor.close();
        visitor.ifPresent(DoctorService::awaitEnd);
    }

    /** It comes to its end at once, and needs the application's class loader until then. */
    private static void awaitEnd(Thread thread) {
        try {
            thread.join(LEAVING.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public List<Finding> examine(String... dataSources) {
        return doctor.examine(
                dataSources.length == 0
                        ? discovery.targets()
                        : discovery.plan(dataSources).targets());
    }
}
