/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.sample;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.LocalDate;

/** A defect that a team was given on a day. */
@Entity
@Table(name = "defect")
public class Defect {
    @Id
    @GeneratedValue(strategy = GenerationType.IDENTITY)
    private Long id;

    @Column(nullable = false)
    private String team;

    @Column(name = "opened_on", nullable = false)
    private LocalDate openedOn;

    protected Defect() {}

    Defect(String team, LocalDate openedOn) {
        this.team = team;
        this.openedOn = openedOn;
    }

    public Long getId() {
        return id;
    }
}
