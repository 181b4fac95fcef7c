package application;

import io.psconnect.testkit.ScriptedPowerShell;
import io.psconnect.testkit.ssh.SshHost;
import io.psconnect.testkit.ssh.SshUser;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** Reaches an SSH host, and prints the protocol that it greets with. */
final class Main {
  private Main() {}

  public static void main(String[] arguments) throws Exception {
    SshHost.Builder builder =
        SshHost.builder()
            .user(SshUser.named("admin").withPassword("horse"))
            .powerShell(new ScriptedPowerShell());
    try (SshHost host = builder.start();
        Socket client = new Socket(host.hostName(), host.port());
        BufferedReader greeting =
            new BufferedReader(
                new InputStreamReader(client.getInputStream(), StandardCharsets.US_ASCII))) {
      System.out.println(greeting.readLine().substring(0, "SSH-2.0".length()));
    }
  }
}
