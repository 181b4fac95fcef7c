package io.psconnect.ssh.internal.sftp;

import io.psconnect.powershell.ReceivingScript;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a copy goes.
 *
 * @param path in the words of the host
 * @param temporaryName of the file beside it that is written to
 * @param temporaryPath of that file, as SFTP servers want it
 */
record SftpTarget(String path, String temporaryName, String temporaryPath) {
  /** Win32-OpenSSH takes {@code /C:/x}, as do all others on Windows. */
  private static final Pattern DRIVE =
      Pattern.compile("/?(?<drive>[A-Za-z]:)(?<path>[\\\\/].*)", Pattern.DOTALL);

  /** Empty if SFTP has no name for it: a Windows share. */
  static Optional<SftpTarget> of(String path) {
    return sftpPath(path).map(known -> beside(path, known));
  }

  private static Optional<String> sftpPath(String path) {
    Matcher drive = DRIVE.matcher(path);
    if (drive.matches()) {
      return Optional.of("/" + drive.group("drive") + drive.group("path").replace('\\', '/'));
    }
    return Optional.of(path).filter(known -> known.startsWith("/"));
  }

  boolean isOnDrive() {
    return DRIVE.matcher(path).matches();
  }

  private static SftpTarget beside(String path, String sftpPath) {
    String name = ReceivingScript.newTemporaryName();
    String folder = sftpPath.substring(0, sftpPath.lastIndexOf('/') + 1);
    return new SftpTarget(path, name, folder + name);
  }
}
