package io.psconnect;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;

/** A file to copy to a host: from where, to where, and the manner of the copy. Immutable. */
public final class FileCopy {
  private static final Pattern WINDOWS_PATH =
      Pattern.compile("(?s)/?[A-Za-z]:[\\\\/].+|\\\\\\\\.+");

  private final Path source;
  private final String target;
  private Duration timeout;
  private TransferListener listener = (transferred, total) -> {};

  private FileCopy(Path source, String target) {
    this.source = source;
    this.target = target;
  }

  private FileCopy(FileCopy other) {
    this(other.source, other.target);
    timeout = other.timeout;
    listener = other.listener;
  }

  /**
   * A copy without a timeout.
   *
   * @param source a file on this machine
   * @param target an absolute path on the host, of the file itself and not of its folder: {@code
   *     C:\x}, {@code C:/x}, {@code \\server\share\x}, or {@code /x} where the host is not Windows;
   *     any character that the host allows in a name, quotes of every kind included
   * @return the copy
   * @throws IllegalArgumentException if the source is not a file that can be read, or the target is
   *     not such a path
   */
  public static FileCopy of(Path source, String target) {
    Objects.requireNonNull(source, "source");
    Objects.requireNonNull(target, "target");
    requireFile(source);
    requireAbsolute(target);
    return new FileCopy(source, target);
  }

  private static void requireFile(Path source) {
    if (!Files.exists(source)) {
      throw new IllegalArgumentException("source %s does not exist".formatted(source));
    }
    if (Files.isDirectory(source)) {
      throw new IllegalArgumentException(
          "source %s is a directory; only a file can be copied".formatted(source));
    }
    if (!Files.isReadable(source)) {
      throw new IllegalArgumentException("source %s cannot be read".formatted(source));
    }
  }

  private static void requireAbsolute(String target) {
    boolean absolute = target.startsWith("/") || isWindowsPath(target);
    boolean folder = target.endsWith("/") || target.endsWith("\\");
    if (!absolute || folder || target.indexOf('\0') >= 0) {
      throw new IllegalArgumentException(
          "target '%s' must be the absolute path of a file on the host, C:\\folder\\file or /folder/file"
              .formatted(target.replace('\0', '\uFFFD')));
    }
  }

  private static boolean isWindowsPath(String path) {
    return WINDOWS_PATH.matcher(path).matches();
  }

  /**
   * Whether the target is written as Windows writes paths: with a drive letter or as a share.
   *
   * @return true for {@code C:\x}, {@code C:/x}, {@code /C:/x} and {@code \\server\share\x}
   */
  public boolean hasWindowsTarget() {
    return isWindowsPath(target);
  }

  /**
   * The same copy with a timeout. The default is none: a large file takes as long as it takes.
   *
   * @param timeout more than zero
   * @return a new copy
   * @throws IllegalArgumentException if the timeout is zero or less
   */
  public FileCopy withTimeout(Duration timeout) {
    FileCopy copy = new FileCopy(this);
    copy.timeout = Timeouts.requirePositive(timeout);
    return copy;
  }

  /**
   * The same copy with somebody told of its progress.
   *
   * @param listener told, by the thread that copies
   * @return a new copy
   */
  public FileCopy withListener(TransferListener listener) {
    FileCopy copy = new FileCopy(this);
    copy.listener = Objects.requireNonNull(listener, "listener");
    return copy;
  }

  /**
   * The file on this machine.
   *
   * @return its path
   */
  public Path source() {
    return source;
  }

  /**
   * The path on the host.
   *
   * @return absolute
   */
  public String target() {
    return target;
  }

  /**
   * How long the copy may take.
   *
   * @return more than zero, or empty for any time
   */
  public Optional<Duration> timeout() {
    return Optional.ofNullable(timeout);
  }

  /**
   * Who is told of the progress.
   *
   * @return one that does nothing unless it was set
   */
  public TransferListener listener() {
    return listener;
  }

  @Override
  public String toString() {
    return "FileCopy[%s to %s]".formatted(source, target);
  }
}
