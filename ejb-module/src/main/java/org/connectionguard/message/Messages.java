/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.message;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.List;
import java.util.Locale;

/**
 * The sentences, in the order of their ids: CG0001… settings and definitions, CG0101… what the guard found and did, CG0201…
 * why a job was not let through; CG0320… the doctor's log, whose findings are in {@link Diagnoses}. Stateless.
 */
public final class Messages {
    private Messages() {}

    // Settings and definitions: errors at deployment, but for a file that was not written for us (CG0007).

    public static String unknownSetting(String name, String forDeployment, String forDataSource) {
        return "CG0001 There is no setting " + name + ". Allowed below connection-guard. are: " + forDeployment
                + "; and below connection-guard. or connection-guard.\"<jndi name>\".: " + forDataSource;
    }

    public static String invalidSetting(String name, String value, String allowed) {
        return "CG0002 " + name + " = '" + value + "' is not allowed: give " + allowed;
    }

    public static String unreadableSetting(String name, Throwable failure) {
        return "CG0002 " + name + " cannot be read: " + withoutFullStop(failure) + ". Correct it";
    }

    public static String unknownDataSource(String name, String place) {
        return "CG0003 There is no data source " + name + ", which " + place
                + " names. Correct the name, or create the data source before the application is deployed";
    }

    public static String notADataSource(String name, String type, String place) {
        return "CG0004 " + name + ", which " + place + " names, is not a javax.sql.DataSource but a " + type;
    }

    /** @param unit empty: none was named */
    public static String unknownUnit(String unit, String place, Collection<String> known) {
        String there = known.isEmpty() ? "there is none" : "there are: " + known;
        String instead = ", or name the data source in @ValidConnections(\"java:…\")";
        return unit.isEmpty()
                ? "CG0006 " + place + " uses a persistence unit without naming it, and " + there
                        + ". Give it the name of one (unitName)" + instead
                : "CG0006 There is no persistence unit '" + unit + "', which " + place + " uses; " + there
                        + ". Correct the name" + instead;
    }

    public static String unitsPassedOver(String file, Throwable failure) {
        return "CG0007 " + file + " cannot be read: " + withoutFullStop(failure) + ". It counts as none. Correct it, or"
                + " name its units' data sources in @ValidConnections(\"java:…\") or in"
                + " connection-guard.default-data-source";
    }

    public static String descriptorPassedOver(String file, Throwable failure) {
        return "CG0007 " + file + " cannot be read: " + withoutFullStop(failure) + ". It counts as none: the timers,"
                + " transactions and interceptors that only it declares are not known here. Correct it";
    }

    public static String beansPassedOver(String file, Throwable failure) {
        return "CG0007 " + file + " cannot be read: " + withoutFullStop(failure)
                + ". It counts as none: whether it keeps CDI"
                + " from the application's classes is not known here. Correct it";
    }

    public static String configurationPassedOver(Throwable failure) {
        return "CG0007 MicroProfile Config cannot be read: " + withoutFullStop(failure)
                + ". It counts as none, and settings are" + " taken from system properties and environment. Correct it";
    }

    public static String notABean(String type) {
        return "CG0008 " + type
                + " carries @ValidConnections, but the container makes no bean of it, so that nothing would be"
                + " guarded. Make it a session bean or a CDI bean, or inject ConnectionGuard and call it";
    }

    public static String notInterceptable(String method, String why) {
        return "CG0009 " + method + " carries @ValidConnections, but it is " + why
                + ", so that no interceptor is called. Make it an instance method that is not private, or a timeout method";
    }

    public static String primitiveCannotBeSkipped(String method, String type) {
        return "CG0010 " + method + " returns " + type
                + " and cannot be skipped: with on-unavailable SKIP a method returns"
                + " nothing or an object. Choose FAIL or PROCEED for it";
    }

    public static String boundTwice(String place) {
        return "CG0011 " + place
                + " carries @ValidConnections and names the interceptor in @Interceptors too. WildFly cannot call"
                + " both (NullPointerException in Jsr299BindingsInterceptor): take one of them away";
    }

    public static String noTransactionService() {
        return "CG0012 This server has no TransactionManager where any server known here has it. It is not supported yet";
    }

    public static String unreadableDescriptor(String file, Throwable failure) {
        return "CG0013 " + file + " names Connection Guard, and cannot be read: " + withoutFullStop(failure)
                + ". Correct it";
    }

    public static String writableCannotBeChecked(String dataSource, String product, String place) {
        return "CG0014 " + place + " demands a server that accepts writes (writable), and nobody here knows how to ask "
                + product + ", which " + dataSource + " leads to. Take the demand away: the connections are validated"
                + " without it";
    }

    public static String nothingToValidate(String place) {
        return "CG0015 " + place
                + " carries @ValidConnections, but no data source was found in what its bean uses, and the"
                + " server has no default one. Name it: @ValidConnections(\"java:…\"), or connection-guard.default-data-source";
    }

    /** @param how the application comes to use it */
    public static String noDefaultDataSource(String place, String how) {
        return "CG0016 " + place + " uses the server's default data source (" + how
                + "), and there is none. Give the persistence unit a <jta-data-source>, or name the data source in"
                + " connection-guard.default-data-source or @ValidConnections(\"java:…\")";
    }

    public static String boundOutsideOfSchedule(String place) {
        return "CG0017 " + place + " is run by Jakarta Concurrency (@Asynchronous(runAt = …)), whose interceptor comes"
                + " after those of @Interceptors: named there, the guard would hold up the call that begins the schedule,"
                + " and guard no run. Annotate the method with @ValidConnections instead";
    }

    public static String laterWantsTimer(String place) {
        return "CG0018 " + place
                + " is to be made up later (on-unavailable LATER), and no EJB timer calls it: nobody could"
                + " call it again. Give it another policy, or put it on the timer's method";
    }

    public static String laterNotHere(String place) {
        return "CG0019 " + place
                + " is to be made up later (on-unavailable LATER), and this server has no way to call a timer"
                + " between its expirations. Make the method a public one of the bean's no-interface or local view,"
                + " so that it can be called by that, or choose FAIL or SKIP";
    }

    public static String noDataSourceGiven() {
        return "CG0020 ConnectionGuard.validate was given null instead of a data source. Has it been injected, or made,"
                + " before the call?";
    }

    // What was found and done: the log.

    public static String evicted(String dataSource, String why, boolean siblings) {
        return "CG0101 " + dataSource + ": destroyed a pooled connection" + (siblings ? " and its idle siblings" : "")
                + ": " + why;
    }

    public static String noConnections(String dataSource, String reason, String detail) {
        return "CG0102 " + dataSource + " gives no live connection (" + reason + "): " + detail
                + (reason.equals(Reason.REFUSED.word())
                        ? ". Guarded jobs fail at once: correct user, password, schema or account"
                        : ". Guarded jobs wait for it; one prober asks again");
    }

    public static String back(String dataSource, Duration outage, int attempts) {
        return "CG0103 " + dataSource + " is back after " + seconds(outage)
                + (attempts == 0 ? "" : " and " + attempts + (attempts == 1 ? " failed attempt" : " failed attempts"));
    }

    public static String waiting(String dataSource, int jobs, Duration silence) {
        return "CG0114 " + dataSource + " has given no live connection for " + seconds(silence) + ", and "
                + (jobs == 1 ? "one job waits" : jobs + " jobs wait") + " for one: no answer comes from the pool,"
                + " the network or the database. Jobs start when it comes, or are turned away when their max-wait is over";
    }

    public static String bodyLostConnection(String dataSource) {
        return "CG0104 " + dataSource
                + ": a job lost its connection while it ran; its pool is asked for more of the kind";
    }

    public static String stuck(String dataSource, String phase, int threads) {
        return "CG0105 " + dataSource + ": " + phase.toLowerCase(Locale.ROOT)
                + " a connection does not return; " + (threads == 1 ? "one thread is" : threads + " threads are")
                + " left to that, and the next attempts are made beside, ever more rarely. Give the JDBC URL connectTimeout and"
                + " socketTimeout, or run Java 21 or later, which leaves nothing behind";
    }

    public static String unknownPool(String dataSource, String handle) {
        return "CG0106 " + dataSource + ": the pool of " + handle
                + " is not known here. Dead connections are aborted and closed"
                + " one by one; idle siblings cannot be swept, and each job in a transaction costs a second validation";
    }

    public static String listenerFailed(Object listener) {
        return "CG0107 The listener " + listener.getClass().getName() + " failed; the job is not affected";
    }

    public static String observersTooSlow(long dropped) {
        return "CG0134 The application's observers of GuardEvent do not keep up: " + dropped
                + " events were dropped so far; jobs are not affected";
    }

    public static String observerFailed(Object event, Throwable failure) {
        return "CG0107 An observer of " + event.getClass().getSimpleName() + " failed (" + Words.of(failure)
                + "); the job is not affected";
    }

    public static String notTold(Throwable failure) {
        return "CG0133 One of the ways to be heard is closed (" + Words.of(failure) + "); jobs are not affected";
    }

    public static String notOfDeployment(String dataSource, String deployment, List<String> dataSources) {
        return dataSource + " is none of the data sources of " + deployment + ", which are: " + dataSources;
    }

    public static String swept(String dataSource) {
        return dataSource + ": what was idle in its pool is destroyed";
    }

    public static String poolNotKnown(String dataSource) {
        return dataSource
                + ": its pool is not known; it is after the first connection, where the library has an adapter"
                + " for it";
    }

    public static String nothingToMend() {
        return "The doctor found nothing to mend";
    }

    public static String begunAnew(String deployment) {
        return "The counters and lists of " + deployment + " begin anew";
    }

    public static String noMicrometer() {
        return "CG0135 connection-guard.metrics = micrometer, and the application has no bean of type"
                + " io.micrometer.core.instrument.MeterRegistry: nothing is measured. On WildFly run micrometer.cli, reload the"
                + " server and deploy again; or set auto, otel or off";
    }

    public static String noOpenTelemetry() {
        return "CG0135 connection-guard.metrics = otel, and the application has no bean of type"
                + " io.opentelemetry.api.OpenTelemetry or io.opentelemetry.api.metrics.Meter: nothing is measured. On WildFly take a"
                + " configuration with the subsystem microprofile-telemetry, and set otel.sdk.disabled=false; or set auto,"
                + " micrometer or off";
    }

    public static String skipped(String method, String why) {
        return "CG0108 Skipped " + method + ": " + why;
    }

    public static String proceeding(String method, String why) {
        return "CG0109 Running " + method + " all the same (on-unavailable PROCEED): " + why;
    }

    public static String validated(String dataSource, Duration question) {
        return "CG0110 " + dataSource + ": alive, asked in " + question.toNanos() / 1000 + " µs";
    }

    public static String doubted(String dataSource, String why) {
        return "CG0112 " + dataSource + ": alive, but what else is demanded of it could not be asked: " + why;
    }

    public static String unbound(String dataSource) {
        return "CG0113 " + dataSource
                + " is validated, but not bound to the job's transaction: another data source there is"
                + " not XA either, and the guard lets no two of these meet. Make all but one of them XA";
    }

    public static String leftAway(int lines) {
        return lines == 0 ? "" : " (and " + lines + " more such lines before, in one minute)";
    }

    public static String overdue(String job, Instant promised) {
        return "CG0130 " + job + " has not run: the server had promised it for " + promised
                + ". Is the server suspended, are its timers' threads all busy (CG0317), or does something fail before the"
                + " guard sees the call? Look for WFLYEJB lines at that time";
    }

    public static String timerGone(String job) {
        return "CG0131 " + job
                + " will not run again: the server has no timer for it any more, and its schedule had not"
                + " come to its end. Unless somebody has cancelled it on purpose, redeploy the application, and look for"
                + " WFLYEJB lines of it before now";
    }

    public static String scheduleOver(String job) {
        return "CG0132 " + job + " will not run again: its schedule has come to its end";
    }

    public static String noSuchJob(String job, String deployment, List<String> jobs) {
        return job + " is none of the jobs of " + deployment + ", which are: " + jobs;
    }

    public static String noTimerOfServers(String job) {
        return job + " is called by no EJB timer, so that nobody can call it";
    }

    public static String isUnderWay(String job) {
        return job + " is under way already";
    }

    public static String timersAreAlike(String job) {
        return job
                + " has not run yet, and another method of its bean has the same schedule: which of their timers is whose, the"
                + " server does not show. Give one of them another schedule, or a bean of its own";
    }

    public static String begun(String job) {
        return job + " has been begun; what comes of it is in its history and in the log";
    }

    public static String noTimerToRunByHand(String job) {
        return "CG0136 " + job
                + " was not run by hand: the server shows no timer of it that could be called. It needs one; on other"
                + " servers than WildFly it has to have called the job before, by a public method of the bean's view";
    }

    public static String notRunByHand(String job, Throwable failure) {
        return "CG0136 " + job + " was not run by hand, or failed: " + Words.of(failure);
    }

    public static String putOff(String job, String dataSource, String why) {
        return "CG0140 " + job + " is put off (on-unavailable LATER), and made up when " + dataSource
                + " gives a live connection again: " + why;
    }

    public static String madeUp(String job, Instant since, int expirations) {
        return "CG0141 " + job + ", put off since " + toSeconds(since) + missed(expirations) + ", has been made up";
    }

    public static String superseded(String job, Instant since, int expirations) {
        return "CG0142 " + job + ", put off since " + toSeconds(since) + missed(expirations)
                + ", is not made up: its timer's next expiration has come, whose run stands for it";
    }

    public static String madeUpInVain(String job, Instant since, int expirations) {
        return "CG0143 " + job + ", put off since " + toSeconds(since) + missed(expirations)
                + ", was made up, and failed twice, so that it is given up. The lines before say why";
    }

    public static String madeUpTooLate(String job, Instant since, int expirations) {
        return "CG0144 " + job + ", put off since " + toSeconds(since) + missed(expirations)
                + ", is dropped, for it has become too late (connection-guard.later-expires-after)";
    }

    public static String timerCancelled(String job, Instant since, int expirations) {
        return "CG0145 " + job + ", put off since " + toSeconds(since) + missed(expirations)
                + ", is dropped, for its timer was cancelled meanwhile";
    }

    public static String keptByServer(String job, Instant since) {
        return "CG0146 " + job + ", put off since " + toSeconds(since)
                + ", is left to the server, whose persistent timer calls it when the application is back";
    }

    public static String droppedAtEnd(String job, Instant since, int expirations) {
        return "CG0147 " + job + ", put off since " + toSeconds(since) + missed(expirations)
                + ", is dropped, for the application is undeployed or the server stops. Run it by hand if the next expiration is"
                + " too far away";
    }

    private static Instant toSeconds(Instant time) {
        return time.truncatedTo(ChronoUnit.SECONDS);
    }

    private static String missed(int expirations) {
        return expirations == 1 ? "" : " (" + expirations + " expirations)";
    }

    public static String madeUpRunFailed(String job) {
        return "CG0148 " + job + ", which is being made up, failed; after a first failure it is called once more";
    }

    public static String notMadeUpYet(String job, Throwable failure) {
        return "CG0149 " + job + " could not be called to be made up, and is tried again: " + Words.of(failure);
    }

    public static String notCancelled(String job, Throwable failure) {
        return "CG0149 The server's timer for the run of " + job
                + " that was dropped could not be cancelled, and calls it all the same: " + Words.of(failure);
    }

    public static String noScout(String dataSource, Throwable failure) {
        return "CG0149 Nobody looks after the runs that wait for " + dataSource + " now (" + Words.of(failure)
                + "); the next job that is put off changes that";
    }

    public static String notPutOff(String message, String why) {
        return message + (message.endsWith("?") ? "" : ".") + " It is not put off (on-unavailable LATER), for " + why;
    }

    public static String isBeingMadeUp(String job) {
        return "a run of " + job
                + " that was put off before is being made up now, and two of one timer never run at once";
    }

    public static String noTimersCall() {
        return "no timer has called it";
    }

    public static String noManagedThreads() {
        return "the server has no java:comp/DefaultManagedExecutorService to call it on";
    }

    public static String timersCannotBeCalled() {
        return "this server has no way to call its timer once more, and its method is none of its bean's view";
    }

    public static String noStandIn(Throwable failure) {
        return "the server made no timer in the place of this one, which expires once (" + Words.of(failure) + ")";
    }

    public static String noMoreIsKept(int most) {
        return "the application is being ended, or " + most + " runs are put off already";
    }

    public static String laterWantsCdi() {
        return "its deployment has no CDI, which keeps what is put off";
    }

    public static String severalDataSources() {
        return ", bound to one transaction where at most one of them is not XA (else CG0113)";
    }

    public static String provenAtFirstCall(List<String> names) {
        return ", proven at its first call, for only its component sees " + String.join(", ", names);
    }

    public static String notThereYet(List<String> names) {
        return ", not there yet: " + String.join(", ", names) + " (CG0126)";
    }

    public static String noDataSourceFound() {
        return "no data source was found in what its bean uses: name it in connection-guard.default-data-source, or by"
                + " @ValidConnections(\"java:…\")";
    }

    public static String unguarded(String method, String why) {
        return "CG0111 " + method + " runs without a guard: " + why;
    }

    public static String notFollowed(String place, Throwable thrown) {
        return "CG0115 what " + place + " uses could not be read (" + Words.of(thrown)
                + "): name its data sources in @ValidConnections(\"java:…\") or connection-guard.default-data-source";
    }

    public static String beanNotFound(String type, String view) {
        return "CG0123 what " + type + " calls by @EJB " + view
                + " is not known: no bean that CDI shows has this view. Name"
                + " its data sources in @ValidConnections(\"java:…\") or connection-guard.default-data-source";
    }

    public static String guardedInPart(String method, List<String> dataSources, String why) {
        return "CG0116 " + method + " is guarded for " + String.join(", ", dataSources) + " only: " + why;
    }

    public static String guardedNow(String method, List<String> dataSources) {
        return "CG0117 " + method + " is guarded from now on, for " + String.join(", ", dataSources);
    }

    public static String notRead(String type, Throwable thrown) {
        return "CG0118 " + type + " is left as it is, for it could not be read (" + Words.of(thrown)
                + "). Its timers are in no report; whether they are guarded nobody can say";
    }

    public static String settingsOfNobody(String dataSource) {
        return "CG0119 There are settings for \"" + dataSource + "\", and no data source has that name now. Correct it:"
                + " the settings of data sources are found under any of their JNDI names. Of a pool that the application makes"
                + " itself and validates by ConnectionGuard.validate(DataSource), they are found under its own name: then"
                + " nothing is to be done";
    }

    public static String report(String deployment, int guarded, int nothingToGuard, int unprotected) {
        int timers = guarded + nothingToGuard + unprotected;
        return "CG0120 " + deployment + " has " + timers + (timers == 1 ? " timer: " : " timers: ") + guarded
                + " guarded, " + nothingToGuard + " with nothing to guard, " + unprotected + " unprotected";
    }

    public static String unprotected(String timer, List<String> dataSources, String why) {
        return "CG0121 " + timer + " uses " + (dataSources.isEmpty() ? "a data source" : String.join(", ", dataSources))
                + " without a guard: " + why + " (connection-guard.unprotected decides whether this is said)";
    }

    public static String noCdi() {
        return "its deployment has no CDI, which brings the guard. Give it CDI, or make the guard the server's"
                + " (server-wide.cli)";
    }

    public static String noBeans(String archive) {
        return "CG0122 CDI knows no bean of the application that has " + archive
                + " in it, so that @ValidConnections and"
                + " connection-guard.auto do nothing there. Give it a beans.xml with bean-discovery-mode=\"annotated\", or"
                + " make the guard the server's (server-wide.cli); connection-guard.unprotected=ignore if it is meant so";
    }

    public static String describedOnly(String file, List<String> beans) {
        return "CG0125 " + file
                + " declares timers of beans that no annotation makes beans, so that connection-guard.auto"
                + " does nothing for them: " + String.join(", ", beans)
                + ". Bind the guard to them there, by the parts of the"
                + " ready ejb-jar.xml, or make it the server's (server-wide.cli) (connection-guard.unprotected decides"
                + " whether this is said)";
    }

    public static String classesHidden(String file) {
        return "CG0122 " + file + " says bean-discovery-mode=\"none\": CDI does not show the classes of its archive, so"
                + " that @ValidConnections and connection-guard.auto do nothing in them, and their timers are in no"
                + " report. Write bean-discovery-mode=\"annotated\", or make the guard the server's (server-wide.cli);"
                + " connection-guard.unprotected=ignore if it is meant so";
    }

    public static String missingYet(String dataSource, String place) {
        return "CG0126 There is no data source " + dataSource + " yet, which " + place
                + " names: its runs wait for it within max-wait, as for a database that is away, and then do what"
                + " on-unavailable says. If the application binds it later, nothing is to be done; else correct the name, or"
                + " create the data source";
    }

    public static String thereNow(String dataSource, String place) {
        return "CG0127 " + dataSource + ", which " + place + " names, is there now";
    }

    public static String leftOut(String method, String why) {
        return "CG0124 A run of " + method
                + " failed without an exception, which would have ended its schedule, or held it up"
                + " (connection-guard.keep-schedules): " + why;
    }

    public static String keepsItsSchedule() {
        return "; a run that fails for want of a database returns normally (CG0124) where an exception would end its"
                + " schedule, or hold it up";
    }

    // Why a timer is unprotected.

    public static String switchedOff() {
        return "connection-guard.enabled is false";
    }

    public static String autoOff() {
        return "connection-guard.auto is off";
    }

    public static String excluded() {
        return "connection-guard.exclude matches its class";
    }

    public static String nothingBinds() {
        return "nothing binds the guard to it: annotate it with @ValidConnections, or set connection-guard.auto=timers";
    }

    public static String noInterceptorCalled(String modifier) {
        return "it is " + modifier
                + ", so that no interceptor is called. Make it an instance method that is not private";
    }

    public static String notIntercepted(String type, String why) {
        return type + " " + why
                + ", so that the guard is not bound to it for fear that the container refuses the class:"
                + " change that, or annotate it with @ValidConnections where the container takes it";
    }

    public static String finalClass() {
        return "is final or sealed";
    }

    public static String finalMethod(String method) {
        return "has a final method, " + method;
    }

    public static String noPlainConstructor() {
        return "has no constructor without parameters that is not private";
    }

    // Why a connection is unfit.

    public static String dead() {
        return "it is dead";
    }

    public static String dead(Throwable thrown) {
        return "it is dead (" + Words.of(thrown) + ")";
    }

    public static String noAnswer(Duration after) {
        return "no answer within " + seconds(after);
    }

    public static String poolGivesNone(Duration after) {
        return "the pool gave no connection within " + seconds(after) + ": all of them are in use";
    }

    public static String tooOld(Duration age, Duration limit) {
        return "it is " + seconds(age) + " old, and max-age is " + seconds(limit);
    }

    public static String autocommitOff() {
        return "its last user left autocommit off";
    }

    public static String readOnly() {
        return "its server accepts no writes (read-only)";
    }

    public static String complained(Throwable thrown) {
        return "it went back with a complaint (" + Words.of(thrown) + ")";
    }

    public static String evictionFailed(String why, Throwable failure) {
        return why + "; and the pool did not let it go without complaint (" + Words.of(failure) + ")";
    }

    // Why a job was not let through: the exception's message.

    public static String unavailable(String dataSource, Reason reason, String detail, Duration waited, int attempts) {
        return "CG0201 " + dataSource + " gave no live connection (" + reason.word() + ") after " + seconds(waited)
                + (attempts == 0 ? "" : " and " + attempts + (attempts == 1 ? " attempt" : " attempts")) + ": " + detail
                + reason.remedy();
    }

    public static String crowded(int limit, String lastFailure) {
        return limit + " jobs wait for it already (max-waiting-jobs)"
                + (lastFailure.isEmpty() ? "" : "; " + lastFailure);
    }

    public static String deadInTransaction(String why) {
        return "somebody else took the validated connection, and the one that came instead cannot be used: " + why
                + ". The transaction is rolled back; the container's retry gets another";
    }

    public static String interrupted() {
        return "the job's thread was interrupted while it waited";
    }

    public static String stopped() {
        return "the server is being suspended or stopped, or the application undeployed";
    }

    public static String nothingBound(String name) {
        return "nothing is bound to the name " + name;
    }

    public static String boundToSomethingElse(String name, String type) {
        return "what is bound to the name " + name + " is not a javax.sql.DataSource but a " + type;
    }

    public static String noTime() {
        return "the job's time was over before it could be asked";
    }

    public static String noThread(Throwable failure) {
        return "no thread could be started to ask it (" + Words.of(failure) + ")";
    }

    public static String noThreadBegan() {
        return "no thread came to ask it: something holds all carriers of virtual threads";
    }

    public static String leftBehind(int probes) {
        return (probes == 1 ? "one attempt has" : probes + " attempts have")
                + " not come back; the next one is made beside " + (probes == 1 ? "it" : "them") + ", after a pause";
    }

    public static String transactionLetsNobodyIn(Throwable failure) {
        return "the job's transaction let no connection in (" + Words.of(failure) + ")";
    }

    public static String cannotAskForWrites(String product) {
        return "nobody here knows how to ask " + product + " whether it accepts writes (writable)";
    }

    public static String transactionOver(String method, String status) {
        return "CG0202 " + method + " does not start: its transaction is no longer active (" + status
                + ") after the wait for the database. Keep max-wait below the transaction time-out";
    }

    public static String bodyFailed(Throwable thrown) {
        return "CG0204 the body failed: " + Words.of(thrown);
    }

    public static String undone(String status) {
        return "CG0206 the body came to its end, but its transaction was not committed (" + status
                + "): nothing that it did there lasts. The server's log says why";
    }

    public static String skippedTooLate(String method, String status) {
        return "CG0203 " + method + " was left out by its policy, but its transaction is no longer active (" + status
                + "): the container reports a rollback, and may call it again. Keep max-wait below the transaction time-out";
    }

    public static String closed(String dataSource) {
        return "CG0205 " + dataSource
                + " is closed, and gives no connection any more. Validate the pool that is used now";
    }

    // The doctor: the log.

    public static String finding(
            String id, String dataSource, String what, String why, String remedy, boolean covered) {
        return id + " " + dataSource + ": " + what + ". " + why.substring(0, 1).toUpperCase(Locale.ROOT)
                + why.substring(1) + (covered ? " (guarded jobs are safe from it)" : "") + ". Remedy: " + remedy;
    }

    /** @param server the application server's name */
    public static String examined(
            String server, String deployment, List<String> dataSources, int findings, int covered) {
        return "CG0320 " + deployment + ": the doctor examined " + String.join(", ", dataSources)
                + (findings == 0
                        ? " and found nothing to mend"
                        : ": " + findings + (findings == 1 ? " finding" : " findings")
                                + (covered == 0 ? "" : "; from " + covered + " of them guarded jobs are safe")
                                + (server.equals("WildFly")
                                        ? ". Remedies that begin with /subsystem or with [xa-]data-source are lines for"
                                                + " jboss-cli.sh --connect; reload afterwards"
                                        : ""));
    }

    public static String notExamined(Throwable failure) {
        return "CG0321 The doctor does not come: no thread could be started for him (" + Words.of(failure)
                + "). ConnectionDoctor.examine() asks for him again";
    }

    /** Others' words in the middle of ours. */
    private static String withoutFullStop(Throwable failure) {
        return Words.of(failure).replaceFirst("\\.$", "");
    }

    private static String seconds(Duration duration) {
        return String.format(Locale.ROOT, "%.1f s", duration.toNanos() / 1e9);
    }
}
