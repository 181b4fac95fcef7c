package io.psconnect.spi;

import java.util.OptionalInt;

/** A host and its port as one text. */
public final class HostPort {
  private HostPort() {}

  /**
   * As it stands in URLs, in a Host header (RFC 9110, 7.2) and in messages.
   *
   * @param host a name or an address, without brackets
   * @param port from 1 to 65535
   * @return for instance {@code build01:22}, or {@code [::1]:22}
   */
  public static String text(String host, int port) {
    return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
  }

  /**
   * The same where the port may be left to others.
   *
   * @param host a name or an address, without brackets
   * @param port from 1 to 65535, or empty
   * @return the host alone if there is no port
   */
  public static String text(String host, OptionalInt port) {
    return port.isPresent() ? text(host, port.getAsInt()) : host;
  }
}
