/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.bench.question;

import java.util.List;
import org.connectionguard.bench.report.Section;

/** Something that the report answers. */
public interface Question {
    /** Its name on the command line, and in file names. */
    String name();

    /** Measures so many rounds, and answers. */
    List<Section> answer() throws Exception;
}
