package application;

import io.psconnect.testkit.ScriptedPowerShell;
import io.psconnect.testkit.winrm.WinRmHost;
import java.net.HttpURLConnection;
import java.net.URI;

/** Asks a WinRM host without logging in, and prints what it wants. */
final class Main {
  private Main() {}

  public static void main(String[] arguments) throws Exception {
    ScriptedPowerShell powerShell = new ScriptedPowerShell();
    try (WinRmHost host =
        WinRmHost.builder().ntlm().user("admin", "horse").powerShell(powerShell).start()) {
      HttpURLConnection http =
          (HttpURLConnection) URI.create(host.url()).toURL().openConnection();
      http.setRequestMethod("POST");
      System.out.println(
          http.getResponseCode() + " " + http.getHeaderField("WWW-Authenticate"));
    }
  }
}
