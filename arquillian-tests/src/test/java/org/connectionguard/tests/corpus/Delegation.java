/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.tests.corpus;

import java.util.List;
import java.util.stream.Stream;

/**
 * Who holds the data source: the timer's bean, or somebody whom it asks. In the texts, {@code #field} is the field and
 * {@code #type} its type ({@link Access}).
 */
enum Delegation {
    NONE("", "", "#field", "#nameLedger.write(\"#nameJob\", source);"),

    EJB("", "", "@EJB #nameDao dao;", "dao.write(\"#nameJob\");", dao("@Stateless", "")),

    LOCAL_INTERFACE(
            "",
            "",
            "@EJB #nameLocal dao;",
            "dao.write(\"#nameJob\");",
            "@Local public interface #nameLocal { void write(String job); }",
            dao("@Stateless", "implements #nameLocal")),

    INJECT("", "", "@Inject #nameDao dao;", "dao.write(\"#nameJob\");", dao("@ApplicationScoped", "")),

    CHAIN(
            "",
            "",
            "@Inject #nameService service;",
            "service.serve(\"#nameJob\");",
            "@ApplicationScoped public class #nameService {"
                    + " @EJB #nameDao dao; public void serve(String job) { dao.write(job); } }",
            dao("@Stateless", "")),

    INSTANCE(
            "",
            "",
            "@Inject @Any Instance<#nameDao> daos;",
            "daos.forEach(dao -> dao.write(\"#nameJob\"));",
            dao("@ApplicationScoped", "")),

    SUPERCLASS("#nameBase", "", "", "write(\"#nameJob\");", "public abstract class #nameBase { " + writing()),

    GENERIC(
            "#nameBase<#nameDao>",
            "",
            "",
            "dao.write(\"#nameJob\");",
            "public abstract class #nameBase<T> { @Inject T dao; }",
            dao("@ApplicationScoped", "")),

    DEFAULT_METHOD(
            "",
            "#nameWriting",
            "#field public #type source() { return source; }",
            "write(\"#nameJob\");",
            "public interface #nameWriting { #type source();"
                    + " default void write(String job) { #nameLedger.write(job, source()); } }"),

    PRODUCER(
            "",
            "",
            "@Inject #type source;",
            "#nameLedger.write(\"#nameJob\", source);",
            "@ApplicationScoped public class #nameProducer { @Produces @Dependent #field }");

    private final String superclass;
    private final String supertype;
    private final String members;
    private final String body;
    private final List<String> classes;

    Delegation(String superclass, String supertype, String members, String body, String... classes) {
        this.superclass = superclass;
        this.supertype = supertype;
        this.members = members;
        this.body = body;
        this.classes = List.of(classes);
    }

    private static String dao(String annotation, String supertypes) {
        return annotation + " public class #nameDao " + supertypes + " { " + writing();
    }

    private static String writing() {
        return "#field public void write(String job) { #nameLedger.write(job, source); } }";
    }

    /** Whether the data source is a resource of the timer's own component. */
    private boolean isWithinComponent() {
        return this == NONE || this == SUPERCLASS || this == DEFAULT_METHOD;
    }

    /**
     * The timer's bean, and those whom it asks.
     *
     * @param place where these are
     */
    Part job(TimerKind timer, Access access, Place place) {
        Stream<Part> others = classes.stream().map(text -> Part.code(place, fill(text, access)));
        Stream<Part> unit =
                access.needsUnit() ? Stream.of(Units.own(isWithinComponent() ? Place.TIMERS : place)) : Stream.of();
        Stream<Part> job = Stream.of(timer.bean(superclass, supertype, fill(members, access), body));
        return Part.of(Stream.of(others, unit, job).flatMap(parts -> parts).toArray(Part[]::new));
    }

    private static String fill(String text, Access access) {
        return text.replace("#field", access.declaration()).replace("#type", access.type());
    }
}
