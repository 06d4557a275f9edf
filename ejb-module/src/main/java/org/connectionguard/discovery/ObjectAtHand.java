/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.discovery;

import java.lang.reflect.Method;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javax.sql.DataSource;

/**
 * What a data source tells of itself that an application has in its hands, by the methods that pools have for it. None of them
 * need be there. Stateless.
 */
public final class ObjectAtHand {
    /** HikariCP; c3p0 and PostgreSQL's; Oracle's; Tomcat's and Druid. */
    private static final List<String> NAMES =
            List.of("getPoolName", "getDataSourceName", "getConnectionPoolName", "getName");

    private static final String WELDS = "org.jboss.weld.proxy.WeldClientProxy";

    private ObjectAtHand() {}

    /** Whether it says that it is closed. */
    public static boolean isClosed(DataSource dataSource) {
        return ask(behind(dataSource), "isClosed", Boolean.class).orElse(false);
    }

    /** What its maker calls it, else what kind it is; never anything that may hold an address or a password. */
    static String name(DataSource dataSource) {
        DataSource pool = behind(dataSource);
        return NAMES.stream()
                .flatMap(method -> ask(pool, method, String.class).stream())
                .map(String::strip)
                .filter(name -> !name.isEmpty() && !isAddress(name))
                .findFirst()
                .orElseGet(() -> kind(pool));
    }

    private static boolean isAddress(String name) {
        return name.contains("jdbc:") || name.contains("//") || name.contains("@");
    }

    /** A proxy of the interface alone has nothing else to tell. */
    private static DataSource behind(DataSource dataSource) {
        try {
            DataSource contextual = behindWelds(dataSource);
            return contextual.isWrapperFor(DataSource.class) ? contextual.unwrap(DataSource.class) : contextual;
        } catch (Exception | LinkageError e) {
            return dataSource;
        }
    }

    /** Weld's proxies answer with themselves where what is behind them does. */
    private static DataSource behindWelds(DataSource dataSource) throws ReflectiveOperationException {
        for (Class<?> type : dataSource.getClass().getInterfaces()) {
            if (type.getName().equals(WELDS)) {
                Method metadata = type.getMethod("getMetadata");
                Method instance = metadata.getReturnType().getMethod("getContextualInstance");
                return (DataSource) instance.invoke(metadata.invoke(dataSource));
            }
        }
        return dataSource;
    }

    private static <T> Optional<T> ask(DataSource dataSource, String question, Class<T> type) {
        try {
            Method method = dataSource.getClass().getMethod(question);
            return Optional.ofNullable(method.invoke(dataSource))
                    .filter(type::isInstance)
                    .map(type::cast);
        } catch (ReflectiveOperationException | RuntimeException | LinkageError e) {
            return Optional.empty();
        }
    }

    /** Containers' proxies are subclasses, with a dollar in their names. */
    private static String kind(DataSource dataSource) {
        return Stream.<Class<?>>iterate(
                        dataSource.getClass(), type -> type != null && type != Object.class, Class::getSuperclass)
                .map(Class::getSimpleName)
                .filter(name -> !name.isEmpty() && !name.contains("$") && !name.equals("Proxy"))
                .findFirst()
                .orElse(DataSource.class.getSimpleName());
    }
}
