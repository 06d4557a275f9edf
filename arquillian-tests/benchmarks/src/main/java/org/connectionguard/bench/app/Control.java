/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.bench.app;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.sql.SQLException;
import javax.naming.NamingException;

/** What the benchmarks ask of the application. */
@Path("/")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
public class Control {
    @Inject
    private Contest contest;

    @POST
    @Path("measure")
    public Measurement measure(
            @QueryParam("contender") Contender contender,
            @QueryParam("transaction") boolean inTransaction,
            @QueryParam("checkouts") int checkouts,
            @QueryParam("threads") int threads,
            @QueryParam("times") int times)
            throws Exception {
        return contest.measure(contender, inTransaction, checkouts, threads, times);
    }

    @POST
    @Path("fill")
    public void fill(@QueryParam("dataSource") String name, @QueryParam("connections") int connections)
            throws NamingException, SQLException {
        DataSources.fill(name, connections);
    }
}
