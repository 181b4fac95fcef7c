package io.psconnect.spi;

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
}
