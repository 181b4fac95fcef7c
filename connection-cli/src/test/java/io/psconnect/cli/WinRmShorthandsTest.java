package io.psconnect.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is typed beside a winrm URI counts as if it stood in it. */
class WinRmShorthandsTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          --auth digest       | option 'auth' is 'digest'; it must be ntlm, basic, kerberos or certificate
          --auth=certificate --http | auth is CERTIFICATE and https off; the certificate is shown by TLS, so use HTTPS
          --ca f --http       | caBundle 'f' needs HTTPS, and https is off; leave it out, or use HTTPS
          --ca f --insecure   | acceptAnyCertificate 'on' and caBundle 'f' exclude each other; keep one of them
          """)
  void theyBecomeOptions(String typed, String refusal) {
    assertEquals(
        refusal + "; see 'connection check --help'",
        Outcome.of(("check --url winrm://admin@h " + typed.strip()).split(" ")).error(64));
  }

  @Test
  void theyAreNotSaidTwice() {
    assertEquals(
        "option 'http' is given twice; see 'connection check --help'",
        Outcome.of("check", "--url", "winrm://h?http=true", "--http").error(64));
  }

  @ParameterizedTest
  @CsvSource({
    "--auth=ntlm,auth,ssh://h,ssh",
    "--http,http,local:,local",
    "--ca=f,ca,ssh://h,ssh",
    "--insecure,insecure,ssh://h,ssh"
  })
  void theyAreForWinRmAlone(String typed, String name, String url, String backend) {
    assertEquals(
        "--%s is for winrm hosts, and the backend is '%s'; leave it out, or give --url winrm://"
                .formatted(name, backend)
            + "user@host; see 'connection check --help'",
        Outcome.of("check", "--url", url, typed).error(64));
  }

  @Test
  void theyGoWithTheTargetOfACopyToo() {
    assertEquals(
        "option 'auth' is 'digest'; it must be ntlm, basic, kerberos or certificate; see"
            + " 'connection copy --help'",
        Outcome.of("copy", "pom.xml", "winrm://h/C:/x", "--auth", "digest").error(64));
  }
}
