/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.tests.corpus;

import java.io.File;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import org.jboss.shrinkwrap.api.Archive;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.asset.Asset;
import org.jboss.shrinkwrap.api.asset.FileAsset;
import org.jboss.shrinkwrap.api.exporter.ZipExporter;
import org.jboss.shrinkwrap.api.spec.EnterpriseArchive;
import org.jboss.shrinkwrap.api.spec.JavaArchive;
import org.jboss.shrinkwrap.api.spec.WebArchive;

/** What an application is delivered as. */
enum Packaging {
    WAR(".war"),
    EJB_JAR(".jar"),
    EAR_WITH_WAR(".ear"),
    EAR_WITH_EJB_JAR(".ear"),
    /** The timers are in the WAR. */
    EAR_WITH_WAR_AND_EJB_JAR(".ear");

    private final String suffix;

    Packaging(String suffix) {
        this.suffix = suffix;
    }

    String suffix() {
        return suffix;
    }

    /** Whether a library can be put in. */
    boolean hasLibraries() {
        return this != EJB_JAR;
    }

    /** Whether what stands in this place is in a WAR itself, not in a jar. */
    boolean isWeb(Place place) {
        return switch (this) {
            case WAR, EAR_WITH_WAR -> place != Place.LIBRARY;
            case EAR_WITH_WAR_AND_EJB_JAR -> place == Place.TIMERS;
            case EJB_JAR, EAR_WITH_EJB_JAR -> false;
        };
    }

    /** Where it really stands. */
    Place where(Place place) {
        return switch (place) {
            case TIMERS -> Place.TIMERS;
            case BESIDE -> this == EAR_WITH_WAR_AND_EJB_JAR ? Place.BESIDE : Place.TIMERS;
            case LIBRARY -> hasLibraries() ? Place.LIBRARY : Place.TIMERS;
        };
    }

    /**
     * The archive.
     *
     * @param name without suffix
     * @param module name of the modules of an EAR, without suffix
     * @param content by where it really stands, and then by path
     * @param top what is in META-INF of the whole; only an EAR has such
     * @param jars further libraries
     */
    Archive<?> archive(
            String name, String module, Map<Place, Map<String, Asset>> content, Map<String, Asset> top, File... jars) {
        Map<Place, Archive<?>> modules = new EnumMap<>(Place.class);
        content.forEach((place, files) -> {
            Archive<?> archive = module(place, this == WAR || this == EJB_JAR ? name : module);
            files.forEach((path, asset) -> archive.add(asset, path));
            modules.put(place, archive);
        });
        Archive<?> timers = modules.get(Place.TIMERS);
        if (this == WAR || this == EJB_JAR) {
            top.forEach((path, asset) -> timers.add(asset, path));
            addLibraries(timers, "WEB-INF/lib/", modules, jars);
            return timers;
        }
        EnterpriseArchive ear = ShrinkWrap.create(EnterpriseArchive.class, name + suffix);
        top.forEach((path, asset) -> ear.add(asset, path));
        ear.addAsModule(timers);
        if (modules.containsKey(Place.BESIDE)) {
            ear.addAsModule(modules.get(Place.BESIDE));
        }
        addLibraries(ear, "lib/", modules, jars);
        return ear;
    }

    private Archive<?> module(Place place, String name) {
        if (this == EJB_JAR) {
            return ShrinkWrap.create(JavaArchive.class, name + suffix);
        }
        String file = place == Place.TIMERS ? name : name + "-" + place.name().toLowerCase(Locale.ROOT);
        return isWeb(place)
                ? ShrinkWrap.create(WebArchive.class, file + ".war")
                : ShrinkWrap.create(JavaArchive.class, file + ".jar");
    }

    private static void addLibraries(
            Archive<?> target, String directory, Map<Place, Archive<?>> modules, File... jars) {
        if (modules.containsKey(Place.LIBRARY)) {
            target.add(modules.get(Place.LIBRARY), directory, ZipExporter.class);
        }
        for (File jar : jars) {
            target.add(new FileAsset(jar), directory + jar.getName());
        }
    }
}
