package io.psconnect.ssh.internal.sftp;

import io.psconnect.ConnectionException;
import io.psconnect.ConnectionTimeoutException;
import io.psconnect.DurationText;
import io.psconnect.FileCopy;
import io.psconnect.FileCopyException;
import io.psconnect.ScriptState;
import io.psconnect.SessionDroppedException;
import io.psconnect.Termination;
import io.psconnect.spi.Deadline;
import io.psconnect.ssh.internal.sftp.Placement.Beginning;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import org.apache.sshd.common.AttributeRepository.AttributeKey;

/**
 * One file copied by SFTP to a temporary name beside its target, where PowerShell on the host reads
 * it, checks it, and gives it its name.
 */
public final class SftpCopy {
  private static final System.Logger LOG = System.getLogger(SftpCopy.class.getName());

  /** A smaller one has gone into PowerShell's standard input by the time that SFTP is ready. */
  private static final long SMALLEST = 2 << 20;

  /** How far apart the host is told what is there; it then reads that much in the end alone. */
  private static final long STRIDE = 16 << 20;

  private static final Duration PATIENCE_WITH_SERVER = Duration.ofSeconds(30);

  /** In sessions whose SFTP does not see what PowerShell sees there. */
  private static final AttributeKey<Boolean> NO_PATHS = new AttributeKey<>();

  private static final AttributeKey<Boolean> NO_DRIVES = new AttributeKey<>();

  private final FileCopy copy;
  private final SftpTarget target;
  private final SftpHost host;
  private final Deadline deadline;
  private final Patience patience;
  private Optional<SftpFile> made = Optional.empty();
  private long reported;
  private long announced;
  private boolean finishing;

  /**
   * A copy that {@link #suits}.
   *
   * @param copy what to copy
   * @param host where to
   * @param deadline by which it must be done
   */
  public SftpCopy(FileCopy copy, SftpHost host, Deadline deadline) {
    this.copy = copy;
    this.host = host;
    this.deadline = deadline;
    target = SftpTarget.of(copy.target()).orElseThrow();
    patience = new Patience(deadline);
  }

  /** Whether SFTP is a way for a file of this size, to such a path. */
  public static boolean suits(FileCopy copy) {
    return size(copy.source()) >= SMALLEST && SftpTarget.of(copy.target()).isPresent();
  }

  /** Whoever reads it will say why he cannot. */
  private static long size(Path source) {
    try {
      return Files.size(source);
    } catch (IOException e) {
      return 0;
    }
  }

  /**
   * Copies the file.
   *
   * @return false if the host has no SFTP, or one that does not see what PowerShell sees there;
   *     nothing was done then
   */
  public boolean run() throws ConnectionException, InterruptedException {
    if (host.session().getAttribute(lack()) != null) {
      return false;
    }
    try (Placement placement = new Placement(host, target)) {
      return run(placement);
    }
  }

  private AttributeKey<Boolean> lack() {
    return target.isOnDrive() ? NO_DRIVES : NO_PATHS;
  }

  private boolean run(Placement placement) throws ConnectionException, InterruptedException {
    try {
      send(placement);
      finish(placement);
      return true;
    } catch (SftpUnavailableException e) {
      placement.giveUp();
      return unavailable(e);
    } catch (TimeoutException e) {
      throw timedOut(placement.giveUp());
    } catch (InterruptedException e) {
      placement.giveUp();
      throw interrupted();
    } catch (IOException e) {
      placement.giveUp();
      throw failed(e);
    } catch (RuntimeException | Error e) {
      placement.giveUp();
      throw e;
    }
  }

  private boolean unavailable(SftpUnavailableException reason) {
    LOG.log(Level.DEBUG, host.origin() + ": the file goes by PowerShell's standard input", reason);
    if (reason.isLasting()) {
      host.session().setAttribute(lack(), true);
    }
    return false;
  }

  private void send(Placement placement)
      throws IOException, TimeoutException, InterruptedException {
    SftpChannel channel = SftpChannel.open(host.session(), patience, PATIENCE_WITH_SERVER);
    try (SourceFile source = new SourceFile(copy.source())) {
      SftpFile file = open(channel, placement);
      send(source, file, placement);
      requireSameFile(patience.await(placement.beginning()));
      file.close();
      patience.check();
      finishing = true;
      placement.finish(file.written(), source.sha256Hex());
    } catch (SftpUnavailableException e) {
      removeStray(channel);
      throw e;
    } finally {
      channel.close(false);
    }
  }

  /**
   * PowerShell takes a while to come up. So the file is made without waiting for it; but where that
   * cannot be, for want of a folder mostly, PowerShell makes both.
   */
  private SftpFile open(SftpChannel channel, Placement placement)
      throws IOException, TimeoutException, InterruptedException {
    made = SftpFile.create(channel, target.temporaryPath(), patience);
    if (made.isPresent()) {
      return made.get();
    }
    requireSameFile(patience.await(placement.beginning()));
    return SftpFile.open(channel, target.temporaryPath(), patience);
  }

  /** Of two who have made the same new file, each has made one of his own. */
  private void requireSameFile(Beginning beginning) throws SftpUnavailableException {
    if (beginning == Beginning.FAILED) {
      throw new SftpUnavailableException("PowerShell made no temporary file", false, null);
    }
    if (made.isPresent() && beginning == Beginning.MADE) {
      throw new SftpUnavailableException("PowerShell does not see what SFTP has made", true, null);
    }
  }

  private void send(SourceFile source, SftpFile file, Placement placement)
      throws IOException, TimeoutException, InterruptedException {
    for (ByteBuffer room = file.room(); source.read(room); room = file.room()) {
      patience.check();
      requireSameFile(placement.beginning().getNow(Beginning.SEEN));
      file.write(room);
      report(file.written(), source, placement);
    }
    while (file.awaitAnswer()) {
      report(file.written(), source, placement);
    }
  }

  /** Nobody else would. Windows wants it closed before. */
  private void removeStray(SftpChannel channel)
      throws IOException, TimeoutException, InterruptedException {
    if (made.isPresent()) {
      made.get().close();
      patience.await(channel.send(id -> SftpRequest.remove(id, target.temporaryPath()), patience));
    }
  }

  private void report(long written, SourceFile source, Placement placement) {
    if (written >= announced + STRIDE) {
      announced = written;
      placement.advance(written);
    }
    if (written > reported) {
      reported = written;
      copy.listener().onProgress(written, source.size());
    }
  }

  private void finish(Placement placement)
      throws IOException, TimeoutException, InterruptedException {
    if (patience.await(placement.exitCode()) != 0) {
      throw new IOException(placement.reason());
    }
  }

  private ConnectionTimeoutException timedOut(boolean ended) {
    return new ConnectionTimeoutException(
        host.origin(),
        state(),
        ended ? Termination.CONFIRMED : Termination.UNCONFIRMED,
        "%s was not copied within %s and is %s"
            .formatted(copy.target(), DurationText.of(deadline.allowed()), outcome()));
  }

  private InterruptedException interrupted() {
    return new InterruptedException(
        "%s: interrupted; %s is %s".formatted(host.origin(), copy.target(), outcome()));
  }

  private ConnectionException failed(IOException e) {
    if (e instanceof SourceFile.UnreadableException) {
      return new FileCopyException(host.origin(), e.getMessage(), e);
    }
    if (host.session().isOpen() && !(e instanceof ConnectionException)) {
      return new FileCopyException(
          host.origin(),
          "%s could not be written on the host: %s".formatted(copy.target(), e.getMessage()),
          e);
    }
    return new SessionDroppedException(
        host.origin(),
        state(),
        "%s; %s is %s, and a file %s may have been left beside it"
            .formatted(lossReason(e), copy.target(), outcome(), target.temporaryName()),
        e);
  }

  private String lossReason(IOException e) {
    return host.session().isOpen()
        ? "PowerShell's end was not told: " + e.getMessage()
        : "the session was lost: " + host.endReason();
  }

  /** Once the host has been told that all is there, the answer alone can be lost. */
  private String outcome() {
    return finishing ? "as it was, or the new file" : "as it was";
  }

  private ScriptState state() {
    return finishing ? ScriptState.MAY_HAVE_RUN : ScriptState.NOT_STARTED;
  }
}
