/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.tests.corpus;

/**
 * What an application looks like. Immutable.
 *
 * @param name an identifier; also of its data source, unless it says otherwise
 * @param meaning what it stands for, in a few words
 * @param everywhere whether it is tried on every configuration of the server, not only on standalone.xml
 */
record Shape(String name, String meaning, Packaging packaging, boolean everywhere, Part parts) {
    Shape(String name, String meaning, Packaging packaging, Part... parts) {
        this(name, meaning, packaging, false, Part.of(parts));
    }

    /** The same, to be tried on every configuration of the server. */
    Shape onEveryServer() {
        return new Shape(name, meaning, packaging, true, parts);
    }

    /** Its parts, put together. */
    Layout layout() {
        Layout layout = new Layout(name, packaging);
        layout.code(Place.LIBRARY, LEDGER);
        parts.addTo(layout);
        return layout;
    }

    /**
     * What bodies do with what they got: they write a row, through the very path that the shape is about. The number of the
     * body that was begun is in the row, and for whoever looks at the server in a property of the system.
     */
    private static final String LEDGER = """
            public final class #nameLedger {
                private static final String SQL = "insert into defects.entry (job, run) values (";

                private #nameLedger() {}

                public static void write(String job, DataSource source) {
                    long run = begin(job);
                    try (java.sql.Connection connection = source.getConnection();
                            java.sql.Statement statement = connection.createStatement()) {
                        statement.execute(SQL + "'" + job + "', '" + run + "')");
                    } catch (java.sql.SQLException e) {
                        throw new IllegalStateException(e);
                    }
                }

                public static void write(String job, EntityManager entityManager) {
                    long run = begin(job);
                    entityManager.createNativeQuery(SQL + "?1, ?2)")
                            .setParameter(1, job)
                            .setParameter(2, Long.toString(run))
                            .executeUpdate();
                }

                public static void write(String job, EntityManagerFactory factory) {
                    EntityManager entityManager = factory.createEntityManager();
                    try {
                        write(job, entityManager);
                    } finally {
                        entityManager.close();
                    }
                }

                private static synchronized long begin(String job) {
                    long run = Long.getLong("corpus.begun." + job, 0) + 1;
                    System.setProperty("corpus.begun." + job, Long.toString(run));
                    return run;
                }
            }
            """;
}
