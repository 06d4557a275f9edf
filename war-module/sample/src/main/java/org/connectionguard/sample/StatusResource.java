/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.sample;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.connectionguard.ValidConnections;

/** What the page shows. */
@Path("status")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
public class StatusResource {
    @PersistenceContext(unitName = "defects")
    private EntityManager entityManager;

    @Inject
    private RunHistory history;

    @Inject
    private DemoLauncher launcher;

    /** The state of the jobs. */
    public record Status(boolean demo, Map<String, RunHistory.Job> jobs) {}

    /** A team's defects on a day. */
    public record Point(LocalDate day, long opened) {}

    @GET
    public Status status() {
        return new Status(launcher.address().isPresent(), history.jobs());
    }

    /** Each team's trend, guarded like the job: a page that finds a dead connection fails just as well. */
    @GET
    @Path("trend")
    @Transactional
    @ValidConnections(maxWait = "PT2S")
    public Map<String, List<Point>> trend() {
        Map<String, List<Point>> trend = new TreeMap<>();
        entityManager
                .createQuery("select t from DailyTrend t where t.job = 'guarded' order by t.day", DailyTrend.class)
                .getResultList()
                .forEach(each -> trend.computeIfAbsent(each.getTeam(), team -> new ArrayList<>())
                        .add(new Point(each.getDay(), each.getOpened())));
        return trend;
    }
}
