/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.console.verdict;

import org.connectionguard.console.state.Job;
import org.connectionguard.console.state.Run;

/** How a job is, and the words for it, which go on after its name. Immutable. */
public record Judgement(Condition condition, Sentence sentence) {
    public static Judgement of(Job job) {
        Condition condition = Condition.of(job);
        return new Judgement(condition, sentence(condition, job));
    }

    private static Sentence sentence(Condition condition, Job job) {
        long last = job.lastRun().map(Run::start).orElse(job.lastStart());
        return switch (condition) {
            case FAILED -> Sentence.of("failed at ", last);
            case LOST -> Sentence.of("did not start at ", last, ", and that run is lost");
            case ENDED -> Sentence.of("will not run again: the server has no timer for it any more");
            case OVERDUE -> Sentence.of("is overdue: the server promised a run that has not started");
            case PUT_OFF ->
                Sentence.of("is put off since ", job.putOffSince(), ", to be made up when its database is back");
            case UNPROTECTED ->
                Condition.isUnseen(job)
                        ? Sentence.of("is not guarded, so that its runs cannot be seen from here")
                        : Sentence.of("ran at ", last, ", and nothing guards it");
            case NOT_YET -> Sentence.of("has not run since this history began");
            case MADE_UP -> Sentence.of("was made up at ", last);
            case WELL -> Sentence.of("ran at ", last);
        };
    }
}
