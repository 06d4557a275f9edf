/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.tests.channels;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.metrics.v1.HistogramDataPoint;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.NumberDataPoint;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

/** An OpenTelemetry collector, by HTTP, that keeps the last figure of each series. For any thread. */
final class Collector implements AutoCloseable {
    private final HttpServer server;
    private final Map<String, Double> series = new ConcurrentHashMap<>();

    Collector() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
    }

    String address() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** The guard's series, each with its last figure; of a histogram the count. */
    Map<String, Double> series() {
        return new TreeMap<>(series);
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange;
                InputStream body = body(exchange)) {
            if (exchange.getRequestURI().getPath().endsWith("/metrics")) {
                take(ExportMetricsServiceRequest.parseFrom(body));
            }
            exchange.sendResponseHeaders(200, -1);
        }
    }

    private static InputStream body(HttpExchange exchange) throws IOException {
        List<String> encoding = exchange.getRequestHeaders().getOrDefault("Content-Encoding", List.of());
        return encoding.contains("gzip") ? new GZIPInputStream(exchange.getRequestBody()) : exchange.getRequestBody();
    }

    private void take(ExportMetricsServiceRequest request) {
        request.getResourceMetricsList().stream()
                .flatMap(resource -> resource.getScopeMetricsList().stream())
                .flatMap(scope -> scope.getMetricsList().stream())
                .filter(metric -> metric.getName().startsWith("connection.guard."))
                .forEach(this::take);
    }

    private void take(Metric metric) {
        Stream.concat(metric.getGauge().getDataPointsList().stream(), metric.getSum().getDataPointsList().stream())
                .forEach(point -> series.put(name(metric, point.getAttributesList()), number(point)));
        for (HistogramDataPoint point : metric.getHistogram().getDataPointsList()) {
            series.put(name(metric, point.getAttributesList()), (double) point.getCount());
        }
    }

    private static double number(NumberDataPoint point) {
        return point.hasAsInt() ? point.getAsInt() : point.getAsDouble();
    }

    private static String name(Metric metric, List<KeyValue> attributes) {
        return attributes.stream()
                .map(each -> each.getKey() + "=" + each.getValue().getStringValue())
                .sorted()
                .collect(Collectors.joining(",", metric.getName() + "{", "}"));
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
