/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.tests.corpus;

/** The texts of persistence.xml. Stateless. */
final class Units {
    private Units() {}

    /** A persistence.xml with one unit, of the shape's name and data source. */
    static Part own(Place place) {
        return of(place, unit("#name", "#source"));
    }

    /** A persistence.xml with these units. */
    static Part of(Place place, String... units) {
        return Part.resource(
                place,
                "META-INF/persistence.xml",
                "<persistence xmlns=\"https://jakarta.ee/xml/ns/persistence\" version=\"3.0\">" + String.join("", units)
                        + "</persistence>");
    }

    /** A unit with this data source. */
    static String unit(String name, String source) {
        return text(name, "<jta-data-source>" + source + "</jta-data-source>");
    }

    /** A unit that names none. */
    static String without(String name) {
        return text(name, "");
    }

    /** Hibernate, told what the database is, does not ask it while the application is deployed. */
    private static String text(String name, String source) {
        return "<persistence-unit name=\"" + name + "\">" + source
                + "<properties><property name=\"hibernate.dialect\" value=\"org.hibernate.dialect.MySQLDialect\"/>"
                + "<property name=\"hibernate.boot.allow_jdbc_metadata_access\" value=\"false\"/></properties>"
                + "</persistence-unit>";
    }
}
