/* SPDX-License-Identifier: Apache-2.0 */
package org.connectionguard.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import java.time.Duration;
import java.util.MissingResourceException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WordsTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "for jdbc:mysql://db:3306/app?user=app&password=s3cret | for jdbc:mysql://db:3306/app",
                "for 'jdbc:mysql://app:s3cret@db:3306/app?useSSL=no' again | for 'jdbc:mysql://db:3306/app again",
                "jdbc:mysql://app:s3@c/ret@db/app | jdbc:mysql://db/app",
                "jdbc:mysql://app:s3?cret@db/app | jdbc:mysql://",
                "jdbc:mysql://app:s3@?cret@db/app | jdbc:mysql://",
                "jdbc:mysql://app:s3cret@one,other:s3cret@two:3307/app | jdbc:mysql://two:3307/app",
                "jdbc:mysql://address=(host=db)(user=app)(password=s3cret)/x | jdbc:mysql://address=(host=db)(user=***)(password=***)/x",
                "jdbc:mysql:loadbalance://app:s3cret@one,two/app | jdbc:mysql:loadbalance://one,two/app",
                "JDBC:postgresql://db/app?user=app&password=s3cret | JDBC:postgresql://db/app",
                "jdbc:oracle:thin:scott/tiger@db:1521:orcl | jdbc:oracle:thin:@db:1521:orcl",
                "jdbc:oracle:thin:scott/ti:ger@//db:1521/orcl | jdbc:oracle:thin:@//db:1521/orcl",
                "jdbc:sqlserver://db:1433;databaseName=app;user=app;password=s3cret | jdbc:sqlserver://db:1433",
                "jdbc:sqlserver://db:1433;user=app;password={s3 cret;}};encrypt=true | jdbc:sqlserver://db:1433",
                "jdbc:db2://db:50000/app:user=app;password=s3cret; | jdbc:db2://db:50000/app:user=***",
                "jdbc:h2:tcp://db/~/app;USER=app;PASSWORD=s3cret | jdbc:h2:tcp://db/~/app",
                "jdbc:h2:mem:app | jdbc:h2:mem:app",
                "jdbc:mysql://$1:s3cret@db/$2 | jdbc:mysql://db/$2",
                "mysqlx://app:s3cret@db:33060/app | mysqlx://db:33060/app",
                "one jdbc:a://u:p@b/c?d and jdbc:e://f:g@h/i?j | one jdbc:a://b/c and jdbc:e://h/i",
            })
    void ofAConnectionUrlOnlyTheAddressIsRepeated(String text, String told) {
        assertThat(Words.withoutSecrets(text)).isEqualTo(told);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "with {user=app, password=s3cret} | with {user=*** password=***",
                "PASSWORD = 's3 cret', more | PASSWORD = ***, more",
                "pwd=\"s3 cret\" more | pwd=*** more",
                "pass={s3 cret}; uid=app; x=1 | pass=***; uid=***; x=1",
                "passwd=s3cret&passphrase=s3cret | passwd=***&passphrase=***",
                "trustStorePassword=s3cret password2=s3cret | trustStorePassword=*** password2=***",
                "clientSecret=s3cret accessToken=s3cret | clientSecret=*** accessToken=***",
            })
    void credentialsThatStandAloneAreHidden(String text, String told) {
        assertThat(Words.withoutSecrets(text)).isEqualTo(told);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Access denied for user 'app'@'localhost' (using password: YES)",
                "Duplicate entry 'a=b' for key 'c'",
                "Unknown system variable 'transaction_read_only'",
                "The last packet was sent 3 ms ago; see 10.0.0.1:3306 // app@db",
            })
    void otherWordsAreRepeatedAsTheyAre(String text) {
        assertThat(Words.withoutSecrets(text)).isEqualTo(text);
    }

    /** Drivers repeat statements with all their values; and this is done on the thread of a job that has failed. */
    @ParameterizedTest
    @ValueSource(strings = {"x", "a1", "user", "user={", "jdbc:", "a b", "\"pwd=\"", "token = "})
    void ofALongMessageTheBeginIsRepeatedAtOnce(String part) {
        String told = assertTimeout(
                Duration.ofSeconds(10),
                () -> Words.of(new IllegalStateException(part.repeat(2_000_000) + " password=s3cret")));
        assertThat(told).hasSizeLessThan(2 * Words.MOST).doesNotContain("s3cret");
    }

    @Test
    void noPartOfAnAddressIsRepeatedWhoseEndIsCutOff() {
        String begin = "x ".repeat(Words.MOST / 2 - 15);
        assertThat(Words.of(new IllegalStateException(begin + "jdbc:mysql://root:s3cret@db.example.com/jobs is gone")))
                .endsWith("x x\u2026");
    }

    @Test
    void whereItsEndIsCutOffASecretIsHiddenAllTheSame() {
        String begin = "x".repeat(Words.MOST - 20);
        assertThat(Words.of(new IllegalStateException(begin + " password={s3 cret of many words}")))
                .endsWith("x password=***");
        assertThat(Words.of(new IllegalStateException(begin + " password='s3 cret of many words'")))
                .endsWith("x password=***");
    }

    @Test
    void anExceptionWhoseMessageCannotBeHadIsToldByItsClass() {
        @SuppressWarnings("serial")
        class Lazy extends RuntimeException {
            @Override
            public String getMessage() {
                throw new MissingResourceException("no such key", "Texts", "sorry");
            }
        }
        assertThat(Words.of(new Lazy())).isEqualTo("Lazy: it has no message, but MissingResourceException");
    }

    @Test
    void aThrowableIsToldByItsClassAndItsFirstLine() {
        assertThat(Words.of(new IllegalStateException("no jdbc:x://a:b@c\nat length")))
                .isEqualTo("IllegalStateException: no jdbc:x://c");
        assertThat(Words.of(new IllegalStateException(""))).isEqualTo("IllegalStateException: ");
        assertThat(Words.of(new IllegalStateException())).isEqualTo("IllegalStateException: null");
    }
}
