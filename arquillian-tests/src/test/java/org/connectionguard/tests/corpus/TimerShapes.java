/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.tests.corpus;

import static org.connectionguard.tests.corpus.CommonParts.describedBean;
import static org.connectionguard.tests.corpus.CommonParts.timer;
import static org.connectionguard.tests.corpus.Packaging.WAR;
import static org.connectionguard.tests.corpus.Part.code;
import static org.connectionguard.tests.corpus.Part.enterpriseBeans;
import static org.connectionguard.tests.corpus.Part.job;
import static org.connectionguard.tests.corpus.Part.worker;

import java.util.List;

/** What makes the timer expire. Stateless. */
final class TimerShapes {
    private TimerShapes() {}

    /** Each is one entry. */
    static final List<Shape> ALL = List.of(
            new Shape("Schedules", "`@Schedules`", WAR, timer(TimerKind.SCHEDULES)),
            new Shape("Persistent", "a persistent timer", WAR, timer(TimerKind.PERSISTENT)),
            new Shape("Private", "a private method", WAR, timer(TimerKind.PRIVATE)),
            new Shape("Stateless", "`@Stateless`", WAR, timer(TimerKind.STATELESS)),
            new Shape("RequiresNew", "`REQUIRES_NEW`", WAR, timer(TimerKind.REQUIRES_NEW)),
            new Shape("BeanManaged", "bean-managed transactions", WAR, timer(TimerKind.BEAN_MANAGED)),
            new Shape("NotSupported", "`NOT_SUPPORTED`", WAR, job("""
                    @Singleton @TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED) public class #nameJob {
                        @Resource(lookup = "#source") DataSource source;
                        @Schedule(hour = "*", minute = "*", second = "*", persistent = false)
                        public void run() { #nameLedger.write("#nameJob", source); }
                    }
                    """)),
            new Shape("Programmatic", "`@Timeout`, made by the bean", WAR, timer(TimerKind.PROGRAMMATIC))
                    .onEveryServer(),
            new Shape("TimedObject", "`TimedObject`", WAR, timer(TimerKind.TIMED_OBJECT)),
            new Shape("Described", "a timer of ejb-jar.xml", WAR, timer(TimerKind.DESCRIBED)).onEveryServer(),
            new Shape(
                    "DescribedBean",
                    "a bean that only ejb-jar.xml makes one",
                    WAR,
                    job("""
                    public class #nameJob {
                        @Resource(lookup = "#source") DataSource source;
                        public void run() { #nameLedger.write("#nameJob", source); }
                    }
                    """),
                    enterpriseBeans(describedBean(""))),
            new Shape("InheritedTimeout", "`@Timeout` and its timer are the superclass's", WAR, code("""
                            public abstract class #nameBase {
                                @Resource TimerService timers;
                                @PostConstruct void begin() { timers.createIntervalTimer(1000, 1000, new TimerConfig(null, false)); }
                                @Timeout void expire() { run(); }
                                abstract void run();
                            }
                            """), job("""
                            @Singleton @Startup public class #nameJob extends #nameBase {
                                @Resource(lookup = "#source") DataSource source;
                                void run() { #nameLedger.write("#nameJob", source); }
                            }
                            """)),
            new Shape("ScheduleOfInterface", "`@Schedule` at an interface's default method", WAR, code("""
                    public interface #nameScheduled {
                        @Schedule(hour = "*", minute = "*", second = "*", persistent = false) default void run() { write(); }
                        void write();
                    }
                    """), job("""
                    @Singleton public class #nameJob implements #nameScheduled {
                        @Resource(lookup = "#source") DataSource source;
                        public void write() { #nameLedger.write("#nameJob", source); }
                    }
                    """)),
            new Shape("OwnInterceptor", "an interceptor of the application's own", WAR, code("""
                    public class #nameInterceptor {
                        @jakarta.interceptor.AroundTimeout
                        public Object around(jakarta.interceptor.InvocationContext context) throws Exception {
                            return context.proceed();
                        }
                    }
                    """), job("""
                    @Singleton @jakarta.interceptor.Interceptors(#nameInterceptor.class) public class #nameJob {
                        @Resource(lookup = "#source") DataSource source;
                        @Schedule(hour = "*", minute = "*", second = "*", persistent = false)
                        public void run() { #nameLedger.write("#nameJob", source); }
                    }
                    """)),
            new Shape("Executor", "a `ManagedScheduledExecutorService`, which is no timer", WAR, worker("""
                                    @ApplicationScoped public class #nameWorker {
                                        @Resource jakarta.enterprise.concurrent.ManagedScheduledExecutorService executor;
                                        @Resource(lookup = "#source") DataSource source;
                                        void begin(@jakarta.enterprise.event.Observes @Initialized(ApplicationScoped.class) Object event) {
                                            executor.scheduleAtFixedRate(
                                                this::run, 1, 1, java.util.concurrent.TimeUnit.SECONDS);
                                        }
                                        private void run() { #nameLedger.write("#nameWorker", source); }
                                    }
                                    """))
                    .onEveryServer(),
            new Shape("Swallowing", "the body swallows its failure", WAR, job("""
                    @Singleton public class #nameJob {
                        @Resource(lookup = "#source") DataSource source;
                        @Schedule(hour = "*", minute = "*", second = "*", persistent = false)
                        public void run() {
                            try { #nameLedger.write("#nameJob", source); } catch (RuntimeException e) { e.getMessage(); }
                        }
                    }
                    """)));
}
