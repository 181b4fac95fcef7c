package io.psconnect.ssh;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;

/** The keys of a server and of its user, made by ssh-keygen. */
final class SshKeys {
  private final Path folder;

  SshKeys(Path server) throws IOException {
    folder = Files.createDirectory(server.resolve("keys"));
    Files.createFile(authorizedKeys());
    make("authority", "-t", "ed25519");
  }

  Path file(String name) {
    return folder.resolve(name);
  }

  Path authorizedKeys() {
    return file("authorized_keys");
  }

  Path knownHosts() {
    return file("known_hosts");
  }

  /** The private key that certifies hosts and users. */
  Path authority() {
    return file("authority");
  }

  Path hostKey(String type) {
    return file("host_" + type);
  }

  static Path certificateOf(Path key) {
    return key.resolveSibling(key.getFileName() + "-cert.pub");
  }

  static Path publicOf(Path key) {
    return key.resolveSibling(key.getFileName() + ".pub");
  }

  /** Makes a key, not encrypted unless the arguments say otherwise. */
  Path make(String name, String... keygen) {
    List<String> arguments = new ArrayList<>(List.of("-q", "-f", file(name).toString()));
    Collections.addAll(arguments, keygen);
    if (!arguments.contains("-N")) {
      Collections.addAll(arguments, "-N", "");
    }
    keygen(arguments);
    return file(name);
  }

  void makeHostKeys(List<String> types, boolean certified) {
    for (String type : types) {
      make(hostKey(type).getFileName().toString(), "-t", type);
      if (certified) {
        sign(hostKey(type), "-h", "-I", "host", "-n", "127.0.0.1,localhost");
      }
    }
  }

  void authorize(Path key) {
    append(authorizedKeys(), read(publicOf(key)));
  }

  Path certifyUser(Path key, String user, String... keygen) {
    sign(key, Stream.concat(Stream.of("-I", "user", "-n", user), Stream.of(keygen)).toList());
    return certificateOf(key);
  }

  private void sign(Path key, String... keygen) {
    sign(key, List.of(keygen));
  }

  private void sign(Path key, List<String> keygen) {
    List<String> arguments = new ArrayList<>(List.of("-q", "-s", authority().toString()));
    arguments.addAll(keygen);
    arguments.add(publicOf(key).toString());
    keygen(arguments);
  }

  void knowHost(int port, boolean certified) {
    String host = "[127.0.0.1]:%d ".formatted(port);
    List<String> lines =
        certified
            ? List.of("@cert-authority " + host + read(publicOf(authority())))
            : RealSshd.HOST_KEY_TYPES.stream()
                .map(type -> host + read(publicOf(hostKey(type))))
                .toList();
    append(knownHosts(), String.join("", lines));
  }

  String fingerprint(Path key) {
    return keygen(List.of("-l", "-E", "sha256", "-f", key.toString())).split(" ")[1];
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void append(Path file, String text) {
    try {
      Files.writeString(file, text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String keygen(List<String> arguments) {
    List<String> command = new ArrayList<>(List.of("ssh-keygen"));
    command.addAll(arguments);
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      process.getOutputStream().close();
      byte[] said = process.getInputStream().readAllBytes();
      String output = new String(said, StandardCharsets.UTF_8);
      if (process.waitFor() != 0) {
        throw new AssertionError(String.join(" ", command) + "\n" + output);
      }
      return output;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted: " + command, e);
    }
  }
}
