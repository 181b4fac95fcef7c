package io.psconnect.cli;

import io.psconnect.Connection;
import io.psconnect.ConnectionException;
import io.psconnect.DurationText;
import io.psconnect.FileCopy;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Copies a file to a host, with a progress bar for who watches. */
@Command(
    name = "copy",
    description = {
      "Copies a file to a host. It gets a temporary name beside the target, is checked, and then"
          + " takes the target's name; an existing file is replaced. Missing folders are made."
    })
final class CopyCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Mixin private final HostOptions host;

  @Parameters(index = "0", paramLabel = "FILE", description = "A file on this machine.")
  private String file;

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "TARGET",
      description = {
        "Host and path in one: ssh://user@host/C:/folder/file, ssh://user@host:2222/tmp/file,"
            + " local:/tmp/file; ?option=value may follow. A percent sign in the path is"
            + " written %%25, a question mark %%3F."
      })
  private String target;

  @Option(
      names = "--to",
      paramLabel = "PATH",
      description = "The path on the host of --url, as it is; in place of TARGET.")
  private String path;

  @Option(
      names = "--timeout",
      paramLabel = "TIME",
      description = "How long it may take: 500ms, 30s, 5m. Default: any time.")
  private String timeout;

  CopyCommand(Terminal terminal, ShutdownInterrupt shutdown) {
    this.terminal = terminal;
    host = new HostOptions(terminal, shutdown);
  }

  @Override
  public Integer call() throws Exception {
    CopyTarget to = target();
    Path source = host.file("file", file).requireReadable();
    FileCopy copy = withTimeout(FileCopy.of(source, to.path()));
    try (Connection connection = host.connection(to.host())) {
      connection.open();
      transfer(connection, copy);
    }
    return 0;
  }

  private CopyTarget target() {
    if ((target == null) == (path == null)) {
      throw new IllegalArgumentException(
          "name the target once: as TARGET, or by --to with or without --url");
    }
    if (path != null) {
      return new CopyTarget(host.uri(), path);
    }
    if (host.url().isPresent()) {
      throw new IllegalArgumentException(
          "TARGET names the host, and so does --url; with --url, give the path by --to");
    }
    CopyTarget to = host.target(target);
    return new CopyTarget(host.withShorthands(to.host()), to.path());
  }

  private FileCopy withTimeout(FileCopy copy) {
    return timeout == null ? copy : copy.withTimeout(DurationText.parse("--timeout", timeout));
  }

  private void transfer(Connection connection, FileCopy copy) throws UnfinishedCopyException {
    Transfer transfer = new Transfer();
    try (TransferDisplay display = TransferDisplay.of(copy, terminal)) {
      connection.streamFile(copy.withListener(transfer.toldTo(display)));
    } catch (ConnectionException | InterruptedException e) {
      throw new UnfinishedCopyException(e, copy.target(), transfer);
    }
  }
}
