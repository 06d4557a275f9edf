/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.tests.corpus;

import static org.connectionguard.tests.corpus.CommonParts.calling;
import static org.connectionguard.tests.corpus.CommonParts.dao;
import static org.connectionguard.tests.corpus.CommonParts.scheduled;
import static org.connectionguard.tests.corpus.CommonParts.timer;
import static org.connectionguard.tests.corpus.Packaging.WAR;
import static org.connectionguard.tests.corpus.Part.code;
import static org.connectionguard.tests.corpus.Part.missing;

import java.util.List;

/** Classes that refer to what is not there. Stateless. */
final class MissingClassShapes {
    private MissingClassShapes() {}

    /** Each is one entry. */
    static final List<Shape> ALL = List.of(
            new Shape(
                    "MissingInHelper",
                    "a helper class refers to a missing class",
                    WAR,
                    timer(Access.LOOKUP),
                    missing("public class #nameGone {}"),
                    code("public class #nameHelper { public #nameGone gone(#nameGone other) { return other; } }")),
            new Shape(
                    "MissingSupertype",
                    "a class extends a missing class",
                    WAR,
                    timer(Access.LOOKUP),
                    missing("public class #nameGone {}"),
                    code("@ApplicationScoped public class #nameHelper extends #nameGone {}")),
            new Shape(
                    "MissingInBean",
                    "the bean has a method of a missing class",
                    WAR,
                    missing("public class #nameGone {}"),
                    scheduled("""
                    @Resource(lookup = "#source") DataSource source; #nameGone gone() { return new #nameGone(); }
                    """)),
            new Shape(
                    "MissingInDao",
                    "the dao has a field of a missing class",
                    WAR,
                    missing("public class #nameGone {}"),
                    code(dao("@ApplicationScoped").replace("{ @Resource", "{ private #nameGone gone; @Resource")),
                    calling("@Inject #nameDao dao;", "dao")));
}
