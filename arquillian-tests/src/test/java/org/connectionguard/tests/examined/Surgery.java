/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.tests.examined;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.stream.Collectors;
import org.connectionguard.ConnectionDoctor;
import org.connectionguard.Finding;
import org.connectionguard.tests.app.Threads;

/** Where the tests ask the doctor. */
@Path("/")
@RequestScoped
@Produces(MediaType.TEXT_PLAIN)
public class Surgery {
    @Inject
    private ConnectionDoctor doctor;

    /** All that the doctor says, a paragraph for each finding. */
    @GET
    @Path("examine")
    public String examine(@QueryParam("dataSource") List<String> names) {
        return doctor.examine(names.toArray(String[]::new)).stream()
                .map(Surgery::paragraph)
                .collect(Collectors.joining("\n"));
    }

    private static String paragraph(Finding finding) {
        return String.join(
                "\n",
                finding.id() + " " + finding.severity() + (finding.covered() ? " covered " : " ")
                        + finding.dataSource(),
                "  what:   " + finding.what(),
                "  why:    " + finding.why(),
                "  remedy: " + finding.remedy(),
                "");
    }

    /** How many threads the doctor has. */
    @GET
    @Path("threads")
    public long threads() {
        return Threads.named("connection-guard doctor").size();
    }
}
