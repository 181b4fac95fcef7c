package io.psconnect.cli;

import io.psconnect.ConnectionUri;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Option;

/** Options of a winrm URI that are wanted so often that they have a name of their own. */
final class WinRmShorthands {
  static final String BACKEND = "winrm";

  @Option(
      names = "--auth",
      paramLabel = "WAY",
      description =
          "For winrm: ntlm, basic, kerberos or certificate, as auth=WAY in the URI. Default: ntlm.")
  private String auth;

  @Option(names = "--http", description = "For winrm: plain HTTP, as http=true in the URI.")
  private boolean http;

  @Option(
      names = "--ca",
      paramLabel = "PATH",
      description =
          "For winrm: PEM file of the authorities that sign hosts' certificates, as ca=PATH in the"
              + " URI.")
  private String ca;

  @Option(
      names = "--insecure",
      description = "For winrm: take any certificate, as insecure=true in the URI.")
  private boolean insecure;

  /**
   * The URI with what was typed beside it.
   *
   * @throws IllegalArgumentException if the URI says it too, or is not of a WinRM host
   */
  ConnectionUri addTo(ConnectionUri uri) {
    ConnectionUri all = uri;
    for (Map.Entry<String, String> option : given().entrySet()) {
      requireWinRm(uri, option.getKey());
      all = all.withOption(option.getKey(), option.getValue());
    }
    return all;
  }

  private Map<String, String> given() {
    Map<String, String> given = new LinkedHashMap<>();
    putIf(auth != null, given, "auth", auth);
    putIf(http, given, "http", "true");
    putIf(ca != null, given, "ca", ca);
    putIf(insecure, given, "insecure", "true");
    return given;
  }

  private static void putIf(boolean typed, Map<String, String> given, String key, String value) {
    if (typed) {
      given.put(key, value);
    }
  }

  private static void requireWinRm(ConnectionUri uri, String option) {
    if (!uri.scheme().equals(BACKEND)) {
      throw new IllegalArgumentException(
          "--%s is for winrm hosts, and the backend is '%s'; leave it out, or give --url"
                  .formatted(option, uri.scheme())
              + " winrm://user@host");
    }
  }
}
