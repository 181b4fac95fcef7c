package io.psconnect.ssh.internal.auth;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Keys in every form, made by OpenSSH's and OpenSSL's own programs. */
final class TestKeys {
  static final String PASSPHRASE = "correct horse \u00e4\u20ac battery";

  private final Path folder;

  TestKeys(Path folder) {
    this.folder = folder;
  }

  Path file(String name) {
    return folder.resolve(name);
  }

  /** A new key, not encrypted, in OpenSSH's form. */
  Path make(String name, String... keygen) throws Exception {
    return run(name, List.of("ssh-keygen", "-q", "-N", "", "-C", "test key", "-f", name), keygen);
  }

  /** A copy of a key that ssh-keygen has written in another form. */
  Path rewritten(Path key, String name, String... keygen) throws Exception {
    Files.copy(key, file(name));
    Files.copy(Path.of(key + ".pub"), file(name + ".pub"));
    return run(name, List.of("ssh-keygen", "-q", "-p", "-P", "", "-f", name), keygen);
  }

  /** What another program makes of a key. */
  Path converted(Path key, String name, String... command) throws Exception {
    Files.copy(Path.of(key + ".pub"), file(name + ".pub"));
    return run(name, List.of(command), "-in", key.toString(), "-out", name);
  }

  Path certify(Path key, Path authority, String... keygen) throws Exception {
    run("", List.of("ssh-keygen", "-q", "-s", authority.toString()), with(keygen, key + ".pub"));
    return Path.of(key + "-cert.pub");
  }

  private static String[] with(String[] words, String last) {
    return Stream.concat(Stream.of(words), Stream.of(last)).toArray(String[]::new);
  }

  private Path run(String made, List<String> command, String... more) throws Exception {
    List<String> line = Stream.concat(command.stream(), Stream.of(more)).toList();
    said(folder, line);
    return file(made);
  }

  static String said(Path folder, List<String> line) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(line).directory(folder.toFile()).redirectErrorStream(true).start();
    process.getOutputStream().close();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new AssertionError(String.join(" ", line) + "\n" + said);
    }
    return said;
  }

  String fingerprint(Path key) throws Exception {
    return said(folder, List.of("ssh-keygen", "-l", "-f", key + ".pub")).split(" ")[1];
  }
}
