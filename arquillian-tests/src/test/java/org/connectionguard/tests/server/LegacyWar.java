/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.tests.server;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.connectionguard.tests.app.ControlApplication;
import org.connectionguard.tests.app.Entry;
import org.connectionguard.tests.legacy.*;
import org.jboss.shrinkwrap.api.Archive;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.asset.EmptyAsset;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.jboss.shrinkwrap.api.container.ClassContainer;
import org.jboss.shrinkwrap.api.container.ResourceContainer;
import org.jboss.shrinkwrap.api.spec.JavaArchive;
import org.jboss.shrinkwrap.api.spec.WebArchive;

/**
 * A WAR without our API; its data sources are named after it and its jobs.
 *
 * @param name also its context root
 * @param beansXml whether it has an empty beans.xml; else it has none
 */
public record LegacyWar(String name, Protection protection, List<Class<?>> jobs, boolean beansXml) {
    /** One for each case. */
    static final List<Class<?>> ALL_JOBS = List.of(
            ScheduleJob.class,
            SchedulesJob.class,
            PersistentJob.class,
            IntervalTimeoutJob.class,
            SingleActionTimeoutJob.class,
            CalendarTimeoutJob.class,
            TimedObjectJob.class,
            DescriptorTimerJob.class,
            DescriptorTimeoutJob.class,
            DescriptorBeanJob.class,
            PrivateJob.class,
            ProtectedJob.class,
            PackagePrivateJob.class,
            FirstHeirJob.class,
            SecondHeirJob.class,
            StatelessJob.class,
            EjbDelegatingJob.class,
            InjectDelegatingJob.class,
            RequiresNewJob.class,
            NotSupportedJob.class,
            BeanManagedJob.class,
            NestedJob.class,
            SwallowingJob.class,
            AsynchronousJob.class,
            ResourceJob.class,
            EclipseLinkJob.class);

    /** What jobs work with. */
    private static final Map<Class<?>, List<Class<?>>> COLLABORATORS = Map.of(
            FirstHeirJob.class, List.of(InheritedJob.class),
            SecondHeirJob.class, List.of(InheritedJob.class),
            EjbDelegatingJob.class, List.of(EjbDelegate.class),
            InjectDelegatingJob.class, List.of(InjectedService.class, InjectedRepository.class),
            NestedJob.class, List.of(NestedService.class),
            AsynchronousJob.class, List.of(AsynchronousService.class));

    private static final List<Class<?>> COMMON = List.of(Routine.class, Tally.class, TimerRecorder.class, Entry.class);

    private static final List<Class<?>> FRONT = List.of(TallyResource.class, ControlApplication.class);

    /** All classes that archives of this kind consist of. */
    public static Class<?>[] classesOfAll() {
        return Stream.of(
                        ALL_JOBS.stream(),
                        Stream.of(RedeployedJob.class),
                        COLLABORATORS.values().stream().flatMap(List::stream),
                        COMMON.stream(),
                        FRONT.stream())
                .flatMap(classes -> classes)
                .distinct()
                .toArray(Class[]::new);
    }

    /** The names of its jobs, and of its data sources. */
    public List<String> jobNames() {
        return jobs.stream().map(Class::getSimpleName).toList();
    }

    /** The archive, without the library. */
    WebArchive archive() {
        WebArchive archive = withBeans(front()).addAsWebInfResource(new StringAsset(descriptor()), "ejb-jar.xml");
        if (beansXml) {
            archive.addAsWebInfResource(EmptyAsset.INSTANCE, "beans.xml");
        }
        if (jobs.contains(ResourceJob.class)) {
            archive.addAsWebInfResource(new StringAsset(webXml()), "web.xml");
        }
        if (jobs.contains(EclipseLinkJob.class)) {
            archive.addAsLibraries(EclipseLink.jars());
        }
        return archive;
    }

    /** Of an EAR, where the beans lie in an EJB jar: what answers. */
    WebArchive front() {
        return ShrinkWrap.create(WebArchive.class, name + ".war").addClasses(FRONT.toArray(Class[]::new));
    }

    /** Of an EAR, where the beans lie in an EJB jar: that jar. */
    JavaArchive beans() {
        return withBeans(ShrinkWrap.create(JavaArchive.class, name + "-beans.jar"))
                .addAsManifestResource(new StringAsset(descriptor()), "ejb-jar.xml");
    }

    private <A extends Archive<A> & ClassContainer<A> & ResourceContainer<A>> A withBeans(A archive) {
        archive.addClasses(classes().toArray(Class[]::new))
                // With its private nested classes, which addClass leaves out.
                .addClasses(Tally.class.getDeclaredClasses())
                .addAsResource(new StringAsset(persistenceXml()), "META-INF/persistence.xml");
        return protection.settings().isEmpty()
                ? archive
                : archive.addAsResource(
                        new StringAsset(protection.settings()), "META-INF/microprofile-config.properties");
    }

    private String descriptor() {
        String own = EjbJarXml.own(jobs);
        return protection == Protection.DESCRIPTOR ? EjbJarXml.withReady(own) : own;
    }

    private Stream<Class<?>> classes() {
        return Stream.of(
                        jobs.stream(),
                        jobs.stream().flatMap(job -> COLLABORATORS.getOrDefault(job, List.of()).stream()),
                        COMMON.stream())
                .<Class<?>>flatMap(classes -> classes)
                .distinct();
    }

    private String persistenceXml() {
        return jobNames().stream()
                .map(job -> """
                      <persistence-unit name="%s">
                        %s
                        <jta-data-source>java:jboss/datasources/%s/%s</jta-data-source>
                        <class>org.connectionguard.tests.app.Entry</class>
                        <exclude-unlisted-classes>true</exclude-unlisted-classes>
                        <properties>
                          %s
                        </properties>
                      </persistence-unit>
                    """.formatted(
                                job,
                                isEclipseLinks(job) ? EclipseLink.PROVIDER : "",
                                name,
                                job,
                                isEclipseLinks(job) ? EclipseLink.PROPERTIES : """
                          <property name="hibernate.dialect" value="org.hibernate.dialect.MySQLDialect"/>
                          <property name="hibernate.boot.allow_jdbc_metadata_access" value="false"/>
                        """))
                .collect(Collectors.joining(
                        "",
                        "<persistence xmlns=\"https://jakarta.ee/xml/ns/persistence\" version=\"3.0\">\n",
                        "</persistence>\n"));
    }

    private static boolean isEclipseLinks(String job) {
        return job.equals(EclipseLinkJob.class.getSimpleName());
    }

    private String webXml() {
        return """
                <web-app xmlns="https://jakarta.ee/xml/ns/jakartaee" version="6.0">
                  <resource-ref>
                    <res-ref-name>jdbc/resource</res-ref-name>
                    <res-type>javax.sql.DataSource</res-type>
                    <lookup-name>java:jboss/datasources/%s/%s</lookup-name>
                  </resource-ref>
                </web-app>
                """.formatted(name, ResourceJob.class.getSimpleName());
    }
}
