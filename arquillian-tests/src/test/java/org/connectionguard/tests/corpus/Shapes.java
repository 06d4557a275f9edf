/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.tests.corpus;

import java.util.List;
import java.util.stream.Stream;

/** The fixed part of the corpus: a list for each question that applications answer differently. Stateless. */
final class Shapes {
    private Shapes() {}

    static final List<Shape> ALL = Stream.of(
                    AccessShapes.ALL,
                    DelegationShapes.ALL,
                    TimerShapes.ALL,
                    DescriptorShapes.ALL,
                    DiscoveryShapes.ALL,
                    MissingClassShapes.ALL,
                    PackagingShapes.ALL)
            .flatMap(List::stream)
            .toList();
}
