/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.tests.ownpools;

import com.zaxxer.hikari.HikariDataSource;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.naming.InitialContext;
import javax.naming.NamingException;

/** Binds one pool when the application begins, and another one when somebody says so. */
@Singleton
@Startup
public class Binder {
    private final Map<String, HikariDataSource> pools = new LinkedHashMap<>();

    @PostConstruct
    void begin() {
        bind(Jobs.BOUND);
    }

    public void bindLate() {
        bind(Jobs.LATE);
    }

    private void bind(String name) {
        HikariDataSource pool = OwnPool.named(name.substring(name.lastIndexOf('/') + 1));
        pools.put(name, pool);
        try {
            new InitialContext().bind(name, pool);
        } catch (NamingException e) {
            throw new IllegalStateException(e);
        }
    }

    @PreDestroy
    void end() {
        pools.forEach((name, pool) -> {
            try {
                new InitialContext().unbind(name);
            } catch (NamingException e) {
                throw new IllegalStateException(e);
            } finally {
                pool.close();
            }
        });
    }
}
