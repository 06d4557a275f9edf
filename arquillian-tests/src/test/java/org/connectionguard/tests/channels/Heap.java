/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.tests.channels;

import java.io.IOException;
import java.lang.ref.Reference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.netbeans.lib.profiler.heap.ArrayItemValue;
import org.netbeans.lib.profiler.heap.Field;
import org.netbeans.lib.profiler.heap.GCRoot;
import org.netbeans.lib.profiler.heap.HeapFactory;
import org.netbeans.lib.profiler.heap.Instance;
import org.netbeans.lib.profiler.heap.JavaClass;
import org.netbeans.lib.profiler.heap.ObjectFieldValue;
import org.netbeans.lib.profiler.heap.PrimitiveArrayInstance;
import org.netbeans.lib.profiler.heap.Value;

/** What is alive in a WildFly, and by whom. For one thread. */
final class Heap {
    /** A thread of the server's that rests has what it did last in a register or on its stack, until it does something else. */
    private static final String DONE_LAST = "org.jboss.threads.EnhancedQueueExecutor$Task";

    private final org.netbeans.lib.profiler.heap.Heap heap;
    private final Map<Long, String> roots;

    private Heap(Path dump) throws IOException {
        heap = HeapFactory.createHeap(dump.toFile());
        roots = all(heap.getGCRoots(), GCRoot.class)
                .filter(root -> root.getInstance() != null)
                .filter(root -> !isDoneLast(root))
                .collect(Collectors.toMap(
                        root -> root.getInstance().getInstanceId(), GCRoot::getKind, (one, other) -> one));
    }

    /** The library knows no type parameters. */
    private static <T> Stream<T> all(Collection<?> untyped, Class<T> type) {
        return untyped.stream().map(type::cast);
    }

    private static boolean isDoneLast(GCRoot root) {
        return root.getKind().equals(GCRoot.JAVA_FRAME)
                && root.getInstance().getJavaClass().getName().equals(DONE_LAST);
    }

    /**
     * Who holds the class loaders of a deployment: the way from a root to each that is held by something else than a weak or soft
     * reference, or a thread's memory of what it did last.
     *
     * @param pid of the server
     * @param directory for the dump, while it is read
     */
    static List<String> holdersOf(String deployment, long pid, Path directory) throws Exception {
        Path dump = Files.createTempDirectory(directory, "heap").resolve("heap.hprof");
        try {
            Jdk.run("jcmd", Long.toString(pid), "GC.heap_dump", dump.toString());
            return new Heap(dump).holdersOf("deployment." + deployment + ".war");
        } finally {
            Files.deleteIfExists(dump);
        }
    }

    private List<String> holdersOf(String module) {
        List<String> ways = new ArrayList<>();
        for (Instance loader : all(
                        heap.getJavaClassByName("org.jboss.modules.ModuleClassLoader")
                                .getInstances(),
                        Instance.class)
                .toList()) {
            if (nameOf(loader).equals(module)) {
                wayTo(loader).ifPresent(ways::add);
            }
        }
        return ways;
    }

    private static String nameOf(Instance loader) {
        Instance module = (Instance) loader.getValueOfField("module");
        Instance name = (Instance) module.getValueOfField("name");
        return all(((PrimitiveArrayInstance) name.getValueOfField("value")).getValues(), String.class)
                .map(each -> Character.toString(Byte.parseByte(each)))
                .collect(Collectors.joining());
    }

    /** The shortest, from the loader outwards. */
    private Optional<String> wayTo(Instance loader) {
        Map<Long, String> ways = new HashMap<>(
                Map.of(loader.getInstanceId(), loader.getJavaClass().getName()));
        Queue<Instance> next = new ArrayDeque<>(List.of(loader));
        while (!next.isEmpty()) {
            Instance held = next.remove();
            String way = ways.get(held.getInstanceId());
            if (roots.containsKey(held.getInstanceId())) {
                return Optional.of(way + "\n  which is a root: " + roots.get(held.getInstanceId()));
            }
            for (Value each : all(held.getReferences(), Value.class).toList()) {
                Instance holder = each.getDefiningInstance();
                if (isStrong(each) && !ways.containsKey(holder.getInstanceId())) {
                    ways.put(holder.getInstanceId(), way + "\n  held by " + describe(each));
                    next.add(holder);
                }
            }
        }
        return Optional.empty();
    }

    private static boolean isStrong(Value value) {
        return !(value instanceof ObjectFieldValue field
                && field.getField().getDeclaringClass().getName().equals(Reference.class.getName())
                && field.getField().getName().equals("referent"));
    }

    private static String describe(Value value) {
        if (value instanceof ObjectFieldValue each) {
            Field field = each.getField();
            return field.getDeclaringClass().getName() + (field.isStatic() ? "'s static " : "'s ") + field.getName();
        }
        JavaClass array = value.getDefiningInstance().getJavaClass();
        return array.getName() + " " + ((ArrayItemValue) value).getIndex();
    }
}
