package io.psconnect.winrm.internal.auth.ntlm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.psconnect.testkit.contract.RequiresProgram;
import io.psconnect.winrm.internal.auth.SecurityContext;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Our NTLM against Samba's. It only logs in (the dialogue is Squid's, which seals nothing): the
 * user's password is given to it in its configuration, so that neither a domain nor winbindd is
 * needed.
 */
@Timeout(30)
@RequiresProgram("ntlm_auth")
class SambaPeerTest {
  private static final String NTLMSSP = "squid-2.5-ntlmssp";
  private static final String SPNEGO = "gss-spnego";
  private static final int MIC_AT = 72;

  @TempDir private Path folder;

  private Process samba;
  private BufferedWriter input;
  private BufferedReader output;

  private void start(String protocol) throws IOException {
    Path configuration =
        Files.writeString(
            folder.resolve("smb.conf"),
            """
            [global]
            workgroup = BUILD
            netbios name = HOST
            server role = standalone server
            ntlm auth = ntlmv2-only
            private dir = %1$s
            lock directory = %1$s
            state directory = %1$s
            cache directory = %1$s
            """
                .formatted(folder));
    samba =
        new ProcessBuilder(
                "ntlm_auth",
                "--configfile=" + configuration,
                "--helper-protocol=" + protocol,
                "--password=Passw0rd")
            .redirectError(folder.resolve("log").toFile())
            .start();
    input = samba.outputWriter();
    output = samba.inputReader();
  }

  @AfterEach
  void stop() throws InterruptedException {
    samba.destroyForcibly().waitFor();
  }

  private String ask(String command, byte[] token) throws IOException {
    input.write(command + " " + Base64.getEncoder().encodeToString(token) + "\n");
    input.flush();
    return output.readLine();
  }

  /** Our last message. */
  private byte[] logIn(String password) throws Exception {
    try (NtlmLogin login = new NtlmLogin("BUILD", "build", password.toCharArray())) {
      SecurityContext context = login.begin(Optional.empty());
      String answer = ask("YR", context.next(new byte[0]));
      assertTrue(answer.startsWith("TT "), answer);
      return context.next(Base64.getDecoder().decode(answer.split(" ")[1]));
    }
  }

  @Test
  void tokensNeedNoSpnegoAroundThem() throws Exception {
    start(SPNEGO);
    assertEquals("AF * BUILD\\build", ask("KK", logIn("Passw0rd")));
  }

  @Test
  void theUserIsLetIn() throws Exception {
    start(NTLMSSP);
    assertEquals("AF BUILD\\build", ask("KK", logIn("Passw0rd")));
  }

  @Test
  void aWrongPasswordIsRefused() throws Exception {
    start(NTLMSSP);
    assertEquals("NA NT_STATUS_LOGON_FAILURE", ask("KK", logIn("guess")));
  }

  @Test
  void theHostChecksTheIntegrityCode() throws Exception {
    start(NTLMSSP);
    byte[] message = logIn("Passw0rd");
    message[MIC_AT] ^= 1;
    assertEquals("NA NT_STATUS_INVALID_PARAMETER", ask("KK", message));
  }
}
