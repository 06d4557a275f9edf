/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.tests.server;

import java.io.File;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.connectionguard.interceptor.ValidConnectionsInterceptor;
import org.connectionguard.tests.app.*;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.jboss.shrinkwrap.api.spec.WebArchive;

/** Builds the test application: the same classes, with the guard or with the guard switched off. */
public final class TestApplication {
    /** With the guard. */
    public static final String GUARDED = "guarded";

    /** The same, with {@code connection-guard.enabled=false}. */
    public static final String UNGUARDED = "unguarded";

    /** In the campaign: the job that runs its body also when there is no database. */
    public static final String PROCEEDING_JOB = "StereotypeJob";

    /** The job whose driver may throw an Error. */
    static final String FAULTY_JOB = FaultyJob.class.getSimpleName();

    /** In the campaign: max-wait and one validation-timeout. */
    public static final Duration CAMPAIGN_BOUND = Duration.ofSeconds(7);

    static final List<String> NAMES = List.of(GUARDED, UNGUARDED);

    /** One for each case: those with timers of their own. */
    private static final List<Class<?>> TIMERS = List.of(
            ScheduleJob.class,
            SchedulesJob.class,
            PersistentJob.class,
            CalendarTimeoutJob.class,
            IntervalTimeoutJob.class,
            SingleActionTimeoutJob.class,
            StatelessJob.class,
            ProtectedJob.class,
            PackagePrivateJob.class,
            PrivateJob.class,
            RequiresNewJob.class,
            NotSupportedJob.class,
            BeanManagedJob.class,
            ClassBoundJob.class,
            StereotypeJob.class,
            InterceptorsJob.class,
            NamedJob.class,
            ResourceJob.class,
            TwoDataSourcesJob.class,
            XaJob.class,
            DelegatingJob.class,
            ProducedJob.class,
            SwallowingJob.class);

    /** One for each case: those that a servlet calls. */
    private static final List<Class<?>> CALLED =
            List.of(BusinessJob.class, TransactionalJob.class, AsynchronousJob.class, NeverJob.class);

    private static final List<Class<?>> OTHERS = List.of(
            BurstJob.class,
            LaterJob.class,
            PutOff.class,
            SmallPoolJob.class,
            SmallPoolService.class,
            ProgrammaticTask.class,
            PolicyJob.class,
            MidBodyJob.class,
            WritableJob.class,
            PingedJob.class,
            HerdJob.class,
            Herd.class,
            TimerHerdJob.class,
            ImpatientJob.class,
            OddTransactions.class,
            PoolHog.class,
            HoldingCaller.class,
            HeldJob.class,
            FaultyJob.class,
            Threads.class,
            Entry.class,
            Work.class,
            Ledger.class,
            Run.class,
            CallRecorder.class,
            Control.class,
            ControlApplication.class);

    private TestApplication() {}

    /** Names of all jobs that are there for the faults. */
    public static List<String> jobs() {
        return Stream.concat(TIMERS.stream(), CALLED.stream())
                .map(Class::getSimpleName)
                .toList();
    }

    /** Names of the jobs whose timers expire by themselves. */
    public static List<String> timers() {
        return TIMERS.stream().map(Class::getSimpleName).toList();
    }

    /** Names of all persistence units and data sources. */
    static List<String> units() {
        return Stream.concat(
                        jobs().stream(),
                        Stream.of(
                                "SecondOfTwo",
                                "BurstJob",
                                "LaterJob",
                                "SmallPoolJob",
                                "PolicyJob",
                                "MidBodyJob",
                                "Writable",
                                "Herd",
                                "TimerHerd",
                                "SmallImpatient",
                                "HeldJob",
                                FAULTY_JOB,
                                "DescriptorJob",
                                "TwiceBoundJob"))
                .toList();
    }

    /** The whole application, {@link #GUARDED} or {@link #UNGUARDED}; its data sources are named after it. */
    public static WebArchive archive(String name) {
        return quietArchive(name)
                .addClasses(TIMERS.toArray(Class[]::new))
                .addClasses(
                        GuardedJobs.class,
                        DelegateService.class,
                        DelegateRepository.class,
                        Produced.class,
                        EntityManagerProducer.class);
    }

    /** The whole application, impatient, with every policy, and half of its writers demanding a server that takes writes. */
    public static WebArchive campaignArchive(String name) {
        String settings = "connection-guard.max-wait=PT6S\nconnection-guard.validation-timeout=PT1S\n"
                + setting(name, PROCEEDING_JOB, "on-unavailable=PROCEED")
                + Stream.of("SchedulesJob", "StatelessJob", "XaJob")
                        .map(job -> setting(name, job, "on-unavailable=SKIP"))
                        .collect(Collectors.joining())
                + Stream.of("PersistentJob", "CalendarTimeoutJob", "IntervalTimeoutJob", "SingleActionTimeoutJob")
                        .map(job -> setting(name, job, "on-unavailable=LATER"))
                        .collect(Collectors.joining())
                + Stream.of("ScheduleJob", "PersistentJob", "XaJob", "BurstJob", "BeanManagedJob", "NamedJob")
                        .map(job -> setting(name, job, "writable=true"))
                        .collect(Collectors.joining());
        return archive(name)
                .addAsResource(new StringAsset(settings(name) + settings), "META-INF/microprofile-config.properties");
    }

    /** The same without the jobs that run by themselves. */
    public static WebArchive quietArchive(String name) {
        return ShrinkWrap.create(WebArchive.class, name + ".war")
                .addAsLibraries(library())
                .addAsResource(new StringAsset(persistenceXml(name)), "META-INF/persistence.xml")
                .addAsResource(new StringAsset(settings(name)), "META-INF/microprofile-config.properties")
                .addAsWebInfResource(new StringAsset(BEANS_XML), "beans.xml")
                .addAsWebInfResource(new StringAsset(EJB_JAR_XML), "ejb-jar.xml")
                .addAsWebInfResource(new StringAsset(webXml(name)), "web.xml")
                .addClasses(CALLED.toArray(Class[]::new))
                .addClasses(OTHERS.toArray(Class[]::new))
                // With its private nested classes, which addClass leaves out.
                .addClasses(Ledger.class.getDeclaredClasses())
                .addClasses(Run.class.getDeclaredClasses());
    }

    /**
     * The quiet application, with the guard bound to every bean by ejb-jar.xml; a job that has no other binding, and one
     * that has.
     */
    public static WebArchive descriptorArchive(String name) {
        return quietArchive(name)
                .addClass(DescriptorJob.class)
                .addClass(org.connectionguard.tests.app.TwiceBoundJob.class)
                .addAsWebInfResource(new StringAsset(EJB_JAR_XML_WITH_GUARD), "ejb-jar.xml");
    }

    /** The library as users get it. */
    public static File library() {
        return Path.of(System.getProperty("library.jar")).toFile();
    }

    private static String settings(String application) {
        return "connection-guard.enabled=" + application.equals(GUARDED) + "\n"
                // The tests count connections and statements; the doctor's would come among them.
                + "connection-guard.doctor=false\n"
                + setting(application, "Herd", "max-waiting-jobs=100")
                + setting(application, "SmallImpatient", "max-wait=PT1S")
                + setting(application, "Impatient", "max-wait=PT1S");
    }

    private static String setting(String application, String dataSource, String setting) {
        return "connection-guard.\"java\\:jboss/datasources/" + application + "/" + dataSource + "\"." + setting + "\n";
    }

    /** A persistence.xml with these units, each on the data source of its own name. */
    private static String persistenceXml(String application) {
        return units().stream()
                .map(unit -> """
                      <persistence-unit name="%s">
                        <jta-data-source>java:jboss/datasources/%s/%s</jta-data-source>
                        <class>org.connectionguard.tests.app.Entry</class>
                        <exclude-unlisted-classes>true</exclude-unlisted-classes>
                        <properties>
                          <property name="hibernate.dialect" value="org.hibernate.dialect.MySQLDialect"/>
                          <property name="hibernate.boot.allow_jdbc_metadata_access" value="false"/>
                        </properties>
                      </persistence-unit>
                    """.formatted(unit, application, unit))
                .collect(Collectors.joining(
                        "",
                        "<persistence xmlns=\"https://jakarta.ee/xml/ns/persistence\" version=\"3.0\">\n",
                        "</persistence>\n"));
    }

    private static String webXml(String application) {
        return Arrays.stream(new String[][] {{"jdbc/named", "NamedJob"}, {"jdbc/resource", "ResourceJob"}})
                .map(pair -> """
                      <resource-ref>
                        <res-ref-name>%s</res-ref-name>
                        <res-type>javax.sql.DataSource</res-type>
                        <lookup-name>java:jboss/datasources/%s/%s</lookup-name>
                      </resource-ref>
                    """.formatted(pair[0], application, pair[1]))
                .collect(Collectors.joining(
                        "",
                        "<web-app xmlns=\"https://jakarta.ee/xml/ns/jakartaee\" version=\"6.0\">\n",
                        "</web-app>\n"));
    }

    private static final String BEANS_XML = """
            <beans xmlns="https://jakarta.ee/xml/ns/jakartaee" version="4.0" bean-discovery-mode="annotated">
              <interceptors>
                <class>org.connectionguard.interceptor.ValidConnectionsInterceptor</class>
              </interceptors>
            </beans>
            """;

    private static final String EJB_JAR_XML = ejbJarXml(CallRecorder.class);

    private static final String EJB_JAR_XML_WITH_GUARD =
            ejbJarXml(CallRecorder.class, ValidConnectionsInterceptor.class);

    /** Binds the interceptors to every bean, in this order. They must stand in both places. */
    private static String ejbJarXml(Class<?>... interceptors) {
        return Arrays.stream(interceptors)
                .map(interceptor -> "<interceptor><interceptor-class>" + interceptor.getName()
                        + "</interceptor-class></interceptor>")
                .collect(Collectors.joining(
                        "",
                        "<ejb-jar xmlns=\"https://jakarta.ee/xml/ns/jakartaee\" version=\"4.0\"><interceptors>",
                        "</interceptors><assembly-descriptor><interceptor-binding><ejb-name>*</ejb-name>"
                                + Arrays.stream(interceptors)
                                        .map(interceptor ->
                                                "<interceptor-class>" + interceptor.getName() + "</interceptor-class>")
                                        .collect(Collectors.joining())
                                + "</interceptor-binding></assembly-descriptor></ejb-jar>"));
    }
}
