/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.tests.corpus;

import java.util.ArrayList;
import java.util.List;
import org.connectionguard.tests.server.TestServers;

/** The corpus for readers, in Markdown. For one thread. */
final class Page {
    private static final String HEAD = """
            # The corpus

            ```shell
            mvn verify -Pcorpus                                     # all of it, and one minute of the generator
            mvn verify -Pcorpus -Dcorpus.minutes=20 -Dcorpus.seed=7 # more of the generator, from another seed
            mvn verify -Pcorpus -Dcorpus.publish=true               # writes this page
            ```

            Small applications that know nothing of the guard, one for each shape that was found in public applications, questions and servers'
            own test suites, or thought of; and generated ones, put together at random from the same parts. Each is deployed on a real WildFly,
            with a data source of its own that validates nothing:

            - *without* the library: `dies` means that no run succeeds any more after all sessions were ended by KILL, `loses a run` that
              the pool found the dead connection after one failed run, `refused` that the server does not deploy it;
            - *switched-off*: the jar is in it, with `connection-guard.enabled=false`;
            - *drop-in*: the jar is in it, with `connection-guard.auto=timers`;
            - *descriptor*: the jar is in it, and our part of ejb-jar.xml;
            - *server-wide*: nothing is in it; server-wide.cli has been run.

            In every cell the application must deploy exactly when it does without the library, and the same timers must run. Then:

            | | |
            |---|---|
            | ✔ | after the KILL every timer ran on, and none that was called guarded has lost a run |
            | told | a timer did not heal, and before the KILL the report or a warning had said that it is not protected |
            | = | nothing was promised, and nothing is different: switched off, no timers, or refused as without |
            | – | cannot be: a jar has no libraries, an ejb-jar.xml of old days no interceptors; and drop-in does nothing, nor can it say so, where CDI is off or the bean is `@Vetoed` |

            Everything else is a defect, and stands in bold.

            """;

    private final StringBuilder sections = new StringBuilder();
    private final List<String> defects = new ArrayList<>();

    /** A table, also for whoever watches. */
    void add(String title, Matrix matrix) {
        String section = "## " + title + "\n\n" + TestServers.product() + ", " + matrix.size() + " cells\n\n"
                + matrix.table() + "\n";
        System.out.println(section);
        matrix.red().forEach(System.out::println);
        sections.append(section);
        matrix.red().forEach(defect -> defects.add("- " + title + ": " + defect));
    }

    String text() {
        return HEAD + sections.toString().stripTrailing() + "\n"
                + (defects.isEmpty() ? "" : "\n## Defects\n\n" + String.join("\n", defects) + "\n");
    }
}
