package io.psconnect.ssh.internal.sftp;

import io.psconnect.ConnectionException;
import io.psconnect.FileCopy;
import io.psconnect.spi.CopyProgress;
import io.psconnect.spi.Deadline;
import io.psconnect.spi.SourceFile;
import io.psconnect.ssh.internal.sftp.Placement.Beginning;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
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
  private final Patience patience;
  private final CopyProgress progress;
  private Optional<SftpFile> made = Optional.empty();
  private long announced;

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
    target = SftpTarget.of(copy.target()).orElseThrow();
    patience = new Patience(deadline);
    progress = new CopyProgress(copy, host.origin(), deadline);
  }

  /** Whether SFTP is a way for a file of this size, to such a path. */
  public static boolean suits(FileCopy copy) {
    return SourceFile.sizeOf(copy.source()) >= SMALLEST && SftpTarget.of(copy.target()).isPresent();
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
      throw progress.timedOut(placement.giveUp());
    } catch (InterruptedException e) {
      placement.giveUp();
      throw progress.interrupted();
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
      progress.finishing();
      placement.finish(file.written(), source.sha256());
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
    for (ByteBuffer room = file.room(); source.read(room) >= 0; room = file.room()) {
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
    progress.report(written, source.size());
  }

  private void finish(Placement placement)
      throws IOException, TimeoutException, InterruptedException {
    if (patience.await(placement.exitCode()) != 0) {
      throw new IOException(placement.reason());
    }
  }

  private ConnectionException failed(IOException e) {
    boolean sessionIsWell = host.session().isOpen() && !(e instanceof ConnectionException);
    return sessionIsWell || e instanceof SourceFile.UnreadableException
        ? progress.failed(e)
        : progress.lost(lossReason(e), target.temporaryName(), e);
  }

  private String lossReason(IOException e) {
    return host.session().isOpen()
        ? "PowerShell's end was not told: " + e.getMessage()
        : "the session was lost: " + host.endReason();
  }
}
