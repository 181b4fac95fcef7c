package io.psconnect.testkit.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.psconnect.Connection;
import io.psconnect.ConnectionException;
import io.psconnect.Result;
import io.psconnect.Script;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Deque;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The host of a run of the contract, as its rules see it: connections, folders, and what can be
 * asked of it. One connection serves all rules that do not spoil it.
 */
public final class ContractHost {
  /** A process that has just ended may hold a file for another moment. */
  private static final String REMOVE =
      """
      foreach ($folder in %s) {
        for ($try = 0; $try -lt 10 -and [IO.Directory]::Exists($folder); $try++) {
          try { [IO.Directory]::Delete($folder, $true) } catch { Start-Sleep -Milliseconds 200 }
        }
      }
      exit 0
      """;

  private static final String DIGEST =
      """
      $path = %s
      if ([IO.File]::Exists($path)) {
        $file = [IO.File]::OpenRead($path)
        [BitConverter]::ToString([Security.Cryptography.SHA256]::Create().ComputeHash($file))
        $file.Dispose()
      } else {
        'absent'
      }
      """;

  private final ConnectionContract contract;
  private final List<Connection> opened = new ArrayList<>();
  private final List<String> folders = new ArrayList<>();
  private final Deque<String> stock = new ArrayDeque<>();
  private final List<Path> sources = new ArrayList<>();
  private Connection shared;

  ContractHost(ConnectionContract contract) {
    this.contract = contract;
  }

  /** How long a rule waits for what should come soon. */
  Duration patience() {
    return contract.patience();
  }

  /** Skips a rule that needs what is missing here. */
  void need(Capability capability) {
    String reason = contract.missing().get(capability);
    assumeTrue(reason == null, () -> "%s is missing: %s".formatted(capability, reason));
  }

  boolean has(Capability capability) {
    return !contract.missing().containsKey(capability);
  }

  /** The open connection that rules share. */
  Connection connection() throws ConnectionException, InterruptedException {
    if (shared == null) {
      shared = opened();
    }
    return shared;
  }

  /** A connection for one rule alone, open. */
  Connection opened() throws ConnectionException, InterruptedException {
    Connection connection = unopened();
    connection.open();
    return connection;
  }

  /** A connection for one rule alone, not open yet. */
  Connection unopened() throws ConnectionException, InterruptedException {
    Connection made = made();
    Connection connection =
        contract
            .platformNoise()
            .<Connection>map(noise -> new QuietConnection(made, noise))
            .orElse(made);
    opened.add(connection);
    return connection;
  }

  private Connection made() throws ConnectionException, InterruptedException {
    try {
      return contract.newConnection();
    } catch (ConnectionException | InterruptedException | RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new AssertionError("newConnection() made none: " + e.getMessage(), e);
    }
  }

  Result run(String text) throws ConnectionException, InterruptedException {
    return run(Script.of(text));
  }

  Result run(Script script) throws ConnectionException, InterruptedException {
    return connection().runScript(script);
  }

  /** The lines that a script wrote, after it was seen to succeed. */
  List<String> lines(String text) throws ConnectionException, InterruptedException {
    return lines(Script.of(text));
  }

  List<String> lines(Script script) throws ConnectionException, InterruptedException {
    Result result = run(script);
    assertEquals(0, result.exitCode(), () -> "exit code; stderr: " + result.stderr());
    return result.stdout().lines().toList();
  }

  /** What a script wrote, without the last line end, after it was seen to succeed. */
  String said(String text) throws ConnectionException, InterruptedException {
    return String.join("\n", lines(text));
  }

  /** The path of a folder that does not exist yet and is removed in the end. */
  String newFolder() {
    String folder = join(contract.remoteFolder(), "contract-" + UUID.randomUUID());
    folders.add(folder);
    return folder;
  }

  /** The path of a folder that exists, is empty, and is removed in the end. */
  String existingFolder() throws ConnectionException, InterruptedException {
    if (stock.isEmpty()) {
      stockUp();
    }
    return stock.remove();
  }

  /** Some at once, as each script costs the start of a PowerShell. */
  private void stockUp() throws ConnectionException, InterruptedException {
    List<String> made = Stream.generate(this::newFolder).limit(8).toList();
    said(
        "foreach ($f in %s) { $null = [IO.Directory]::CreateDirectory($f) }".formatted(list(made)));
    stock.addAll(made);
  }

  private static String list(List<String> paths) {
    return paths.stream().map(ContractHost::literal).collect(Collectors.joining(", "));
  }

  /** The path of something in a folder, with the separator that the folder's path uses. */
  String join(String folder, String name) {
    return folder + (folder.startsWith("/") ? "/" : "\\") + name;
  }

  /**
   * Text as a PowerShell expression in ASCII that no quoting, encoding or shell can harm: what a
   * rule uses to ask about one thing must not depend on another.
   */
  static String literal(String text) {
    String base64 = Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    return "([Text.Encoding]::UTF8.GetString([Convert]::FromBase64String('" + base64 + "')))";
  }

  /** A file on this machine with these bytes. */
  Path source(byte[] content) throws IOException {
    Path file = Files.createTempFile("psconnect-contract", ".bin");
    sources.add(file);
    return Files.write(file, content);
  }

  /** The SHA-256 of a file on the host, as the host computes it; {@code absent} without a file. */
  String sha256(String path) throws ConnectionException, InterruptedException {
    return said(DIGEST.formatted(literal(path)));
  }

  /** Fails unless a file on the host has this digest, and its folder nothing else. */
  void assertAlone(String sha256, String path) throws ConnectionException, InterruptedException {
    String entries =
        "[IO.Directory]::GetFileSystemEntries([IO.Path]::GetDirectoryName($path)).Length";
    assertEquals(
        List.of(sha256, "1"),
        lines(DIGEST.formatted(literal(path)) + entries),
        "the digest of %s, and how many entries its folder has".formatted(path));
  }

  /** How many entries a folder on the host has. */
  int entries(String folder) throws ConnectionException, InterruptedException {
    return Integer.parseInt(
        said("[IO.Directory]::GetFileSystemEntries(%s).Length".formatted(literal(folder))));
  }

  /** Closes all connections, and leaves nothing behind. */
  void close() {
    sources.forEach(ContractHost::delete);
    try {
      removeFolders();
    } finally {
      opened.forEach(Connection::close);
      forget();
    }
  }

  private void forget() {
    opened.clear();
    folders.clear();
    stock.clear();
    sources.clear();
    shared = null;
  }

  private void removeFolders() {
    if (shared == null || folders.isEmpty()) {
      return;
    }
    try {
      shared.runScript(REMOVE.formatted(list(folders)));
    } catch (IOException e) {
      throw new UncheckedIOException("the contract's folders could not be removed", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void delete(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
