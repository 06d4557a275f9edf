/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.tests.server;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.connectionguard.OnUnavailable;
import org.connectionguard.RunOutcome;
import org.connectionguard.tests.app.Ledger;
import org.connectionguard.tests.legacy.Tally;

/** Speaks to the {@code Control} of one deployed test application. For any thread. */
public record Client(String application) {
    /** Not HTTP/2, whose single connection the server may end while a request is on its way. */
    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private static final ObjectMapper JSON = new ObjectMapper();

    public void hold() {
        post("hold");
    }

    public void resume() {
        post("resume");
    }

    /** As {@link #resume()}, and what is in the ledger stays there. */
    public void goOn() {
        post("go-on");
    }

    public void callJobsWithoutTimers() {
        post("call");
    }

    /** Lets BurstJob's timers expire; atOnce: their bodies wait for each other, each with its connection. */
    public void expire(int times, boolean atOnce) {
        post("expire?times=" + times + "&atOnce=" + atOnce);
    }

    /** Lets BurstJob expire once for each key, at the same moment; the timer carries the key. */
    public void expireWith(List<String> keys) {
        post("expire-with?key=" + String.join("&key=", keys));
    }

    /** The same with the job of which no expiration may be lost. */
    public void expireLaterWith(List<String> keys) {
        post("expire-later-with?key=" + String.join("&key=", keys));
    }

    /** How many jobs have a run that is put off now. */
    public long putOff() {
        return read(send(request("put-off").GET()), new TypeReference<>() {});
    }

    /** How many runs of a job have ended so, as the guard tells it. */
    public long told(String job, RunOutcome outcome) {
        return read(send(request("told?job=" + job + "&outcome=" + outcome).GET()), new TypeReference<>() {});
    }

    /** What became of the others that were: how many, by their end. */
    public Map<String, Integer> endsOfPutOff() {
        return read(send(request("ends-of-put-off").GET()), new TypeReference<>() {});
    }

    /** The calls that have ended since this was asked the last time. */
    public Ledger.Page nextPage() {
        return read(post("next-page"), new TypeReference<>() {});
    }

    public void callSmallPoolJob() {
        post("small-pool");
    }

    public void runProgrammaticTask() {
        post("programmatic");
    }

    /** Calls PolicyJob's method: what it returned, or why it failed. */
    public String callPolicyJob(OnUnavailable policy) {
        return run(policy.toString());
    }

    /** Calls a job of {@code Control.run}: what it returned, or why it failed. */
    public String run(String job) {
        return post("run?job=" + job);
    }

    /** Asks the guard for one of the application's data sources: "live", or why not. */
    public String validate(String dataSource) {
        return post("validate?dataSource=java:jboss/datasources/" + application + "/" + dataSource);
    }

    /** Uses one of its data sources without asking: "live", or why not. */
    public String use(String dataSource) {
        return post("use?dataSource=java:jboss/datasources/" + application + "/" + dataSource);
    }

    /** Uses one of its data sources for a statement: its answer, "live" where it has none, or why it failed. */
    public String use(String dataSource, String sql) {
        return post("use?dataSource=java:jboss/datasources/" + application + "/" + dataSource + "&sql="
                + URLEncoder.encode(sql, StandardCharsets.UTF_8));
    }

    /** How many connections of the pool of one of its data sources are lent, or on their way to somebody. */
    public int lent(String dataSource) {
        // Whoever comes and goes alone leaves the right count.
        use(dataSource);
        return Management.inUse(application + "-" + dataSource);
    }

    /** Somebody without a guard takes a connection and keeps it, as soon as the pool gives one. */
    public void take(String dataSource) {
        post("take?dataSource=java:jboss/datasources/" + application + "/" + dataSource);
    }

    /** The connection comes back that was taken first. */
    public void giveBack() {
        post("give-back");
    }

    /** The states of the threads of the server whose names begin so. */
    public List<Thread.State> threads(String name) {
        Map<String, Thread.State> all = read(send(request("threads").GET()), new TypeReference<>() {});
        return all.entrySet().stream()
                .filter(thread -> thread.getKey().startsWith(name))
                .map(Map.Entry::getValue)
                .toList();
    }

    /** The states of the guard's threads for one of the application's data sources. */
    public List<Thread.State> guardThreads(String dataSource) {
        return threads("connection-guard java:jboss/datasources/" + application + "/" + dataSource + " ");
    }

    /** So many threads call HerdJob at once. */
    public void herd(int callers) {
        post("herd?callers=" + callers);
    }

    /** So many threads call BusinessJob so often each; returns at once. */
    public void together(int callers, int times) {
        post("together?callers=" + callers + "&times=" + times);
    }

    /**
     * So many call HeldJob at once, each in a transaction that holds a connection of its pool already: what each got, or why
     * it failed.
     */
    public List<String> held(int callers) {
        return read(post("held?callers=" + callers), new TypeReference<>() {});
    }

    /** Lets TimerHerdJob expire. */
    public void expireHerd(int times) {
        post("expire-herd?times=" + times);
    }

    /** Lets MidBodyJob expire; its body stops in the middle, in a statement or between two. */
    public void stopInBody(boolean inStatement) {
        post("stop-in-body?sleeping=" + inStatement);
    }

    public void goOnInBody() {
        post("go-on-in-body");
    }

    /** The ids of the connections that the job's pool then holds, the one on top last. */
    public List<Long> fill(String job, int connections) {
        String answer = post(
                "fill?dataSource=java:jboss/datasources/" + application + "/" + job + "&connections=" + connections);
        return read(answer, new TypeReference<>() {});
    }

    public Map<String, Ledger.Account> accounts() {
        return read(send(request("accounts").GET()), new TypeReference<>() {});
    }

    /** The same at a moment when no call is under way. */
    public Map<String, Ledger.Account> accountsAtRest() {
        hold();
        try {
            return accounts();
        } finally {
            goOn();
        }
    }

    /** How many calls are under way. */
    public int underWay() {
        return read(send(request("under-way").GET()), new TypeReference<>() {});
    }

    /** What became of the calls of an application that knows nothing of the guard, and so has another ledger. */
    public Map<String, Tally.Account> tally(Instant since) {
        return tally(since, Instant.now());
    }

    /** What became of them in this time, the ends included. */
    public Map<String, Tally.Account> tally(Instant since, Instant until) {
        return read(
                send(request("tally?since=" + since.toEpochMilli() + "&until=" + until.toEpochMilli())
                        .GET()),
                new TypeReference<>() {});
    }

    /** Asks the observer how many class loaders of a deployment the garbage collection has left. */
    public long classLoaders(String deployment) {
        return read(send(request("class-loaders?deployment=" + deployment).GET()), new TypeReference<>() {});
    }

    private String post(String path) {
        return send(request(path).POST(HttpRequest.BodyPublishers.noBody()));
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(TestServers.http() + "/" + application + "/control/" + path));
    }

    private static String send(HttpRequest.Builder request) {
        try {
            HttpResponse<String> response = HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
            if (response.statusCode() >= 400) {
                throw new IllegalStateException(
                        response.request().uri() + ": " + response.statusCode() + " " + response.body());
            }
            return response.body();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static <T> T read(String json, TypeReference<T> type) {
        try {
            return JSON.readValue(json, type);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
