/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.tests.corpus;

import java.io.File;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.connectionguard.tests.server.TestApplication;
import org.connectionguard.tests.server.TestServers;
import org.jboss.shrinkwrap.api.Archive;
import org.jboss.shrinkwrap.api.asset.Asset;
import org.jboss.shrinkwrap.api.asset.ByteArrayAsset;
import org.jboss.shrinkwrap.api.asset.StringAsset;

/**
 * An application of which parts are being put together. In all texts these are filled in: {@code #name} the shape's,
 * {@code #source} the JNDI name of its data source, {@code #url}, {@code #user} and {@code #password} of the database. For one
 * thread.
 */
final class Layout {
    private static final Pattern TYPE = Pattern.compile("(?:class|@?interface|enum) (\\w+)");

    private static final String IMPORTS = """
            import jakarta.annotation.*;
            import jakarta.annotation.sql.*;
            import jakarta.ejb.*;
            import jakarta.ejb.Singleton;
            import jakarta.ejb.Timer;
            import jakarta.enterprise.context.*;
            import jakarta.enterprise.inject.*;
            import jakarta.enterprise.inject.spi.CDI;
            import jakarta.inject.Inject;
            import jakarta.inject.Provider;
            import jakarta.inject.Qualifier;
            import jakarta.persistence.*;
            import jakarta.transaction.UserTransaction;
            import java.lang.annotation.*;
            import java.util.*;
            import javax.naming.*;
            import javax.sql.*;
            """;

    private final String name;
    private final Packaging packaging;
    private final Map<String, String> sources = new LinkedHashMap<>();
    private final Map<String, Place> places = new LinkedHashMap<>();
    private final Map<Place, Map<String, Asset>> content = new EnumMap<>(Place.class);
    private final Map<String, Asset> top = new TreeMap<>();
    private final Set<String> jobs = new TreeSet<>();
    private final Set<String> workers = new TreeSet<>();
    private final StringBuilder settings = new StringBuilder();
    private final StringBuilder enterpriseBeans = new StringBuilder();
    private String pool;
    private String source;
    private boolean foreignEjbJar;
    private boolean hiddenFromCdi;

    Layout(String name, Packaging packaging) {
        this.name = name;
        this.packaging = packaging;
        uses(name);
    }

    /** Its data source is this one of the server's. */
    void uses(String aPool) {
        pool = aPool;
        source = "java:jboss/datasources/corpus/" + aPool;
    }

    /** Its data source has this JNDI name. */
    void boundAs(String jndiName) {
        source = fill(jndiName);
    }

    void code(Place place, String text) {
        hiddenFromCdi |= text.contains("@Vetoed");
        places.put(write(text), packaging.where(place));
    }

    void missing(String text) {
        write(text);
    }

    private String write(String text) {
        String type = type(text);
        sources.put(packageName() + "." + type, "package " + packageName() + ";\n" + IMPORTS + fill(text));
        return packageName() + "." + type;
    }

    void job(String text) {
        jobs.add(type(text));
    }

    void worker(String text) {
        workers.add(type(text));
    }

    private String type(String text) {
        Matcher type = TYPE.matcher(fill(text));
        if (!type.find()) {
            throw new IllegalArgumentException("no type in " + text);
        }
        return type.group(1);
    }

    void descriptor(Place place, String file, String text) {
        foreignEjbJar |= file.equals("ejb-jar.xml") && packaging.where(place) == Place.TIMERS;
        put(place, (packaging.isWeb(place) ? "WEB-INF/" : "META-INF/") + file, text);
    }

    void resource(Place place, String path, String text) {
        put(place, (packaging.isWeb(place) ? "WEB-INF/classes/" : "") + path, text);
    }

    private void put(Place place, String path, String text) {
        content(content, place).put(path, new StringAsset(fill(text)));
    }

    private Map<String, Asset> content(Map<Place, Map<String, Asset>> all, Place place) {
        return all.computeIfAbsent(packaging.where(place), ignored -> new TreeMap<>());
    }

    void onTop(String file, String text) {
        hiddenFromCdi |= text.contains("<subsystem name=\"weld\"/>");
        top.put((packaging == Packaging.WAR ? "WEB-INF/" : "META-INF/") + file, new StringAsset(fill(text)));
    }

    void setting(String line) {
        settings.append(fill(line)).append('\n');
    }

    void enterpriseBeans(String xml) {
        enterpriseBeans.append(fill(xml));
    }

    /** The server's data source that it uses. */
    String pool() {
        return pool;
    }

    /** The name that this one is bound to. */
    String source() {
        return source;
    }

    /** Simple names of beans, under which their timers write rows. */
    Set<String> jobs() {
        return jobs;
    }

    /** Simple names of classes that write rows without a timer. */
    Set<String> workers() {
        return workers;
    }

    /** Whether the class is one of the application's. */
    boolean owns(String type) {
        return type.startsWith(packageName() + ".");
    }

    /** By the names of their types. */
    Map<String, String> sources() {
        return sources;
    }

    /** Whether the application can be deployed so: a descriptor of old days knows no interceptors, a jar no libraries. */
    boolean allows(Way way) {
        return (packaging.hasLibraries() || !way.hasLibraryInside())
                && !(way == Way.DESCRIPTOR && foreignEjbJar)
                && !(way == Way.DROP_IN && hiddenFromCdi);
    }

    /**
     * The archive.
     *
     * @param archiveName without suffix
     * @param classes by their names
     */
    Archive<?> archive(String archiveName, Way way, Map<String, byte[]> classes) {
        Map<Place, Map<String, Asset>> all = new EnumMap<>(Place.class);
        content.forEach((place, files) -> all.put(place, new TreeMap<>(files)));
        classes.forEach((type, bytes) -> {
            Place place = places.get(type.replaceAll("\\$.*", ""));
            if (place != null) {
                content(all, place)
                        .put(
                                (packaging.isWeb(place) ? "WEB-INF/classes/" : "") + type.replace('.', '/') + ".class",
                                new ByteArrayAsset(bytes));
            }
        });
        Map<String, Asset> timers = content(all, Place.TIMERS);
        boolean web = packaging.isWeb(Place.TIMERS);
        String lines = way == Way.CONTROL ? "" : settings + way.settings();
        if (!lines.isEmpty()) {
            timers.put(
                    (web ? "WEB-INF/classes/" : "") + "META-INF/microprofile-config.properties",
                    new StringAsset(lines));
        }
        if (way == Way.DESCRIPTOR || !enterpriseBeans.isEmpty()) {
            timers.put((web ? "WEB-INF/" : "META-INF/") + "ejb-jar.xml", new StringAsset(ejbJarXml(way)));
        }
        List<File> libraries = new ArrayList<>();
        if (way.hasLibraryInside()) {
            libraries.add(TestApplication.library());
        }
        return packaging.archive(archiveName, name, all, top, libraries.toArray(File[]::new));
    }

    private String ejbJarXml(Way way) {
        String guard =
                "<interceptor-class>org.connectionguard.interceptor.ValidConnectionsInterceptor</interceptor-class>";
        return "<ejb-jar xmlns=\"https://jakarta.ee/xml/ns/jakartaee\" version=\"4.0\">"
                + (enterpriseBeans.isEmpty() ? "" : "<enterprise-beans>" + enterpriseBeans + "</enterprise-beans>")
                + (way == Way.DESCRIPTOR
                        ? "<interceptors><interceptor>" + guard + "</interceptor></interceptors><assembly-descriptor>"
                                + "<interceptor-binding><ejb-name>*</ejb-name>" + guard
                                + "</interceptor-binding></assembly-descriptor>"
                        : "")
                + "</ejb-jar>";
    }

    private String packageName() {
        return "corpus." + name;
    }

    private String fill(String text) {
        return text.replace("#name", name)
                .replace("#source", source)
                .replace("#url", TestServers.database().url())
                .replace("#user", TestServers.database().user())
                .replace("#password", TestServers.database().password());
    }
}
