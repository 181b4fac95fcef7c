package io.psconnect.ssh.internal.route;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.psconnect.ssh.SshOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RouteTest {
  private static final String USER = System.getProperty("user.name");

  @TempDir Path folder;

  private Path file(String name, String... lines) throws IOException {
    return Files.write(folder.resolve(name), List.of(lines));
  }

  private SshOptions.Builder configured(String host, String... lines) throws IOException {
    return SshOptions.builder().host(host).configFile(file("config", lines));
  }

  private static List<String> places(SshOptions options) {
    return Route.of(options).stream().map(hop -> hop.user() + "@" + hop.place()).toList();
  }

  private static Hop last(SshOptions options) {
    List<Hop> hops = Route.of(options);
    return hops.get(hops.size() - 1);
  }

  private String refusal(SshOptions options) {
    String message =
        assertThrows(IllegalArgumentException.class, () -> Route.of(options)).getMessage();
    return message.replace(folder.toString(), "");
  }

  @Test
  void hostAloneIsTheWholeWay() {
    Hop hop = last(SshOptions.builder().host("Build01").build());
    Path knownHosts = Path.of(System.getProperty("user.home"), ".ssh", "known_hosts");
    assertEquals(new Hop("Build01", "build01", 22, USER, List.of(), List.of(knownHosts)), hop);
  }

  @Test
  void optionsWinOverTheConfigurationFile() throws IOException {
    Hop hop =
        last(
            configured(
                    "a", "Host a", "Port 1", "User file", "UserKnownHostsFile /f", "ProxyJump no")
                .port(2)
                .username("option")
                .knownHosts(Path.of("/option"))
                .proxyJump("option@jump")
                .build());
    assertEquals(new Hop("a", "a", 2, "option", List.of(), List.of(Path.of("/option"))), hop);
  }

  @Test
  void configurationFileWinsOverDefaults() throws IOException {
    Hop hop =
        last(
            configured(
                    "a",
                    "Host a",
                    " HostName %h.example",
                    " Port 2222",
                    " User bob",
                    " IdentityFile /keys/%r@%h:%p-%n-%%",
                    " IdentityFile none",
                    " IdentityFile \"/keys/t wo\"",
                    " UserKnownHostsFile /known/%u /known/two",
                    "Host *",
                    " Port 1")
                .build());
    assertEquals(
        new Hop(
            "a",
            "a.example",
            2222,
            "bob",
            List.of(Path.of("/keys/bob@a.example:2222-a-%"), Path.of("/keys/t wo")),
            List.of(Path.of("/known/" + USER), Path.of("/known/two"))),
        hop);
  }

  @Test
  void variablesOfTheEnvironmentStandInPaths() throws IOException {
    Hop hop = last(configured("a", "IdentityFile ${PATH}/key").build());
    assertEquals(List.of(Path.of(System.getenv("PATH") + "/key")), hop.identityFiles());
  }

  @Test
  void noFileOfKnownHostsIsPossible() throws IOException {
    assertEquals(List.of(), last(configured("a", "UserKnownHostsFile none").build()).knownHosts());
  }

  @Test
  void jumpHostsComeFirstAndGoThroughTheConfigurationToo() throws IOException {
    SshOptions options =
        configured("a", "Host one", " HostName one.example", " Port 23", " User bob")
            .proxyJump("one", "eve@[::1]:24")
            .username("ann")
            .build();
    assertEquals(List.of("bob@one.example:23", "eve@[::1]:24", "ann@a:22"), places(options));
  }

  @Test
  void onlyTheFirstJumpHostHasJumpHostsOfItsOwn() throws IOException {
    SshOptions options =
        configured(
                "a",
                "User u",
                "Host a",
                " ProxyJump one,two",
                "Host one",
                " ProxyJump ssh://x%40y@zero:2200/",
                "Host two",
                " ProxyJump never")
            .build();
    assertEquals(List.of("x@y@zero:2200", "u@one:22", "u@two:22", "u@a:22"), places(options));
  }

  @Test
  void jumpHostMayBeMadeFromTheHost() throws IOException {
    SshOptions options = configured("a", "User u", "Host a", " ProxyJump %r@jump-%n:23").build();
    assertEquals(List.of("u@jump-a:23", "u@a:22"), places(options));
  }

  @Test
  void noneKeepsAJumpHostAway() throws IOException {
    SshOptions options =
        configured("a", "User u", "Host a", " ProxyJump none", "Host *", " ProxyJump j").build();
    assertEquals(List.of("u@a:22"), places(options));
  }

  @Test
  void jumpHostThatIsReachedThroughItselfIsRefused() throws IOException {
    assertEquals(
        "the way by ProxyJump leads to bastion:22 twice; take it out of the jump hosts, or write"
            + " 'ProxyJump none' for it in the configuration file",
        refusal(configured("a", "ProxyJump bastion").build()));
  }

  @Test
  void circleOfSeveralIsRefused() throws IOException {
    String message =
        refusal(
            configured("a", "Host a", " ProxyJump b", "Host b", " ProxyJump c", "Host c")
                .configFile(file("circle", "Host a c", " ProxyJump b", "Host b", " ProxyJump c"))
                .build());
    assertEquals("the way by ProxyJump leads to b:22 twice", message.split(";")[0]);
  }

  @Test
  void endlessWayIsRefused() throws IOException {
    assertEquals(
        "the way by ProxyJump has more than 16 hosts",
        refusal(configured("a", "ProxyJump x%h").build()));
  }

  @Test
  void sameHostAtOtherPortsIsNoCircle() throws IOException {
    SshOptions options =
        configured("a", "User u", "Host a", " HostName h", "Host b", " HostName h")
            .proxyJump("b:23")
            .build();
    assertEquals(List.of("u@h:23", "u@h:22"), places(options));
  }

  @Test
  void matchBlocksArePassedOver() throws IOException {
    Hop hop =
        last(
            configured(
                    "a",
                    "Match exec \"true\"",
                    " User wrong",
                    "Match all",
                    " User right",
                    "Match host a",
                    " Port 1")
                .build());
    assertEquals("right", hop.user());
    assertEquals(22, hop.port());
  }

  @Test
  void includedFilesHoldForTheBlockTheyStandIn() throws IOException {
    file("one.conf", "User one", "Host *", " Port 1");
    file("two.conf", "User two", "Host a", " Port 2");
    Hop hop =
        last(
            configured(
                    "a",
                    "Host b",
                    " Include " + folder + "/one.conf",
                    "Host a",
                    " Include \"" + folder + "/tw?.conf\" " + folder + "/missing")
                .build());
    assertEquals("two", hop.user());
    assertEquals(2, hop.port());
  }

  @Test
  void fileThatIncludesItselfIsRefused() throws IOException {
    SshOptions options = configured("a", "", "Include " + folder + "/config").build();
    assertEquals("/config, line 2: files are included more than 16 deep", refusal(options));
  }

  @Test
  void missingFileIsRefused() {
    SshOptions options = SshOptions.builder().host("a").configFile(folder.resolve("no")).build();
    assertEquals(
        "configuration file /no does not exist; name one that does, or none", refusal(options));
  }

  @Test
  void unreadableFileIsRefused() {
    String message = refusal(SshOptions.builder().host("a").configFile(folder).build());
    assertTrue(message.startsWith("configuration file  cannot be read: "), message);
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "65536", "-1", "ssh", "99999999999"})
  void badPortIsRefusedWithFileAndLine(String port) throws IOException {
    assertEquals(
        "/config, line 2: port is '%s'; it must be a number between 1 and 65535".formatted(port),
        refusal(configured("a", "Host a", "Port " + port).build()));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "User               | User has no value",
        "User =             | User has no value",
        "User \"\"          | User has no value",
        "User \"a           | the quote \" is not closed",
        "User a b           | user has more than one value: a b; put a value with blanks in double"
            + " quotes",
        "=5                 | it is '=5'; it must begin with a keyword",
        "HostName %d        | hostname is '%d'; '%d' is not known here, only %%, %h",
        "IdentityFile /%C   | identityfile is '/%C'; '%C' is not known here, only %%, %d, %h, %n,"
            + " %p, %r, %u",
        "IdentityFile /%    | identityfile is '/%'; '%' is not known here, only %%, %d, %h, %n, %p,"
            + " %r, %u",
        "IdentityFile ${NO_} | the environment has no variable 'NO_'; set it",
        "ProxyJump a:b      | jump host is 'a:b'; it must be written as user@host:port or"
            + " ssh://user@host:port, where user@ and :port may be left out",
        "ProxyJump a,       | jump host is ''; it must be written as user@host:port or"
            + " ssh://user@host:port, where user@ and :port may be left out",
        "ProxyJump a:70000  | port is '70000'; it must be a number between 1 and 65535",
      })
  void brokenLineIsRefusedWithFileAndLine(String line, String why) throws IOException {
    SshOptions options = configured("a", "# ours", line).build();
    assertEquals("/config, line 2: " + why, refusal(options));
  }

  @Test
  void whatIsNotReadMaySayAnything() throws IOException {
    Hop hop = last(configured("a", "SetEnv A=\"b c\" D=e", "UseRoaming maybe", "Port 5").build());
    assertEquals(5, hop.port());
  }
}
