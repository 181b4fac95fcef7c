package io.psconnect.testkit.ssh;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** OpenSSH's own programs, with a folder of their own and nothing of the user's. */
final class OpenSsh {
  record Outcome(int exitCode, String stdout, String stderr) {}

  private final Path folder;
  private final SshHost host;
  private final List<String> options = new ArrayList<>();

  OpenSsh(Path folder, SshHost host) {
    this.folder = folder;
    this.host = host;
    Path knownHosts = host.writeKnownHosts(folder.resolve("known_hosts"));
    options.addAll(List.of("-F", "none", "-o", "UserKnownHostsFile=" + knownHosts));
    option("GlobalKnownHostsFile=none").option("StrictHostKeyChecking=yes");
    option("IdentityAgent=none").option("NumberOfPasswordPrompts=1");
  }

  OpenSsh option(String option) {
    options.addAll(List.of("-o", option));
    return this;
  }

  OpenSsh key(Path key) {
    return option("IdentitiesOnly=yes").option("IdentityFile=" + key);
  }

  /** The private key; the public one beside it ends with {@code .pub}. */
  static Path generateKey(Path folder, String name, String type) throws Exception {
    Path key = folder.resolve(name);
    Outcome outcome =
        execute(
            new ProcessBuilder(
                "ssh-keygen", "-q", "-t", type, "-N", "", "-C", name, "-f", key.toString()),
            new byte[0]);
    require(outcome);
    return key;
  }

  /** The certificate stands beside the key, named as ssh looks for it. */
  static void certify(Path ca, Path key, String principal, String... more) throws Exception {
    List<String> command =
        Stream.of(
                Stream.of("ssh-keygen", "-q", "-s", ca.toString(), "-I", "test", "-n", principal),
                Stream.of(more),
                Stream.of(key + ".pub"))
            .flatMap(part -> part)
            .toList();
    require(execute(new ProcessBuilder(command), new byte[0]));
  }

  private static void require(Outcome outcome) {
    if (outcome.exitCode() != 0) {
      throw new IllegalStateException(outcome.toString());
    }
  }

  Outcome run(String command) throws Exception {
    return run(command, "");
  }

  Outcome run(String command, String stdin) throws Exception {
    return execute(ssh(command), stdin.getBytes(UTF_8));
  }

  Outcome runWithAnswers(String command, String answer) throws Exception {
    ProcessBuilder ssh = ssh(command);
    Path askpass = folder.resolve("askpass");
    Files.writeString(askpass, "#!/bin/sh\ncat <<'END'\n" + answer + "\nEND\n");
    askpass.toFile().setExecutable(true);
    ssh.environment().put("SSH_ASKPASS", askpass.toString());
    ssh.environment().put("SSH_ASKPASS_REQUIRE", "force");
    return execute(ssh, new byte[0]);
  }

  private ProcessBuilder ssh(String command) {
    return program("ssh", "-p", "" + host.port(), target(), command);
  }

  Outcome sftp(String batch) throws Exception {
    return execute(
        program("sftp", "-q", "-b", "-", "-P", "" + host.port(), target()), batch.getBytes(UTF_8));
  }

  private String target() {
    return "admin@" + host.hostName();
  }

  private ProcessBuilder program(String name, String... rest) {
    return new ProcessBuilder(
        Stream.of(Stream.of(name), options.stream(), Stream.of(rest))
            .flatMap(part -> part)
            .toList());
  }

  private static Outcome execute(ProcessBuilder builder, byte[] stdin) throws Exception {
    Process process = builder.start();
    CompletableFuture<String> stdout = CompletableFuture.supplyAsync(() -> read(process, true));
    CompletableFuture<String> stderr = CompletableFuture.supplyAsync(() -> read(process, false));
    try (OutputStream in = process.getOutputStream()) {
      in.write(stdin);
    } catch (IOException e) {
      // It did not want them all.
    }
    if (!process.waitFor(60, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new IllegalStateException(builder.command() + " did not end");
    }
    return new Outcome(process.exitValue(), stdout.get(), stderr.get());
  }

  private static String read(Process process, boolean stdout) {
    try (var in = stdout ? process.getInputStream() : process.getErrorStream()) {
      return new String(in.readAllBytes(), UTF_8);
    } catch (IOException e) {
      return e.toString();
    }
  }
}
