package io.psconnect.ssh.internal.trust;

import static io.psconnect.ssh.internal.trust.TestKeys.ECDSA;
import static io.psconnect.ssh.internal.trust.TestKeys.ED25519;
import static io.psconnect.ssh.internal.trust.TestKeys.RSA;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.psconnect.ssh.internal.route.OpenSsh;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
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

/** A file of known hosts says to us what it says to {@code ssh-keygen -l -F}. */
@AddLifecycleHook(KnownHostsProperties.SkipWithoutOpenSsh.class)
class KnownHostsProperties {
  private static final Pattern FOUND = Pattern.compile("found: line (\\d+)");

  /** In this package, because that is the one that is open to jqwik. */
  static final class SkipWithoutOpenSsh extends OpenSsh.SkipWithout {}

  private static Path file;

  @BeforeContainer
  static void makeFile() throws IOException {
    file = Files.createTempFile("psconnect-known-hosts-", "");
  }

  @AfterContainer
  static void removeFile() throws IOException {
    Files.delete(file);
  }

  @Property(tries = 300)
  void hasTheLinesThatSshKeygenFinds(
      @ForAll("lines") List<String> lines, @ForAll("hosts") String host) throws IOException {
    Files.write(file, lines);
    String answer = OpenSsh.run("ssh-keygen", "-l", "-F", host, "-f", file).output();
    List<Integer> expected =
        FOUND.matcher(answer).results().map(KnownHostsProperties::number).toList();
    List<Integer> found =
        new KnownHostsFiles(List.of(file))
            .of(host).stream().map(line -> line.place().number()).toList();
    assertEquals(expected, found, () -> String.join("\n", lines) + "\n" + answer);
  }

  private static int number(MatchResult found) {
    return Integer.parseInt(found.group(1));
  }

  @Property(tries = 300)
  void fileOfAnythingCanBeRead(@ForAll byte[] content) throws IOException {
    Files.write(file, content);
    assertEquals(List.of(), new KnownHostsFiles(List.of(file)).of("build01"));
  }

  @Provide
  Arbitrary<String> hosts() {
    return Arbitraries.of("a", "ab", "b.c", "[a]:2222", "10.0.0.7", "::1", "[::1]:2222");
  }

  @Provide
  Arbitrary<List<String>> lines() {
    return Arbitraries.frequencyOf(
            Tuple.of(10, hostLines()),
            Tuple.of(1, Arbitraries.of("", " ", "#a ssh-rsa x", "\t# a", "a", "a ssh-rsa", "@x")))
        .list()
        .ofMaxSize(8);
  }

  private static Arbitrary<String> hostLines() {
    return Combinators.combine(
            Arbitraries.of("", " ", "\t"),
            Arbitraries.frequency(
                Tuple.of(8, ""),
                Tuple.of(2, "@revoked "),
                Tuple.of(2, "@cert-authority  "),
                Tuple.of(1, "@other "),
                Tuple.of(1, "@revoked @revoked ")),
            Arbitraries.oneOf(names(), hashes()),
            Arbitraries.of(" ", "\t", "  "),
            keys(),
            Arbitraries.of("", " ", " # comment", " me@here", "\r"))
        .as((indent, marker, names, gap, key, end) -> indent + marker + names + gap + key + end);
  }

  private static Arbitrary<String> names() {
    return Arbitraries.of(
            "a",
            "A",
            "ab",
            "*",
            "a*",
            "?b",
            "!a",
            "!a*",
            "b.c",
            "[a]:2222",
            "[a]:*",
            "*:2222",
            "10.0.0.7",
            "10.*",
            "::1",
            "[::1]:2222",
            "")
        .list()
        .ofMinSize(1)
        .ofMaxSize(3)
        .map(names -> String.join(",", names))
        .filter(names -> !names.isEmpty());
  }

  private static Arbitrary<String> hashes() {
    Arbitrary<byte[]> salts = Arbitraries.bytes().array(byte[].class).ofSize(20);
    Arbitrary<String> good =
        Combinators.combine(salts, Arbitraries.of("a", "ab", "[a]:2222", "::1"))
            .as(KnownHostsProperties::hash);
    return Arbitraries.frequencyOf(
        Tuple.of(6, good),
        Tuple.of(1, Arbitraries.of("|1|", "|", "|2|AAAA|AAAA", "|1|AAAA|AAAA", "|1|!|!|", "|x")));
  }

  private static String hash(byte[] salt, String host) {
    Base64.Encoder base64 = Base64.getEncoder();
    return "|1|%s|%s"
        .formatted(base64.encodeToString(salt), base64.encodeToString(hmac(salt, host)));
  }

  private static byte[] hmac(byte[] salt, String host) {
    try {
      Mac mac = Mac.getInstance("HmacSHA1");
      mac.init(new SecretKeySpec(salt, "HmacSHA1"));
      return mac.doFinal(host.getBytes(StandardCharsets.UTF_8));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Arbitrary<String> keys() {
    return Arbitraries.frequencyOf(
        Tuple.of(8, Arbitraries.of(ED25519, ECDSA, RSA).map(TestKeys::text)),
        Tuple.of(
            1,
            Arbitraries.of(
                "ssh-rsa AAAA",
                "ssh-rsa ####",
                "ssh-none AAAA",
                "ssh-rsa",
                "#",
                TestKeys.text(ED25519).replace("ssh-ed25519", "ssh-rsa"),
                TestKeys.text(RSA).replace("== ", " ").substring(0, 60))));
  }
}
