package io.psconnect.winrm.internal.auth.kerberos;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.psconnect.winrm.internal.auth.LoginException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class Krb5ConfTest {
  private Path one;
  private Path other;

  @BeforeEach
  void thereAreTwo(@TempDir Path folder) throws IOException {
    assertNull(inForce(), "another test has not released it");
    one = Files.createFile(folder.resolve("one.conf"));
    other = Files.createFile(folder.resolve("other.conf"));
  }

  @AfterEach
  void nothingIsLeft() {
    System.clearProperty(Krb5Conf.PROPERTY);
  }

  private static String inForce() {
    return System.getProperty(Krb5Conf.PROPERTY);
  }

  @Test
  void theFileIsTheJvmsUntilItsLastUseEnds() throws Exception {
    Krb5Conf.Use first = Krb5Conf.use(Optional.of(one));
    Krb5Conf.Use second = Krb5Conf.use(Optional.of(one));
    first.close();
    first.close();
    assertEquals(one.toString(), inForce());
    second.close();
    assertNull(inForce());
  }

  @Test
  void anotherFileIsRefusedWhileOneIsInUse() throws Exception {
    Krb5Conf.Use use = Krb5Conf.use(Optional.of(one));
    assertRefused(other, one.toString(), other.toString(), "close that connection first");
    assertEquals(one.toString(), inForce());
    use.close();
    Krb5Conf.Use next = Krb5Conf.use(Optional.of(other));
    assertEquals(other.toString(), inForce());
    next.close();
  }

  @Test
  void theSameFileByAnotherNameIsTheSame() throws Exception {
    Path link = Files.createSymbolicLink(one.resolveSibling("link.conf"), one);
    Krb5Conf.Use use = Krb5Conf.use(Optional.of(one));
    Krb5Conf.use(Optional.of(link)).close();
    assertEquals(one.toString(), inForce());
    use.close();
  }

  @Test
  void whatTheApplicationHasSetStaysInForce() throws Exception {
    System.setProperty(Krb5Conf.PROPERTY, one.toString());
    assertRefused(other, one.toString(), other.toString(), "the application has set");
    Krb5Conf.use(Optional.of(one)).close();
    assertEquals(one.toString(), inForce());
    Krb5Conf.use(Optional.empty()).close();
    assertEquals(one.toString(), inForce());
  }

  private static void assertRefused(Path file, String... words) {
    LoginException told = assertThrows(LoginException.class, () -> Krb5Conf.use(Optional.of(file)));
    for (String word : words) {
      assertTrue(told.getMessage().contains(word), told.getMessage());
    }
  }
}
