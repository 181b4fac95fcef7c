package io.psconnect;

/** Told how far a file copy has come, by the thread that copies. An exception ends the copy. */
@FunctionalInterface
public interface TransferListener {

  /**
   * More of the file has gone. The last call of a successful copy has {@code transferred == total};
   * an empty file has one call.
   *
   * @param transferred bytes gone so far, never less than in the call before
   * @param total the file's size in bytes
   */
  void onProgress(long transferred, long total);
}
