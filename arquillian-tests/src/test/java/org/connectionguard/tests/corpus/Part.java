/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.tests.corpus;

import java.util.stream.Stream;

/** Something that an application has: shapes are put together of such. In its texts, {@link Layout} fills in names. */
interface Part {
    void addTo(Layout layout);

    /** All of them. */
    static Part of(Part... parts) {
        return layout -> Stream.of(parts).forEach(part -> part.addTo(layout));
    }

    /** A class, without package and imports. */
    static Part code(Place place, String text) {
        return layout -> layout.code(place, text);
    }

    /** A class, without package and imports, with the timers. */
    static Part code(String text) {
        return code(Place.TIMERS, text);
    }

    /** A class that the others were compiled with, and that is not in the archive. */
    static Part missing(String text) {
        return layout -> layout.missing(text);
    }

    /** A bean whose timer writes rows under the bean's simple name. */
    static Part job(String text) {
        return job(Place.TIMERS, text);
    }

    /** The same, somewhere else. */
    static Part job(Place place, String text) {
        return Part.of(code(place, text), layout -> layout.job(text));
    }

    /** A class that writes rows under its simple name, and whom no timer of the container calls: nobody promises it anything. */
    static Part worker(String text) {
        return Part.of(code(text), layout -> layout.worker(text));
    }

    /** A file in WEB-INF or META-INF. */
    static Part descriptor(Place place, String name, String text) {
        return layout -> layout.descriptor(place, name, text);
    }

    /** A file in WEB-INF or META-INF, with the timers. */
    static Part descriptor(String name, String text) {
        return descriptor(Place.TIMERS, name, text);
    }

    /** A file on the class path. */
    static Part resource(Place place, String path, String text) {
        return layout -> layout.resource(place, path, text);
    }

    /** A file in the META-INF, or the WEB-INF, of the whole archive. */
    static Part onTop(String name, String text) {
        return layout -> layout.onTop(name, text);
    }

    /** A line of the settings' file, where the library is to see one. */
    static Part setting(String line) {
        return layout -> layout.setting(line);
    }

    /** Beans of ejb-jar.xml. */
    static Part enterpriseBeans(String xml) {
        return layout -> layout.enterpriseBeans(xml);
    }
}
