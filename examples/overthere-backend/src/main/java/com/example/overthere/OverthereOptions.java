package com.example.overthere;

import com.xebialabs.overthere.ConnectionOptions;
import com.xebialabs.overthere.OperatingSystemFamily;
import com.xebialabs.overthere.ssh.SshConnectionType;
import io.psconnect.spi.OptionChecks;
import java.util.List;

/** An Overthere protocol, its own options (whose text leaves passwords out), and PowerShell. */
public record OverthereOptions(String protocol, ConnectionOptions options, String powerShell)
    implements io.psconnect.ConnectionOptions {
  /** Overthere itself would look at its options when it connects, and say what is wrong then. */
  public OverthereOptions {
    OptionChecks.oneOf("protocol", protocol, List.of("local", "ssh", "cifs", "smb"));
    OptionChecks.notBlank("powershell", powerShell, "pwsh");
    options = new ConnectionOptions(options);
    if (!protocol.equals("local")) {
      OptionChecks.host(options.get(ConnectionOptions.ADDRESS, ""));
      OptionChecks.notBlank("user", options.get(ConnectionOptions.USERNAME, ""), "admin");
      OptionChecks.oneOf("os", options.get("os", ""), List.of(OperatingSystemFamily.values()));
    }
    if (protocol.equals("ssh")) {
      Object type = options.get("connectionType", "");
      OptionChecks.oneOf("connectionType", type, List.of(SshConnectionType.values()));
    }
  }

  @Override
  public String backend() {
    return "overthere";
  }
}
