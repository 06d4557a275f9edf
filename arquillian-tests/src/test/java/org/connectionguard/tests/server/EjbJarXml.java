/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.tests.server;

import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.transform.TransformerException;
import javax.xml.transform.TransformerFactory;
import javax.xml.transform.dom.DOMSource;
import javax.xml.transform.stream.StreamResult;
import org.connectionguard.tests.legacy.DescriptorBeanJob;
import org.connectionguard.tests.legacy.DescriptorTimeoutJob;
import org.connectionguard.tests.legacy.DescriptorTimerJob;
import org.connectionguard.tests.legacy.TimerRecorder;
import org.w3c.dom.Document;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;

/** The ejb-jar.xml of an application that knows nothing of the guard. Stateless. */
final class EjbJarXml {
    /** The file that users copy. */
    static final Path READY = Path.of("../server-config/ejb-jar/ejb-jar.xml");

    private static final String TIMEOUT_METHOD = "<timeout-method><method-name>run</method-name></timeout-method>";

    private static final String TIMER = """
            <timer>
              <schedule><second>*/2</second><minute>*</minute><hour>*</hour></schedule>
              <timeout-method><method-name>run</method-name></timeout-method>
              <persistent>false</persistent>
            </timer>
            """;

    /** What the descriptor says of the jobs that need it. */
    private static final Map<Class<?>, String> BEANS = Map.of(
            DescriptorTimeoutJob.class, TIMEOUT_METHOD,
            DescriptorTimerJob.class, TIMER,
            DescriptorBeanJob.class,
                    "<ejb-class>" + DescriptorBeanJob.class.getName() + "</ejb-class>"
                            + "<session-type>Singleton</session-type>" + TIMER);

    private EjbJarXml() {}

    /** The application's own: beans, and an interceptor that records. */
    static String own(List<Class<?>> jobs) {
        StringBuilder beans = new StringBuilder();
        for (Class<?> job : jobs) {
            if (BEANS.containsKey(job)) {
                beans.append("<session><ejb-name>")
                        .append(job.getSimpleName())
                        .append("</ejb-name>")
                        .append(BEANS.get(job))
                        .append("</session>");
            }
        }
        return "<ejb-jar xmlns=\"https://jakarta.ee/xml/ns/jakartaee\" version=\"4.0\">"
                + (beans.isEmpty() ? "" : "<enterprise-beans>" + beans + "</enterprise-beans>")
                + """
                <interceptors>
                  <interceptor><interceptor-class>%1$s</interceptor-class></interceptor>
                </interceptors>
                <assembly-descriptor>
                  <interceptor-binding>
                    <ejb-name>*</ejb-name><interceptor-class>%1$s</interceptor-class>
                  </interceptor-binding>
                </assembly-descriptor>
                </ejb-jar>
                """.formatted(TimerRecorder.class.getName());
    }

    /** As users do it who have one already: both parts of the ready file are taken over, behind what is there. */
    static String withReady(String own) {
        try {
            Document document = read(own);
            Document ready = read(Files.readString(READY));
            for (String part : List.of("interceptors", "assembly-descriptor")) {
                Node target = document.getElementsByTagName(part).item(0);
                NodeList added = ready.getElementsByTagName(part).item(0).getChildNodes();
                for (int i = 0; i < added.getLength(); i++) {
                    target.appendChild(document.importNode(added.item(i), true));
                }
            }
            StringWriter merged = new StringWriter();
            TransformerFactory.newInstance()
                    .newTransformer()
                    .transform(new DOMSource(document), new StreamResult(merged));
            return merged.toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (SAXException | ParserConfigurationException | TransformerException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Document read(String xml) throws ParserConfigurationException, IOException, SAXException {
        return DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(new InputSource(new StringReader(xml)));
    }
}
