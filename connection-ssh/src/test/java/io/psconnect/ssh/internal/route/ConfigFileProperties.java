package io.psconnect.ssh.internal.route;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.psconnect.ssh.SshOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

class ConfigFileProperties {
  private static Path file;

  @BeforeContainer
  static void makeFile() throws IOException {
    file = Files.createTempFile("psconnect-config-", "");
  }

  @AfterContainer
  static void removeFile() throws IOException {
    Files.delete(file);
  }

  @Property
  void fileOfAnythingIsReadOrRefusedByItsName(@ForAll("contents") String content)
      throws IOException {
    Files.writeString(file, content);
    try {
      Hop hop = Route.of(SshOptions.builder().host("a").configFile(file).build()).get(0);
      assertTrue(hop.port() > 0);
    } catch (IllegalArgumentException e) {
      String start = e.getMessage().replaceFirst("line \\d+: (?s).*", "");
      assertTrue(start.equals(file + ", ") || isAboutJumpHosts(e), e.getMessage());
    }
  }

  private static boolean isAboutJumpHosts(IllegalArgumentException e) {
    return e.getMessage().startsWith("the way by ProxyJump ");
  }

  @Provide
  Arbitrary<String> contents() {
    return Arbitraries.of(
            "Host",
            "Match",
            "Include",
            "Port",
            "User",
            "HostName",
            "IdentityFile",
            "ProxyJump",
            "UserKnownHostsFile",
            " ",
            " ",
            " ",
            "\t",
            "\n",
            "\n",
            "\r\n",
            "=",
            "\"",
            "'",
            "\\",
            "#",
            "%",
            "%h",
            "${",
            "${HOME}",
            "*",
            "?",
            "[",
            "]",
            "!",
            "~",
            "/",
            ":",
            "@",
            ",",
            "a",
            "all",
            "none",
            "22",
            "\0",
            "\u2028",
            "ssh://")
        .list()
        .ofMaxSize(40)
        .map(parts -> String.join("", parts));
  }
}
