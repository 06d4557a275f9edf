/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.tests.corpus;

/** How a class comes by its data source, in a field called {@code source}. */
enum Access {
    UNIT("EntityManager", "@PersistenceContext(unitName = \"#name\") EntityManager source;"),
    ONLY_UNIT("EntityManager", "@PersistenceContext EntityManager source;"),
    FACTORY("EntityManagerFactory", "@PersistenceUnit(unitName = \"#name\") EntityManagerFactory source;"),
    LOOKUP("DataSource", "@Resource(lookup = \"#source\") DataSource source;"),
    MAPPED_NAME("DataSource", "@Resource(mappedName = \"#source\") DataSource source;"),
    SETTER(
            "DataSource",
            "DataSource source; @Resource(lookup = \"#source\") void setSource(DataSource given) { source = given; }"),

    /** The files that say what the name leads to are the shape's matter. */
    REFERENCE("DataSource", "@Resource(name = \"jdbc/#name\") DataSource source;"),

    /** Without any name. */
    PLAIN("DataSource", "@Resource DataSource source;");

    private final String type;
    private final String declaration;

    Access(String type, String declaration) {
        this.type = type;
        this.declaration = declaration;
    }

    /** The field's type. */
    String type() {
        return type;
    }

    /** The field. */
    String declaration() {
        return declaration;
    }

    /** Whether a unit of the shape's name must be there. */
    boolean needsUnit() {
        return this == UNIT || this == ONLY_UNIT || this == FACTORY;
    }
}
