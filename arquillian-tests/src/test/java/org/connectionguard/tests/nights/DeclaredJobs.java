/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.tests.nights;

import jakarta.ejb.Stateless;
import jakarta.ejb.Timer;
import jakarta.inject.Inject;
import org.connectionguard.ValidConnections;

/** Jobs whose timers stand in ejb-jar.xml, which a test writes. */
@Stateless
public class DeclaredJobs {
    @Inject
    private Diary diary;

    @Inject
    private Accounts accounts;

    @ValidConnections(Diary.DATA_SOURCE)
    public void calendar(Timer timer) {
        diary.work("calendar", timer.getInfo());
    }

    @ValidConnections(Diary.DATA_SOURCE)
    public void persistent(Timer timer) {
        diary.work("persistent", timer.getInfo());
    }

    /** It has two of them. */
    @ValidConnections(Diary.DATA_SOURCE)
    public void several(Timer timer) {
        diary.work("several", timer.getInfo());
    }

    @ValidConnections(Diary.DATA_SOURCE)
    private void hidden() {
        diary.work("hidden", "");
    }

    @ValidConnections(Diary.DATA_SOURCE)
    public void delegating() {
        accounts.settle();
    }

    /** The last time ever. */
    @ValidConnections(Diary.DATA_SOURCE)
    public void last() {
        diary.work("last", "");
    }
}
