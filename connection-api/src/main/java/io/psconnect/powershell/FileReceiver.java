package io.psconnect.powershell;

import java.util.Objects;

/**
 * Copies a file to a host by a script, for backends that have no better way.
 *
 * <p>The script's standard input is the file's bytes, then a trailer: the 32 bytes of their
 * SHA-256. The digest comes last so that a file can be sent while it is read. The script makes the
 * target's parent folders, writes under a temporary name beside the target, and renames, over a
 * file that may be there, only when the digest is that of what came; then it prints the digest in
 * hexadecimal, a blank and the number of bytes, and its exit code is 0. Whatever goes wrong, its
 * exit code is 1, the target is as it was, and the temporary file is removed; that holds for
 * standard input that ends anywhere too, but not for a process that is killed.
 *
 * <p>It holds no more than about a megabyte in memory.
 */
public final class FileReceiver {
  /** The length of the trailer, a SHA-256, in bytes. */
  public static final int TRAILER_LENGTH = 32;

  private static final ReceivingScript RECEIVE_FILE =
      ReceivingScript.of(PowerShellSource.file("receive-file.ps1"))
          .with("part", "'.'+[guid]::NewGuid().ToString('N')+'.part'");

  private FileReceiver() {}

  /**
   * The script that receives a file.
   *
   * @param targetPath where to, in the words of the host; no character in it has a meaning to
   *     PowerShell, wildcards included. A relative path begins at the process's working directory
   * @return the script's text
   * @throws IllegalArgumentException if the path is blank
   */
  public static String script(String targetPath) {
    Objects.requireNonNull(targetPath, "targetPath");
    if (targetPath.isBlank()) {
      throw new IllegalArgumentException("targetPath is blank; name a file on the host");
    }
    return RECEIVE_FILE.to(targetPath);
  }
}
