package io.psconnect.testkit.ssh;

import io.psconnect.testkit.ssh.SshFault.FileError;
import io.psconnect.testkit.ssh.SshFault.Kind;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.sshd.common.util.buffer.Buffer;
import org.apache.sshd.sftp.server.FileHandle;
import org.apache.sshd.sftp.server.SftpFileSystemAccessor;
import org.apache.sshd.sftp.server.SftpSubsystemProxy;

/** The files that SFTP shows, and what goes wrong with them. */
final class SftpFiles implements SftpFileSystemAccessor {
  private static final Pattern DRIVE = Pattern.compile("/*([A-Za-z]:)(/.*)?");

  private final Path home;

  /** What clients see as {@code /}; empty for the file system as it is. */
  private final Optional<Path> root;

  private final boolean windows;
  private final Faults faults;

  SftpFiles(Path home, Optional<Path> root, boolean windows, Faults faults) {
    this.home = home;
    this.root = root;
    this.windows = windows;
    this.faults = faults;
  }

  @Override
  public Path resolveLocalFilePath(SftpSubsystemProxy sftp, Path ignored, String remote)
      throws InvalidPathException {
    String path = windows ? remote.replace('\\', '/') : remote;
    Matcher drive = DRIVE.matcher(path);
    if (windows && drive.matches()) {
      return inRoot(drive(drive.group(1)), Optional.ofNullable(drive.group(2)).orElse(""));
    }
    return path.startsWith("/") ? absolute(path) : relative(path);
  }

  private Path absolute(String path) {
    return root.map(folder -> inRoot(folder, path)).orElseGet(() -> Path.of(path));
  }

  private Path relative(String path) {
    return root.map(folder -> inRoot(folder, folder.relativize(home).resolve(path).toString()))
        .orElseGet(() -> home.resolve(path).normalize());
  }

  /** Nothing leads out of it: above a root there is the root again. */
  private static Path inRoot(Path folder, String path) {
    Path absolute = Path.of("/" + path).normalize();
    return absolute.getNameCount() == 0
        ? folder
        : folder.resolve(absolute.subpath(0, absolute.getNameCount()));
  }

  /** The folder of the drive, whatever the case of its letter. */
  private Path drive(String name) {
    Path folder = root.orElseThrow();
    return Stream.of(name, name.toUpperCase(Locale.ROOT), name.toLowerCase(Locale.ROOT))
        .map(folder::resolve)
        .filter(Files::isDirectory)
        .findFirst()
        .orElseGet(() -> folder.resolve(name));
  }

  /** Absolute names, which are full paths of this machine, are shown from the root on. */
  @Override
  public void putRemoteFileName(
      SftpSubsystemProxy sftp, Path path, Buffer buffer, String name, boolean isShort) {
    String prefix = root.map(Path::toString).orElse("");
    boolean inside = !prefix.isEmpty() && name.startsWith(prefix);
    String shown = inside ? name.substring(prefix.length()) : name;
    buffer.putString(shown.isEmpty() ? "/" : shown);
  }

  @Override
  public SeekableByteChannel openFile(
      SftpSubsystemProxy sftp,
      FileHandle handle,
      Path file,
      String id,
      Set<? extends OpenOption> options,
      FileAttribute<?>... attributes)
      throws IOException {
    SeekableByteChannel channel =
        SftpFileSystemAccessor.super.openFile(sftp, handle, file, id, options, attributes);
    Optional<SshFault> fault = faults.find(Kind.SFTP_FAILS);
    return fault.isPresent() && options.contains(StandardOpenOption.WRITE)
        ? new FailingFile(channel, file, fault.get())
        : channel;
  }

  /** A file that takes so many bytes. */
  private static final class FailingFile implements SeekableByteChannel {
    private final SeekableByteChannel file;
    private final Path path;
    private final SshFault fault;

    FailingFile(SeekableByteChannel file, Path path, SshFault fault) {
      this.file = file;
      this.path = path;
      this.fault = fault;
    }

    @Override
    public int write(ByteBuffer bytes) throws IOException {
      if (position() + bytes.remaining() > fault.count()) {
        throw fault.fileError() == FileError.DISK_FULL
            ? new IOException("No space left on device")
            : new AccessDeniedException(path.toString());
      }
      return file.write(bytes);
    }

    @Override
    public int read(ByteBuffer bytes) throws IOException {
      return file.read(bytes);
    }

    @Override
    public long position() throws IOException {
      return file.position();
    }

    @Override
    public SeekableByteChannel position(long position) throws IOException {
      file.position(position);
      return this;
    }

    @Override
    public long size() throws IOException {
      return file.size();
    }

    @Override
    public SeekableByteChannel truncate(long size) throws IOException {
      file.truncate(size);
      return this;
    }

    @Override
    public boolean isOpen() {
      return file.isOpen();
    }

    @Override
    public void close() throws IOException {
      file.close();
    }
  }
}
