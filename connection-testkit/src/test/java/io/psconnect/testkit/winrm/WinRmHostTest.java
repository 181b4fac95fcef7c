package io.psconnect.testkit.winrm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.psconnect.testkit.contract.RequiresProgram;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The host as pywinrm sees it. */
@Timeout(60)
class WinRmHostTest {
  @TempDir Path folder;

  @BeforeAll
  static void needsPyWinRm() {
    PyWinRm.assumeInstalled();
  }

  private static WinRmHost.Builder plain() {
    return WinRmHost.builder().user("admin", "sésame:1").basic().allowUnencrypted();
  }

  private static Path pwsh() {
    return Stream.of(System.getenv("PATH").split(":"))
        .map(folder -> Path.of(folder, "pwsh"))
        .filter(path -> path.toFile().canExecute())
        .findFirst()
        .orElseThrow();
  }

  @Test
  @RequiresProgram("pwsh")
  void runsScriptsByARealPowerShell() throws Exception {
    try (WinRmHost host = plain().powerShell(pwsh()).start()) {
      String output =
          PyWinRm.run(
              host,
              """
              r = session('admin', 's\\u00e9same:1').run_ps('"1+1=$(1+1)"; exit 7')
              print(r.status_code, r.std_out, r.std_err)
              """);
      assertEquals("7 b'1+1=2\\n' b''\n", output);
      Leftovers.awaitNone(host);
    }
    Leftovers.assertNoThreads();
  }

  @Test
  void runsOtherPrograms() throws Exception {
    try (WinRmHost host = plain().start()) {
      String output =
          PyWinRm.run(
              host,
              """
              s = session('admin', 's\\u00e9same:1')
              r = s.run_cmd('sh', ['-c', '"echo out; echo err >&2; exit 3"'])
              print(r.status_code, r.std_out, r.std_err)
              r = s.run_cmd('no-such-program')
              print(r.status_code, r.std_out, r.std_err)
              """);
      assertEquals(
          """
          3 b'out\\n' b'err\\n'
          1 b'' b"'no-such-program' is not recognized as an internal or external command,\\r\\n\
          operable program or batch file.\\r\\n"
          """,
          output);
      assertEquals(
          List.of("sh -c \"echo out; echo err >&2; exit 3\"", "no-such-program"),
          host.commandLines());
      assertEquals(2, host.shells());
      Leftovers.awaitNone(host);
    }
  }

  @Test
  void isKnownByItsCertificateOverHttps() throws Exception {
    try (WinRmHost host = WinRmHost.builder().user("admin", "secret").basic().https().start()) {
      Path bundle = host.writeCaBundle(folder.resolve("ca.pem"));
      String output =
          PyWinRm.run(
              host,
              """
              r = session('admin', 'secret', ca_trust_path=sys.argv[2]).run_cmd('echo', ['hi'])
              print(r.status_code, r.std_out)
              """,
              bundle.toString());
      assertEquals("0 b'hi\\n'\n", output);
      Leftovers.awaitNone(host);
    }
  }

  @Test
  void isNotTrustedByWhoDoesNotKnowIt() throws Exception {
    try (WinRmHost host = WinRmHost.builder().user("admin", "secret").basic().https().start()) {
      String output = PyWinRm.run(host, "session('admin', 'secret').run_cmd('echo')");
      assertTrue(output.contains("CERTIFICATE_VERIFY_FAILED"), output);
      assertEquals(List.of(), host.operations());
    }
  }

  @Test
  void refusesAWrongPassword() throws Exception {
    try (WinRmHost host = plain().start()) {
      String output = PyWinRm.run(host, "session('admin', 'wrong').run_cmd('echo')");
      assertTrue(output.contains("InvalidCredentialsError"), output);
      assertTrue(host.refusedAuthentications() > 0);
      assertEquals(0, host.authentications());
    }
  }

  @Test
  void takesMessagesThatNtlmHasSealed() throws Exception {
    try (WinRmHost host = WinRmHost.builder().user("admin", "secret").ntlm().start()) {
      String output =
          PyWinRm.run(
              host,
              """
              s = session('admin', 'secret', transport='ntlm', message_encryption='always')
              for i in range(2):
                  r = s.run_cmd('echo', ['hi'])
                  print(r.status_code, r.std_out)
              """);
      assertEquals("0 b'hi\\n'\n0 b'hi\\n'\n", output);
      assertEquals(1, host.authentications());
      Leftovers.awaitNone(host);
    }
  }

  /** pywinrm notices this; {@code plaintextAnswer()} it does not, and so cannot try it. */
  @Test
  void repeatsASealedAnswer() throws Exception {
    try (WinRmHost host = WinRmHost.builder().user("admin", "secret").ntlm().start()) {
      host.inject(WinRmFault.replayedAnswer().at(WinRmOperation.RECEIVE));
      String output =
          PyWinRm.run(
              host,
              """
              s = session('admin', 'secret', transport='ntlm', message_encryption='always')
              print(s.run_cmd('echo', ['hi']).std_out)
              """);
      assertTrue(output.contains("Traceback"), output);
      assertFalse(output.contains("b'hi"), output);
      assertEquals(WinRmOperation.RECEIVE, host.operations().get(2), output);
    }
  }

  @Test
  void forgetsALoginInMidLife() throws Exception {
    try (WinRmHost host = WinRmHost.builder().user("admin", "secret").ntlm().start()) {
      host.inject(WinRmFault.unauthorizedInMidLife());
      String output =
          PyWinRm.run(
              host,
              """
              s = session('admin', 'secret', transport='ntlm', message_encryption='always')
              s.run_cmd('echo')
              """);
      assertTrue(output.contains("Traceback"), output);
      assertTrue(host.authentications() > 0);
      assertEquals(List.of(), host.operations());
    }
  }

  @Test
  void takesNoPlaintextOverHttpFromWhoHasLoggedInByNtlm() throws Exception {
    try (WinRmHost host = WinRmHost.builder().user("admin", "secret").ntlm().start()) {
      String output =
          PyWinRm.run(
              host,
              """
              s = session('admin', 'secret', transport='ntlm', message_encryption='never')
              s.run_cmd('echo')
              """);
      assertTrue(output.contains("InvalidCredentialsError"), output);
      assertEquals(List.of(), host.operations());
    }
  }

  @Test
  void takesNtlmOverHttpsBoundToTheChannel() throws Exception {
    WinRmHost.Builder strict =
        WinRmHost.builder().user("admin", "secret").ntlm().https().requireChannelBinding();
    try (WinRmHost host = strict.start()) {
      Path bundle = host.writeCaBundle(folder.resolve("ca.pem"));
      String output =
          PyWinRm.run(
              host,
              """
              for bound in True, False:
                  s = session('admin', 'secret', transport='ntlm', ca_trust_path=sys.argv[2],
                      send_cbt=bound)
                  try:
                      print(s.run_cmd('echo', ['hi']).std_out)
                  except Exception as e:
                      print(type(e).__name__)
              """,
              bundle.toString());
      assertEquals("b'hi\\n'\nInvalidCredentialsError\n", output);
    }
  }

  @Test
  @RequiresProgram("openssl")
  void knowsUsersByTheirCertificates() throws Exception {
    Path certificate = folder.resolve("user.pem");
    Path key = folder.resolve("user.key");
    makeCertificate(certificate, key);
    try (WinRmHost host = hostThatKnows(certificate);
        WinRmHost other = hostThatKnows(folder.resolve("other.pem"))) {
      for (WinRmHost one : List.of(host, other)) {
        String output =
            PyWinRm.run(
                one,
                """
                s = session(None, None, transport='certificate', cert_pem=sys.argv[2],
                    cert_key_pem=sys.argv[3], ca_trust_path=sys.argv[4])
                try:
                    print(s.run_cmd('echo', ['hi']).std_out)
                except Exception as e:
                    print(type(e).__name__)
                """,
                certificate.toString(),
                key.toString(),
                one.writeCaBundle(folder.resolve("host.pem")).toString());
        assertEquals(one == host ? "b'hi\\n'\n" : "InvalidCredentialsError\n", output);
      }
    }
  }

  private WinRmHost hostThatKnows(Path certificate) throws Exception {
    if (!Files.exists(certificate)) {
      makeCertificate(certificate, folder.resolve("other.key"));
    }
    try (InputStream in = Files.newInputStream(certificate)) {
      X509Certificate known =
          (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(in);
      return WinRmHost.builder().https().clientCertificate(known, "admin").start();
    }
  }

  private static void makeCertificate(Path certificate, Path key) throws Exception {
    Process openssl =
        new ProcessBuilder(
                "openssl",
                "req",
                "-x509",
                "-newkey",
                "rsa:2048",
                "-nodes",
                "-days",
                "2",
                "-subj",
                "/CN=admin",
                "-keyout",
                key.toString(),
                "-out",
                certificate.toString())
            .redirectErrorStream(true)
            .start();
    String output = new String(openssl.getInputStream().readAllBytes());
    assertEquals(0, openssl.waitFor(), output);
  }
}
