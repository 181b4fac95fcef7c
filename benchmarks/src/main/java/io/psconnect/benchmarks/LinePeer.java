package io.psconnect.benchmarks;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Another library in a process of its own: given an encoded command a line, it answers with an exit
 * code.
 */
final class LinePeer implements AutoCloseable {
  private final Process process;
  private final BufferedWriter in;
  private final BufferedReader out;

  LinePeer(String password, List<String> command) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD);
    builder.environment().put("PEER_PASSWORD", password);
    process = builder.start();
    in =
        new BufferedWriter(
            new OutputStreamWriter(process.getOutputStream(), StandardCharsets.UTF_8));
    out =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
  }

  void run(String script) throws IOException {
    in.write(SideBySide.encoded(script));
    in.newLine();
    in.flush();
    String answer = out.readLine();
    if (!"0".equals(answer)) {
      throw new IllegalStateException("the peer should have answered 0; it answered " + answer);
    }
  }

  @Override
  public void close() throws IOException {
    in.close();
    process.destroy();
  }
}
