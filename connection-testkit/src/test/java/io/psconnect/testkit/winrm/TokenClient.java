package io.psconnect.testkit.winrm;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A client that is not ours: GSS-NTLMSSP, MIT Kerberos or ntlm_auth, driven through Python. */
final class TokenClient implements AutoCloseable {
  private static final HexFormat HEX = HexFormat.of();

  private final Process process;
  private final BufferedReader answers;
  private boolean complete;

  private TokenClient(Process process) {
    this.process = process;
    this.answers = process.inputReader(StandardCharsets.UTF_8);
  }

  /** Who logs in, where to, and bound to what. */
  record Login(String mechanism, String user, String password, String target, byte[] binding) {
    static Login of(String mechanism, String user, String password) {
      return new Login(mechanism, user, password, "HTTP@localhost", new byte[0]);
    }

    Login bound(byte[] applicationData) {
      return new Login(mechanism, user, password, target, applicationData);
    }
  }

  static TokenClient start(Login login, Map<String, String> environment) throws IOException {
    List<String> command = new ArrayList<>(List.of(Python.PROGRAM, "-c", script()));
    command.addAll(List.of(login.mechanism(), login.user(), login.target()));
    command.add(HEX.formatHex(login.binding()));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().putAll(environment);
    builder.environment().put("PSCONNECT_TEST_PASSWORD", login.password());
    return new TokenClient(builder.redirectError(ProcessBuilder.Redirect.INHERIT).start());
  }

  private static String script() throws IOException {
    try (InputStream in = TokenClient.class.getResourceAsStream("client.py")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  /** Its answer to the host's token; to an empty one, its first. */
  byte[] step(byte[] token) throws IOException {
    List<String> answer = ask("step", token);
    complete = answer.get(0).equals("done");
    return answer.size() < 2 ? new byte[0] : HEX.parseHex(answer.get(1));
  }

  boolean isComplete() {
    return complete;
  }

  /** Logs in; what either refuses comes out of here. */
  void logIn(HostContext host) throws IOException, RefusedLogin {
    byte[] token = step(new byte[0]);
    while (!host.isEstablished()) {
      byte[] answer = host.accept(token);
      token = complete && answer.length == 0 ? token : step(answer);
    }
  }

  HostContext.SealedMessage seal(byte[] message) throws IOException {
    List<String> parts = ask("wrap", message);
    byte[] data = parts.size() < 2 ? new byte[0] : HEX.parseHex(parts.get(1));
    return new HostContext.SealedMessage(HEX.parseHex(parts.get(0)), data);
  }

  byte[] unseal(HostContext.SealedMessage sealed) throws IOException {
    List<String> parts = ask("unwrap", sealed.header(), sealed.data());
    return parts.isEmpty() ? new byte[0] : HEX.parseHex(parts.get(0));
  }

  /** A MIC for SPNEGO. */
  byte[] sign(byte[] message) throws IOException {
    return HEX.parseHex(ask("sign", message).get(0));
  }

  void verify(byte[] message, byte[] signature) throws IOException {
    ask("verify", message, signature);
  }

  private List<String> ask(String command, byte[]... parts) throws IOException {
    StringBuilder line = new StringBuilder(command);
    Stream.of(parts).forEach(part -> line.append(' ').append(HEX.formatHex(part)));
    process.getOutputStream().write((line + "\n").getBytes(StandardCharsets.US_ASCII));
    process.getOutputStream().flush();
    String answer = answers.readLine();
    if (answer == null || !answer.startsWith("ok")) {
      throw new IOException("The client says: " + answer);
    }
    return Stream.of(answer.split(" ")).skip(1).filter(word -> !word.isEmpty()).toList();
  }

  @Override
  public void close() {
    process.destroy();
    try {
      answers.close();
      process.waitFor(10, TimeUnit.SECONDS);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
