/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.sample;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.time.LocalDate;

/** How many defects a team was given on a day: what the job gathers. */
@Entity
@Table(name = "daily_trend")
public class DailyTrend {
    /** Job, team and day: gathering a day again writes the same row again, and the jobs do not meet. */
    @Id
    private String id;

    @Column(nullable = false)
    private String job;

    @Column(nullable = false)
    private String team;

    @Column(name = "trend_day", nullable = false)
    private LocalDate day;

    @Column(nullable = false)
    private long opened;

    /** So that each gathering writes, as jobs do that are worth guarding. */
    @Column
    private Instant gathered;

    protected DailyTrend() {}

    DailyTrend(String job, String team, LocalDate day, long opened) {
        this.id = job + "/" + team + "/" + day;
        this.job = job;
        this.team = team;
        this.day = day;
        this.opened = opened;
        this.gathered = Instant.now();
    }

    public String getTeam() {
        return team;
    }

    public LocalDate getDay() {
        return day;
    }

    public long getOpened() {
        return opened;
    }
}
