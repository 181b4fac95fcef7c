package io.psconnect.winrm;

import io.psconnect.testkit.contract.Capability;
import io.psconnect.testkit.contract.RequiresProgram;
import io.psconnect.testkit.winrm.WinRmHost;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The contract on the Windows build of PowerShell under Wine, by the name that is the default and
 * by the login that is the default, on a certificate that is pinned: files go to {@code C:\}.
 */
@RequiresProgram({"powershell.exe", "wine"})
class WindowsContractTest extends WinRmContract {
  @Override
  void offer(WinRmHost.Builder builder) {
    builder.https().ntlm().requireChannelBinding().user(USER, PASSWORD);
  }

  @Override
  void login(WinRmOptions.Builder options, WinRmHost host) {
    options
        .powerShell("powershell.exe")
        .username(USER)
        .password(PASSWORD.toCharArray())
        .certificateFingerprint(host.fingerprint());
  }

  @Override
  protected String remoteFolder() {
    return "C:\\users\\Public";
  }

  @Override
  protected Map<Capability, String> missing() {
    return Map.of(
        Capability.ANY_FILE_NAME, "Windows allows no ASCII double quote in the name of a file");
  }

  /** Wine's client, when its server is busy. */
  @Override
  protected Optional<Pattern> platformNoise() {
    return Optional.of(Pattern.compile("wine client error:.*\\R?"));
  }
}
