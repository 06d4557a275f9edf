/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.tests.legacy;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.Map;

/** Shows the tally. */
@Path("tally")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
public class TallyResource {
    @Inject
    private Tally tally;

    @GET
    public Map<String, Tally.Account> between(@QueryParam("since") long since, @QueryParam("until") long until) {
        return tally.accounts(since, until);
    }
}
