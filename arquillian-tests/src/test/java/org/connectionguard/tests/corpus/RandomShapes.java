/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.tests.corpus;

import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.IntStream;

/** Shapes put together at random; the same seed gives the same one. Stateless. */
final class RandomShapes {
    /** Persistence.xml, or nothing, is where the class is; other files are the fixed corpus's matter. */
    private static final List<Access> ACCESSES =
            List.of(Access.UNIT, Access.ONLY_UNIT, Access.FACTORY, Access.LOOKUP, Access.MAPPED_NAME, Access.SETTER);

    private static final List<Extra> DISCOVERIES = List.of(
            new Extra("no beans.xml", Part.of()),
            new Extra("an empty beans.xml", Part.descriptor("beans.xml", "")),
            new Extra("bean-discovery-mode all", CommonParts.beansXml("all")),
            new Extra("bean-discovery-mode annotated", CommonParts.beansXml("annotated")),
            new Extra("bean-discovery-mode none", CommonParts.beansXml("none")));

    private static final List<Extra> EXTRAS = List.of(
            new Extra("nothing else", Part.of()),
            new Extra("no weld subsystem", CommonParts.without("weld")),
            new Extra("no jpa subsystem", CommonParts.without("jpa")),
            new Extra(
                    "a missing class",
                    Part.of(
                            Part.missing("public class #nameGone {}"),
                            Part.code("public class #nameHelper { public #nameGone gone; }"))),
            new Extra("an ejb-jar.xml with a DTD beside", CommonParts.oldDescriptor(Place.BESIDE, "2.0")));

    private RandomShapes() {}

    private record Extra(String meaning, Part part) {}

    /** So many, one for each seed; each has a data source of its own among them. */
    static List<Shape> of(long firstSeed, int count) {
        return IntStream.range(0, count)
                .mapToObj(index -> of(firstSeed + index, "Random" + index))
                .toList();
    }

    private static Shape of(long seed, String pool) {
        Random random = new Random(seed);
        // The first numbers of neighbouring seeds are alike.
        random.nextLong();
        Packaging packaging = pick(random, List.of(Packaging.values()));
        TimerKind timer = pick(random, List.of(TimerKind.values()));
        Delegation delegation = pick(random, List.of(Delegation.values()));
        Access access = pick(random, ACCESSES);
        Place place = pick(random, List.of(Place.values()));
        Extra discovery = pick(random, DISCOVERIES);
        Extra extra = pick(random, EXTRAS);
        String meaning = "seed " + seed + ": " + packaging + ", " + timer + ", " + delegation + " " + place + ", "
                + access + ", " + discovery.meaning() + ", " + extra.meaning();
        return new Shape(
                "Random" + Long.toHexString(seed),
                meaning.toLowerCase(Locale.ROOT).replace('_', ' '),
                packaging,
                layout -> layout.uses(pool),
                delegation.job(timer, access, place),
                discovery.part(),
                extra.part());
    }

    private static <T> T pick(Random random, List<T> list) {
        return list.get(random.nextInt(list.size()));
    }
}
