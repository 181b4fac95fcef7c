package io.psconnect.winrm.faults;

import static io.psconnect.ScriptState.NOT_STARTED;
import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.psconnect.AuthenticationException;
import io.psconnect.Connection;
import io.psconnect.ConnectionException;
import io.psconnect.Connections;
import io.psconnect.Phase;
import io.psconnect.UnreachableException;
import io.psconnect.spi.Deadline;
import io.psconnect.testkit.contract.RequiresProgram;
import io.psconnect.testkit.winrm.WinRmHost;
import io.psconnect.winrm.WinRmAuth;
import io.psconnect.winrm.WinRmOptions;
import io.psconnect.winrm.internal.http.Certificates;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Who does not get to the host, or is not let in: why, and that no script has started. */
@Timeout(value = 1, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class DoorFaultsTest {
  @AfterEach
  void noThreadIsLeft() {
    Leaks.requireNone();
  }

  private static void refused(
      FaultyHost faulty,
      WinRmOptions.Builder options,
      Class<? extends ConnectionException> type,
      Phase phase,
      String words)
      throws Exception {
    try (Connection connection = Connections.of(options.build())) {
      Deadline limit = Deadline.after(FaultyHost.CONNECT_TIMEOUT);
      ConnectionException e = assertThrows(ConnectionException.class, connection::open);
      assertAll(
          () -> assertFalse(limit.hasPassed(), "refused after the time to connect"),
          () -> assertEquals(type, e.getClass(), e::toString),
          () -> assertEquals(NOT_STARTED, e.scriptState(), e::toString),
          () -> assertEquals(phase, e.origin().phase(), e::toString),
          () -> assertTrue(e.getMessage().contains(words), e::getMessage),
          () -> assertFalse(e.getMessage().contains(FaultyHost.PASSWORD), e::getMessage));
    }
    faulty.requireNothingLeft();
    assertEquals(0, faulty.host.shells());
  }

  @Test
  void wrongPasswordAndUnknownUserAreNotLetIn() throws Exception {
    for (FaultyHost host : new FaultyHost[] {FaultyHost.sealed(), FaultyHost.plain()}) {
      try (FaultyHost faulty = host) {
        refused(
            faulty,
            faulty.options().password("guessed".toCharArray()),
            AuthenticationException.class,
            Phase.AUTHENTICATE,
            "Check the user");
        refused(
            faulty,
            faulty.options().username("nobody"),
            AuthenticationException.class,
            Phase.AUTHENTICATE,
            "Check the user");
        assertTrue(faulty.host.refusedAuthentications() >= 2);
      }
    }
  }

  @Test
  void wayToLogInThatIsNotOfferedIsNamed() throws Exception {
    try (FaultyHost faulty = FaultyHost.sealed()) {
      refused(
          faulty,
          faulty.options().auth(WinRmAuth.BASIC).allowUnencrypted(),
          AuthenticationException.class,
          Phase.AUTHENTICATE,
          "Basic is not among them");
    }
  }

  @Test
  void certificateThatCannotBeBelievedIsNotBelieved() throws Exception {
    try (FaultyHost faulty = FaultyHost.secured(WinRmHost.Builder::https)) {
      refused(
          faulty, faulty.securedOptions(), UnreachableException.class, Phase.TLS, "not trusted");
      refused(
          faulty,
          faulty.securedOptions().certificateFingerprint("0".repeat(64)),
          UnreachableException.class,
          Phase.TLS,
          "pin the new one");
      refused(faulty, faulty.options(), UnreachableException.class, Phase.CONNECT, "speaks TLS");
    }
  }

  @Test
  @RequiresProgram("openssl")
  void certificateThatHasExpiredIsNotBelieved(@TempDir Path folder) throws Exception {
    Certificates certificates = new Certificates(folder);
    certificates.makeExpired("old", "IP:127.0.0.1");
    refusedByCertificate(certificates, "old", "old-issuer", "expired on");
  }

  @Test
  @RequiresProgram("openssl")
  void certificateForAnotherHostIsNotBelieved(@TempDir Path folder) throws Exception {
    Certificates certificates = new Certificates(folder);
    certificates.make("other", "DNS:other.example");
    refusedByCertificate(certificates, "other", "other", "is for 'other.example', and not for");
  }

  private static void refusedByCertificate(
      Certificates certificates, String name, String root, String words) throws Exception {
    KeyStore keys = certificates.keys(name);
    try (FaultyHost faulty = FaultyHost.secured(host -> host.https(keys, new char[0]))) {
      refused(
          faulty,
          faulty.securedOptions().caBundle(certificates.certificateFile(root)),
          UnreachableException.class,
          Phase.TLS,
          words);
    }
  }

  @Test
  void plainHostIsNotSpokenToInTls() throws Exception {
    try (FaultyHost faulty = FaultyHost.sealed()) {
      refused(
          faulty,
          faulty.securedOptions(),
          UnreachableException.class,
          Phase.TLS,
          "instead of speaking TLS");
    }
  }

  @Test
  void hostThatIsNotThereIsUnreachable() throws Exception {
    try (FaultyHost faulty = FaultyHost.sealed()) {
      refused(
          faulty,
          faulty.options().port(freePort()),
          UnreachableException.class,
          Phase.CONNECT,
          "does not take connections");
      refused(
          faulty,
          faulty.options().host("no-such-host.invalid"),
          UnreachableException.class,
          Phase.CONNECT,
          "no address is known");
    }
  }

  private static int freePort() throws Exception {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
