/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.console.output;

import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import java.time.ZoneId;
import java.util.Locale;
import org.connectionguard.console.state.Deployment;
import org.connectionguard.console.state.Job;
import org.connectionguard.console.state.ServerState;
import org.connectionguard.console.verdict.Condition;
import org.connectionguard.console.verdict.Level;
import org.connectionguard.console.verdict.Verdict;

/** Whether every job ran, for monitors: shaped as MicroProfile Health shapes it. Stateless. */
public final class HealthJson {
    private HealthJson() {}

    /** DOWN where there is trouble, in a deployment or at all. */
    public static JsonObject of(ServerState state, ZoneId zone) {
        Verdict verdict = Verdict.of(state);
        JsonArrayBuilder checks = Json.createArrayBuilder();
        state.deployments().forEach(deployment -> checks.add(check(deployment, state)));
        return Json.createObjectBuilder()
                .add("status", status(verdict.level() != Level.TROUBLE))
                .add("level", verdict.level().name().toLowerCase(Locale.ROOT))
                .add("verdict", verdict.sentence().text(zone))
                .add("checks", checks)
                .build();
    }

    private static JsonObject check(Deployment deployment, ServerState state) {
        long jobs = state.jobs().stream()
                .filter(job -> job.deployment().equals(deployment.name()))
                .count();
        long troubled = state.jobs().stream()
                .filter(job -> job.deployment().equals(deployment.name()))
                .filter(HealthJson::isTroubled)
                .count();
        return Json.createObjectBuilder()
                .add("name", deployment.name())
                .add("status", status(troubled == 0))
                .add("data", Json.createObjectBuilder().add("jobs", jobs).add("not-as-promised", troubled))
                .build();
    }

    private static boolean isTroubled(Job job) {
        return Condition.of(job).level() == Level.TROUBLE;
    }

    private static String status(boolean up) {
        return up ? "UP" : "DOWN";
    }
}
