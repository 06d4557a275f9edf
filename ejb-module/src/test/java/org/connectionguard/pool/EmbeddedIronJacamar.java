/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.pool;

import jakarta.resource.ResourceException;
import jakarta.resource.spi.BootstrapContext;
import jakarta.resource.spi.ConnectionManager;
import jakarta.resource.spi.TransactionSupport.TransactionSupportLevel;
import java.sql.Driver;
import java.util.Map;
import javax.sql.DataSource;
import javax.sql.XADataSource;
import org.jboss.jca.adapters.jdbc.BaseWrapperManagedConnectionFactory;
import org.jboss.jca.adapters.jdbc.JDBCResourceAdapter;
import org.jboss.jca.adapters.jdbc.extensions.novendor.JDBC4ValidConnectionChecker;
import org.jboss.jca.adapters.jdbc.local.LocalManagedConnectionFactory;
import org.jboss.jca.adapters.jdbc.xa.XAManagedConnectionFactory;
import org.jboss.jca.common.api.metadata.common.FlushStrategy;
import org.jboss.jca.core.api.connectionmanager.pool.PoolConfiguration;
import org.jboss.jca.core.connectionmanager.ConnectionManagerFactory;
import org.jboss.jca.core.connectionmanager.pool.api.Pool;
import org.jboss.jca.core.connectionmanager.pool.api.PoolFactory;
import org.jboss.jca.core.connectionmanager.pool.api.PoolStrategy;
import org.jboss.jca.core.connectionmanager.pool.mcp.SemaphoreArrayListManagedConnectionPool;
import org.jboss.jca.core.connectionmanager.pool.mcp.SemaphoreConcurrentLinkedDequeManagedConnectionPool;

/** IronJacamar as WildFly sets it up, without WildFly: its pool, its JDBC adapter, one data source. */
final class EmbeddedIronJacamar {
    /** How it is set up; WildFly's defaults where nothing is said. */
    static final class Setup {
        private final FakeServer server;
        private final PoolConfiguration configuration = new PoolConfiguration();
        private FakeTransactions transactions = new FakeTransactions();
        private boolean xa;
        private boolean jta = true;
        private PoolStrategy strategy = PoolStrategy.ONE_POOL;
        private String subPools = SemaphoreConcurrentLinkedDequeManagedConnectionPool.class.getName();

        private Setup(FakeServer server) {
            this.server = server;
            configuration.setMinSize(0);
            configuration.setMaxSize(3);
            configuration.setBlockingTimeout(10);
        }

        Setup transactions(FakeTransactions given) {
            transactions = given;
            return this;
        }

        Setup xa() {
            xa = true;
            return this;
        }

        /** {@code jta=false} */
        Setup withoutTransactions() {
            jta = false;
            return this;
        }

        /** {@code validate-on-match} */
        Setup validating() {
            configuration.setValidateOnMatch(true);
            return this;
        }

        /** {@code allow-multiple-users} */
        Setup manyUsers() {
            strategy = PoolStrategy.POOL_BY_CRI;
            return this;
        }

        /** The other class of sub-pools. */
        Setup onAList() {
            subPools = SemaphoreArrayListManagedConnectionPool.class.getName();
            return this;
        }

        EmbeddedIronJacamar start() throws ResourceException {
            return new EmbeddedIronJacamar(this);
        }
    }

    final Pool pool;
    final DataSource dataSource;

    static Setup of(FakeServer server) {
        return new Setup(server);
    }

    private EmbeddedIronJacamar(Setup setup) throws ResourceException {
        BaseWrapperManagedConnectionFactory factory = setup.xa ? xa(setup.server) : local(setup.server);
        factory.setValidConnectionCheckerClassName(JDBC4ValidConnectionChecker.class.getName());
        factory.setJTA(setup.jta);
        JDBCResourceAdapter adapter = new JDBCResourceAdapter();
        adapter.start(
                FakeServer.proxy(BootstrapContext.class, (proxy, method, arguments) -> setup.transactions.registry));
        factory.setResourceAdapter(adapter);
        pool = new PoolFactory().create(setup.strategy, factory, setup.configuration, false, true, setup.subPools);
        pool.setName("test");
        dataSource = (DataSource) factory.createConnectionFactory(manager(setup));
    }

    private ConnectionManager manager(Setup setup) {
        ConnectionManagerFactory managers = new ConnectionManagerFactory();
        FlushStrategy onError = FlushStrategy.FAILING_CONNECTION_ONLY;
        if (!setup.jta) {
            return managers.createNonTransactional(
                    TransactionSupportLevel.NoTransaction,
                    pool,
                    null,
                    null,
                    false,
                    null,
                    true,
                    true,
                    false,
                    null,
                    onError,
                    null,
                    null);
        }
        return managers.createTransactional(
                setup.xa ? TransactionSupportLevel.XATransaction : TransactionSupportLevel.LocalTransaction,
                pool,
                null,
                null,
                false,
                null,
                true,
                true,
                false,
                null,
                null,
                onError,
                null,
                null,
                setup.transactions.integration,
                null,
                null,
                null,
                null,
                null);
    }

    private static BaseWrapperManagedConnectionFactory local(FakeServer server) {
        LocalManagedConnectionFactory factory = new LocalManagedConnectionFactory() {
            private static final long serialVersionUID = 1L;

            @Override
            protected Driver getDriver(String url) {
                return server.driver;
            }
        };
        factory.setDriverClass(Driver.class.getName());
        factory.setConnectionURL(FakeServer.URL);
        return factory;
    }

    private static BaseWrapperManagedConnectionFactory xa(FakeServer server) {
        return new XAManagedConnectionFactory(Map.of()) {
            private static final long serialVersionUID = 1L;

            @Override
            protected XADataSource getXADataSource() {
                return server.xaDataSource;
            }
        };
    }
}
