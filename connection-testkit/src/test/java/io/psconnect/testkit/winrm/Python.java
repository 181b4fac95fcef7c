package io.psconnect.testkit.winrm;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;

/** The system's Python, whose modules tests use where they are installed. */
final class Python {
  /** Debian's, to which its packages belong; another one may stand before it on PATH. */
  static final String PROGRAM = "/usr/bin/python3";

  static final Module GSSAPI = new Module("python3-gssapi", "import gssapi");
  static final Module NTLM_AUTH = new Module("python3-ntlm-auth", "import ntlm_auth.ntlm");
  static final Module GSS_NTLMSSP =
      new Module(
          "gss-ntlmssp",
          """
          import gssapi
          oids = [mech.dotted_form for mech in gssapi.raw.indicate_mechs()]
          assert '1.3.6.1.4.1.311.2.2.10' in oids
          """);

  private Python() {}

  /** What a package of Debian's brings, and a script that fails without it. */
  record Module(String debianPackage, String script) {}

  /**
   * Skips the test where a package is missing, with the reason; fails it if {@code
   * PSCONNECT_REQUIRE} names the package.
   */
  static void requires(Module... modules) {
    List<String> missing =
        Stream.of(modules)
            .filter(module -> !runs(module.script()))
            .map(Module::debianPackage)
            .toList();
    String reason =
        "%s lacks something; on Debian: apt-get install --no-install-recommends %s"
            .formatted(PROGRAM, String.join(" ", missing));
    if (missing.stream().anyMatch(required()::contains)) {
      Assertions.fail(reason + "; PSCONNECT_REQUIRE demands it");
    }
    Assumptions.assumeTrue(missing.isEmpty(), reason);
  }

  /** For ntlm_auth, which cannot hash a password without OpenSSL's old algorithms. */
  static Map<String, String> withMd4(Path folder) throws IOException {
    Path configuration =
        Files.writeString(
            folder.resolve("openssl.cnf"),
            """
            openssl_conf = init
            [init]
            providers = providers
            [providers]
            default = on
            legacy = on
            [on]
            activate = 1
            """);
    return Map.of("OPENSSL_CONF", configuration.toString());
  }

  private static boolean runs(String script) {
    try {
      Process python =
          new ProcessBuilder(PROGRAM, "-c", script)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      python.getOutputStream().close();
      return python.waitFor() == 0;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private static Set<String> required() {
    return Stream.of(System.getenv().getOrDefault("PSCONNECT_REQUIRE", "").split(","))
        .map(String::strip)
        .collect(Collectors.toSet());
  }
}
