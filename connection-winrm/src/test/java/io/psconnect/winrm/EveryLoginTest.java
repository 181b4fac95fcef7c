package io.psconnect.winrm;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.psconnect.AuthenticationException;
import io.psconnect.Connection;
import io.psconnect.Result;
import io.psconnect.Script;
import io.psconnect.testkit.contract.RequiresProgram;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A script and a file, by every way to log in: for a JDK or a machine that does not run the
 * contract by all.
 */
@Timeout(120)
@RequiresProgram("pwsh")
class EveryLoginTest {
  @TempDir Path folder;

  @Test
  void basicOverHttp() throws Exception {
    worksBy(new BasicHttpContractTest());
  }

  @Test
  void basicOverHttps() throws Exception {
    worksBy(new BasicHttpsContractTest());
  }

  @Test
  void ntlmOverHttp() throws Exception {
    worksBy(new NtlmHttpContractTest());
  }

  @Test
  void ntlmOverHttps() throws Exception {
    worksBy(new NtlmHttpsContractTest());
  }

  @Test
  @RequiresProgram({"krb5kdc", "kdb5_util", "kadmin.local", "kinit"})
  void kerberosOverHttp() throws Exception {
    worksBy(new KerberosHttpContractTest());
  }

  @Test
  @RequiresProgram({"krb5kdc", "kdb5_util", "kadmin.local", "kinit"})
  void kerberosOverHttps() throws Exception {
    worksBy(new KerberosHttpsContractTest());
  }

  @Test
  @RequiresProgram("openssl")
  void clientCertificate() throws Exception {
    worksBy(new CertificateContractTest());
  }

  @Test
  @RequiresProgram("openssl")
  void clientCertificateOfAStrangerIsRefused() throws Exception {
    CertificateContract way = new CertificateContract("stranger");
    way.startHost(folder);
    try (Connection connection = way.newConnection()) {
      AuthenticationException e = assertThrows(AuthenticationException.class, connection::open);
      assertTrue(e.getMessage().contains("certificate"), e.getMessage());
    } finally {
      way.stopHost();
    }
  }

  private void worksBy(WinRmContract way) throws Exception {
    way.startHost(folder);
    try (Connection connection = way.newConnection()) {
      connection.open();
      runs(connection);
      copies(connection);
    } finally {
      way.stopHost();
    }
  }

  private static void runs(Connection connection) throws Exception {
    Result result =
        connection.runScript(Script.of("[Console]::In.ReadToEnd(); exit 7").withInput("ä in"));
    assertEquals("ä in", result.stdout().strip());
    assertEquals(7, result.exitCode());
  }

  private void copies(Connection connection) throws Exception {
    byte[] content = new byte[300_000];
    new Random(1).nextBytes(content);
    Path target = folder.resolve("target");
    connection.streamFile(Files.write(folder.resolve("source"), content), target.toString());
    assertArrayEquals(content, Files.readAllBytes(target));
  }
}
