/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.tests.app;

import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

/** A row that a run writes. */
@Entity
@Table(name = "entry")
public class Entry {
    @Id
    @GeneratedValue(strategy = GenerationType.IDENTITY)
    private Long id;

    private String job;

    /** The call that wrote it. */
    private String run;

    protected Entry() {}

    public Entry(String job, String run) {
        this.job = job;
        this.run = run;
    }

    public Long getId() {
        return id;
    }

    public String getJob() {
        return job;
    }

    public String getRun() {
        return run;
    }
}
