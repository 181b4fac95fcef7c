package io.psconnect.ssh.internal.route;

import io.psconnect.spi.HostPort;
import java.nio.file.Path;
import java.util.List;

/**
 * One host on the way.
 *
 * @param name the host as the user wrote it
 * @param host what is connected to: a name or an address, without brackets, not looked up yet
 * @param port from 1 to 65535
 * @param user who logs in
 * @param identityFiles the private keys that the configuration file names, in its order; they need
 *     not exist
 * @param knownHosts the files of the host keys; they need not exist
 */
public record Hop(
    String name,
    String host,
    int port,
    String user,
    List<Path> identityFiles,
    List<Path> knownHosts) {

  /**
   * Takes copies.
   *
   * @param name the host as the user wrote it
   * @param host what is connected to
   * @param port from 1 to 65535
   * @param user who logs in
   * @param identityFiles the private keys
   * @param knownHosts the files of the host keys
   */
  public Hop {
    identityFiles = List.copyOf(identityFiles);
    knownHosts = List.copyOf(knownHosts);
  }

  /** For instance {@code build01:22}, or {@code [::1]:22}. */
  public String place() {
    return HostPort.text(host, port);
  }

  boolean isSamePlaceAs(Hop other) {
    return host.equals(other.host) && port == other.port && user.equals(other.user);
  }
}
