/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.console.output;

import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.connectionguard.console.state.DataSource;
import org.connectionguard.console.state.Deployment;
import org.connectionguard.console.state.Job;
import org.connectionguard.console.state.Outage;
import org.connectionguard.console.state.Outcome;
import org.connectionguard.console.state.Pool;
import org.connectionguard.console.state.Run;
import org.connectionguard.console.verdict.Judgement;
import org.connectionguard.console.verdict.ScheduleWords;
import org.connectionguard.console.verdict.Sentence;
import org.connectionguard.console.verdict.Verdict;

/** What the page is told of each thing. Stateless. */
public final class StateJson {
    private StateJson() {}

    public static JsonObject of(Verdict verdict) {
        return Json.createObjectBuilder()
                .add("level", verdict.level().name())
                .add("sentence", of(verdict.sentence()))
                .build();
    }

    static JsonObject of(Deployment deployment) {
        return thing("deployment", deployment.id(), deployment.name(), deployment.name())
                .add("since", deployment.since())
                .add("guarded", deployment.guarded())
                .add("unprotected", deployment.unprotected())
                .add("nothingToGuard", deployment.nothingToGuard())
                .build();
    }

    /** With as many of the last runs. */
    public static JsonObject of(Job job, int runs) {
        Judgement judgement = Judgement.of(job);
        List<Run> history = job.history();
        JsonArrayBuilder last = Json.createArrayBuilder();
        history.subList(Math.max(0, history.size() - runs), history.size()).forEach(run -> last.add(of(run)));
        JsonObjectBuilder counts = Json.createObjectBuilder();
        for (Outcome outcome : Outcome.values()) {
            counts.add(outcome.name(), job.counts().getOrDefault(outcome, 0L));
        }
        return thing("job", job.id(), job.deployment(), job.name())
                .add("schedule", ScheduleWords.of(job.schedule()))
                .add("condition", judgement.condition().name())
                .add("rank", judgement.condition().ordinal())
                .add("level", judgement.condition().level().name())
                .add("sentence", of(judgement.sentence()))
                .add("protection", job.protection().name())
                .add("protectionReason", job.reason())
                .add("active", job.active())
                .add("lastStart", job.lastStart())
                .add("lastSuccess", job.lastSuccess())
                .add("next", job.next())
                .add("putOffSince", job.putOffSince())
                .add("counts", counts)
                .add("runs", last)
                .build();
    }

    private static JsonObject of(Run run) {
        return Json.createObjectBuilder()
                .add("start", run.start())
                .add("millis", run.millis())
                .add("guardedMillis", run.guardedMillis())
                .add("evicted", run.evicted())
                .add("outcome", run.outcome().name())
                .add("reason", run.reason())
                .build();
    }

    static JsonObject of(DataSource dataSource, Optional<Pool> pool) {
        JsonArrayBuilder outages = Json.createArrayBuilder();
        dataSource.lastOutages().forEach(outage -> outages.add(of(outage)));
        JsonObjectBuilder thing = thing("dataSource", dataSource.id(), dataSource.deployment(), dataSource.name())
                .add("state", dataSource.state())
                .add("stateSince", dataSource.stateSince())
                .add("waiting", dataSource.waiting())
                .add("stuck", dataSource.stuck())
                .add("evictions", of(dataSource.evictions(), DataSource.CAUSES))
                .add("validations", of(dataSource.validations(), DataSource.RESULTS))
                .add("waits", dataSource.waits())
                .add("outageCount", dataSource.outages())
                .add("outageMillis", dataSource.outageMillis())
                .add("outages", outages);
        pool.ifPresent(figures -> thing.add("pool", of(figures)));
        return thing.build();
    }

    private static JsonObjectBuilder of(Pool pool) {
        return Json.createObjectBuilder()
                .add("present", pool.present())
                .add("lent", pool.lent())
                .add("free", pool.free())
                .add("mostLent", pool.mostLent());
    }

    private static JsonObjectBuilder of(Map<String, Long> numbers, List<String> words) {
        JsonObjectBuilder object = Json.createObjectBuilder();
        words.forEach(word -> object.add(word, numbers.getOrDefault(word, 0L)));
        return object;
    }

    private static JsonObject of(Outage outage) {
        return Json.createObjectBuilder()
                .add("begin", outage.begin())
                .add("millis", outage.millis())
                .add("reason", outage.reason())
                .add("detail", outage.detail())
                .build();
    }

    private static JsonArrayBuilder of(Sentence sentence) {
        JsonArrayBuilder parts = Json.createArrayBuilder();
        for (Object part : sentence.parts()) {
            if (part instanceof Long time) {
                parts.add(time);
            } else {
                parts.add(part.toString());
            }
        }
        return parts;
    }

    private static JsonObjectBuilder thing(String kind, String id, String deployment, String name) {
        return Json.createObjectBuilder()
                .add("kind", kind)
                .add("id", id)
                .add("deployment", deployment)
                .add("name", name);
    }
}
