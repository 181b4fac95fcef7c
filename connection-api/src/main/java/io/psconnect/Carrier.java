package io.psconnect;

/** How a script's text comes to the PowerShell that runs it. */
public enum Carrier {
  /**
   * {@link #INLINE} while the command line has room for the script, else {@link #FRAMED}. The
   * default.
   */
  AUTOMATIC,

  /**
   * On the command line, inside {@code -EncodedCommand}: whoever may list the host's processes can
   * read it. Standard input is the caller's data alone. A character of the script takes 2.67 of the
   * command line, so cmd.exe's 8191 hold scripts of about 2,500 characters.
   */
  INLINE,

  /**
   * On standard input, before the caller's data: of any size, and not to be seen on a command line.
   */
  FRAMED
}
