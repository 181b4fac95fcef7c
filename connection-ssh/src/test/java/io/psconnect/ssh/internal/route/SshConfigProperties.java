package io.psconnect.ssh.internal.route;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.psconnect.ssh.internal.route.OpenSsh.Answer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.stream.Collector;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.lifecycle.AddLifecycleHook;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/** A configuration file says to us what it says to {@code ssh -G}. */
@AddLifecycleHook(OpenSsh.SkipWithout.class)
class SshConfigProperties {
  private static final List<String> DEFAULT_KEYS =
      Stream.of("rsa", "ecdsa", "ecdsa_sk", "ed25519", "ed25519_sk", "xmss", "dsa")
          .map(type -> "~/.ssh/id_" + type)
          .toList();

  private static Path folder;

  @BeforeContainer
  static void makeFolder() throws IOException {
    folder = Files.createTempDirectory("psconnect-config-");
  }

  @AfterContainer
  static void removeFolder() throws IOException {
    for (String name : List.of("config", "included")) {
      Files.deleteIfExists(folder.resolve(name));
    }
    Files.delete(folder);
  }

  @Property(tries = 300)
  void hasTheValuesThatSshHas(
      @ForAll("files") String content,
      @ForAll("files") String included,
      @ForAll("hosts") String host)
      throws IOException {
    Files.writeString(folder.resolve("included"), included.replace("Include", "#"));
    Path file = Files.writeString(folder.resolve("config"), content);
    Answer answer = OpenSsh.run("ssh", "-G", "-F", file, host);
    assertEquals(0, answer.exitCode(), answer.output());
    assertEquals(settings(answer.output()), settings(file, host), content);
  }

  private static List<String> settings(String output) {
    List<String> keys =
        output.lines().filter(line -> line.startsWith("identityfile ")).map(rest()).toList();
    return Stream.concat(
            Stream.of("hostname", "port", "user", "userknownhostsfile", "proxyjump")
                .map(name -> name + "=" + value(output, name)),
            DEFAULT_KEYS.equals(keys) ? Stream.of() : keys.stream())
        .toList();
  }

  private static Function<String, String> rest() {
    return line -> line.substring(line.indexOf(' ') + 1);
  }

  private static String value(String output, String name) {
    return output
        .lines()
        .filter(line -> line.startsWith(name + " "))
        .map(rest())
        .findFirst()
        .orElse("none");
  }

  private static List<String> settings(Path file, String host) {
    Settings settings =
        new Settings(
            ConfigFile.read(file), new JumpHost(Optional.empty(), host, OptionalInt.empty()));
    Hop hop = settings.hop(List.of());
    String jumps = settings.jumpHosts().stream().map(SshConfigProperties::text).collect(commas());
    return Stream.concat(
            Stream.of(
                "hostname=" + hop.host(),
                "port=" + hop.port(),
                "user=" + hop.user(),
                "userknownhostsfile=" + knownHosts(hop),
                "proxyjump=" + (jumps.isEmpty() ? "none" : jumps)),
            hop.identityFiles().stream().map(Path::toString))
        .toList();
  }

  private static Collector<CharSequence, ?, String> commas() {
    return Collectors.joining(",");
  }

  /** OpenSSH has a second file by default. */
  private static String knownHosts(Hop hop) {
    String usual = Home.ssh().resolve("known_hosts").toString();
    String files = hop.knownHosts().stream().map(Path::toString).collect(Collectors.joining(" "));
    return files.equals(usual) ? usual + " " + usual + "2" : files.isEmpty() ? "none" : files;
  }

  private static String text(JumpHost jump) {
    String host = jump.host().contains(":") ? "[" + jump.host() + "]" : jump.host();
    return jump.user().map(user -> user + "@").orElse("")
        + host
        + (jump.port().isPresent() ? ":" + jump.port().getAsInt() : "");
  }

  @Provide
  Arbitrary<String> hosts() {
    return Arbitraries.of("a", "b", "ab", "ba", "Ab", "abc", "a.b", "10.0.0.7");
  }

  @Provide
  Arbitrary<String> files() {
    return lines().list().ofMaxSize(14).map(lines -> String.join("\n", lines) + "\n");
  }

  private static Arbitrary<String> lines() {
    return Arbitraries.frequencyOf(
            Tuple.of(5, hostLines()),
            Tuple.of(12, settingLines()),
            Tuple.of(1, Arbitraries.of("", "  ", "# a comment", "\t#Port 1")),
            Tuple.of(1, Arbitraries.of("Match all", "ServerAliveInterval 30")),
            Tuple.of(1, Arbitraries.of("Include " + "FOLDER/inc*", "Include FOLDER/no")))
        .map(line -> line.replace("FOLDER", folder.toString()));
  }

  private static Arbitrary<String> hostLines() {
    return Arbitraries.of("a", "b", "ab", "*", "a*", "?b", "*b", "!a", "!a*", "\"b\"", "*.*")
        .list()
        .ofMinSize(1)
        .ofMaxSize(3)
        .map(patterns -> "Host " + String.join(" ", patterns));
  }

  private static Arbitrary<String> settingLines() {
    return Combinators.combine(
            Arbitraries.of("", "  ", "\t"),
            Arbitraries.of(true, false),
            Arbitraries.of(" ", "=", " = ", "\t", "  ="),
            settings(),
            Arbitraries.of("", " ", "\t", " # as is"))
        .as(SshConfigProperties::line);
  }

  /** OpenSSH 9.2 takes a comment behind ProxyJump for a part of it. */
  private static String line(
      String indent, boolean small, String separator, String[] setting, String end) {
    String keyword = small ? setting[0].toLowerCase(Locale.ROOT) : setting[0];
    return indent + keyword + separator + setting[1] + (keyword.length() == 9 ? "" : end);
  }

  private static Arbitrary<String[]> settings() {
    return Arbitraries.oneOf(
        setting("HostName", "x.example", "%h.Example", "a-%h", "::1", "\"quoted\""),
        setting("Port", "22", "1", "65535", "2222"),
        setting("User", "bob", "\"DOM\\\\adm\"", "a\\b", "'x y'", "x\\ y", "x#y"),
        setting("IdentityFile", "/k/one", "\"/k/t wo\"", "/k/'three'", "/k/one", "/k/q\\\"q"),
        setting(
            "UserKnownHostsFile", "/kh/%h", "~/kh", "/kh/a /kh/b", "/kh/%r-%p-%n", "%d/x", "/%%"),
        setting("ProxyJump", "none", "j", "u@j:2200", "j,k", "u@j:1,[::1]:33,k", "ssh://u@j:44"));
  }

  private static Arbitrary<String[]> setting(String keyword, String... values) {
    return Arbitraries.of(values).map(value -> new String[] {keyword, value});
  }
}
