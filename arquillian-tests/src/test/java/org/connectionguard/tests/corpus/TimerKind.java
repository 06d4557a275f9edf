/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.tests.corpus;

/** What makes the bean's method expire, each second. In the texts, {@code #body} is what the method does. */
enum TimerKind {
    SCHEDULE("@Singleton", "", TimerKind.EACH_SECOND + " public void run() { #body }"),

    PERSISTENT("@Singleton", "", "@Schedule(hour = \"*\", minute = \"*\", second = \"*\") public void run() { #body }"),

    PRIVATE("@Singleton", "", TimerKind.EACH_SECOND + " private void run() { #body }"),

    STATELESS("@Stateless", "", TimerKind.EACH_SECOND + " public void run(Timer timer) { #body }"),

    SCHEDULES(
            "@Singleton",
            "",
            "@Schedules({@Schedule(hour = \"*\", minute = \"*\", second = \"*/2\", persistent = false),"
                    + " @Schedule(hour = \"*\", minute = \"*\", second = \"1/2\", persistent = false)})"
                    + " public void run() { #body }"),

    REQUIRES_NEW(
            "@Singleton",
            "",
            TimerKind.EACH_SECOND
                    + " @TransactionAttribute(TransactionAttributeType.REQUIRES_NEW) public void run() { #body }"),

    PROGRAMMATIC("@Singleton @Startup", "", TimerKind.MAKES_TIMER + " @Timeout public void run() { #body }"),

    TIMED_OBJECT(
            "@Singleton @Startup",
            "TimedObject",
            TimerKind.MAKES_TIMER + " @Override public void ejbTimeout(Timer timer) { #body }"),

    /** Its descriptor makes it a timer's. */
    DESCRIBED("@Singleton", "", "public void run() { #body }"),

    BEAN_MANAGED(
            "@Singleton @TransactionManagement(TransactionManagementType.BEAN)",
            "",
            "@Resource UserTransaction transaction; " + TimerKind.EACH_SECOND + """
             public void run() throws Exception {
                transaction.begin();
                try { #body transaction.commit(); } catch (RuntimeException e) { transaction.rollback(); throw e; }
            }
            """);

    private static final String EACH_SECOND =
            "@Schedule(hour = \"*\", minute = \"*\", second = \"*\", persistent = false)";

    private static final String MAKES_TIMER = "@Resource TimerService timers; @PostConstruct void begin() {"
            + " timers.createIntervalTimer(1000, 1000, new TimerConfig(null, false)); }";

    /** What a descriptor says of a bean whose method run is to expire each second. */
    static final String DESCRIBED_TIMER = """
            <timer>
              <schedule><second>*</second><minute>*</minute><hour>*</hour></schedule>
              <timeout-method><method-name>run</method-name></timeout-method>
              <persistent>false</persistent>
            </timer>
            """;

    private final String annotations;
    private final String supertype;
    private final String members;

    TimerKind(String annotations, String supertype, String members) {
        this.annotations = annotations;
        this.supertype = supertype;
        this.members = members;
    }

    /**
     * The bean.
     *
     * @param superclass empty: none
     * @param interfaces empty: none
     * @param fields and whatever else the body needs
     */
    Part bean(String superclass, String interfaces, String fields, String body) {
        String all =
                interfaces.isEmpty() || supertype.isEmpty() ? interfaces + supertype : interfaces + ", " + supertype;
        Part bean = Part.job(annotations + " public class #nameJob"
                + (superclass.isEmpty() ? "" : " extends " + superclass)
                + (all.isEmpty() ? "" : " implements " + all)
                + " { " + fields + " " + members.replace("#body", body) + " }");
        return this == DESCRIBED
                ? Part.of(
                        bean,
                        Part.enterpriseBeans("<session><ejb-name>#nameJob</ejb-name>" + DESCRIBED_TIMER + "</session>"))
                : bean;
    }
}
