package io.psconnect.testkit.contract;

import io.psconnect.Connection;
import io.psconnect.ConnectionException;
import io.psconnect.FileCopy;
import io.psconnect.Health;
import io.psconnect.Result;
import io.psconnect.Script;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/** A connection whose results lack what the platform below PowerShell has written of its own. */
record QuietConnection(Connection connection, Pattern noise) implements Connection {

  @Override
  public Result runScript(Script script) throws ConnectionException, InterruptedException {
    Result result = connection.runScript(script);
    return Result.ofBytes(
        result.exitCode(),
        result.stdoutBytes(),
        quiet(result.stderrBytes()),
        result.duration(),
        result.truncated());
  }

  /** In ISO 8859-1, in which every byte is a character and comes back as it was. */
  private byte[] quiet(byte[] output) {
    String text = new String(output, StandardCharsets.ISO_8859_1);
    return noise.matcher(text).replaceAll("").getBytes(StandardCharsets.ISO_8859_1);
  }

  @Override
  public void streamFile(FileCopy copy) throws ConnectionException, InterruptedException {
    connection.streamFile(copy);
  }

  @Override
  public void open() throws ConnectionException, InterruptedException {
    connection.open();
  }

  @Override
  public Health healthcheck() throws ConnectionException, InterruptedException {
    return connection.healthcheck();
  }

  @Override
  public String backend() {
    return connection.backend();
  }

  @Override
  public void close() {
    connection.close();
  }
}
