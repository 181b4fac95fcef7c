package io.psconnect.cli;

import io.psconnect.testkit.ScriptedPowerShell;
import io.psconnect.testkit.ssh.SshHost;
import io.psconnect.testkit.ssh.SshUser;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;

/** An SSH host in this process, with a user, a key and a known_hosts file of its own. */
final class DemoHost implements AutoCloseable {
  private static final String USER = "demo";

  private final Path folder;
  private final SshHost host;

  private DemoHost(Path folder, SshHost host) {
    this.folder = folder;
    this.host = host;
  }

  /**
   * Starts it, with this PowerShell behind it, or else the stand-in.
   *
   * @param folder for its files
   */
  static DemoHost start(Path folder, Optional<Path> powerShell, ScriptedPowerShell standIn)
      throws IOException {
    KeyPair keys = writeKey(folder.resolve("key"));
    SshHost.Builder builder =
        SshHost.builder().user(SshUser.named(USER).withKey(keys.getPublic())).home(folder);
    powerShell.ifPresentOrElse(builder::powerShell, () -> builder.powerShell(standIn));
    if (isWindows()) {
      builder.loginShell("cmd.exe", "/c");
    }
    DemoHost demo = new DemoHost(folder, builder.start());
    demo.host.writeKnownHosts(folder.resolve("known_hosts"));
    return demo;
  }

  private static boolean isWindows() {
    return System.getProperty("os.name").toLowerCase(Locale.ROOT).startsWith("windows");
  }

  private static KeyPair writeKey(Path file) throws IOException {
    try {
      KeyPair keys = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
      Files.writeString(file, pem(keys.getPrivate().getEncoded()));
      return keys;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java from 15 on has Ed25519", e);
    }
  }

  private static String pem(byte[] pkcs8) {
    String base64 =
        Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII)).encodeToString(pkcs8);
    return "-----BEGIN PRIVATE KEY-----\n%s\n-----END PRIVATE KEY-----\n".formatted(base64);
  }

  /** The URI by which anybody who has the folder gets in. */
  String uri() {
    return "ssh://%s@127.0.0.1:%d?key=%s&known-hosts=%s&agent=none"
        .formatted(USER, host.port(), file("key"), file("known_hosts"));
  }

  private String file(String name) {
    String path = folder.resolve(name).toString();
    return path.replace("%", "%25").replace("&", "%26").replace("#", "%23");
  }

  @Override
  public void close() {
    host.close();
  }
}
