package io.psconnect.local;

import io.psconnect.Connection;
import io.psconnect.Connections;
import io.psconnect.FileCopy;
import io.psconnect.Script;
import java.nio.file.Path;

/** Run by {@link SmallHeapTest} in a Java machine of its own with a small heap. */
final class SmallHeap {
  private SmallHeap() {}

  /** Says what came of it in one word. */
  public static void main(String[] args) throws Exception {
    try (Connection connection = Connections.open("local:?powershell=pwsh")) {
      System.out.println(args[0].equals("copy") ? copy(connection, args) : output(connection));
    }
  }

  private static String output(Connection connection) throws Exception {
    String script =
        "$b=[byte[]]::new(1000000);$o=[Console]::OpenStandardOutput();"
            + "for($i=0;$i -lt 300;$i++){$o.Write($b,0,$b.Length)}";
    try {
      return "result of " + connection.runScript(Script.of(script)).stdoutBytes().length;
    } catch (OutOfMemoryError e) {
      return "out of memory, and the next call gives "
          + connection.runScript("'ok'").stdout().strip();
    }
  }

  private static String copy(Connection connection, String[] args) throws Exception {
    connection.streamFile(FileCopy.of(Path.of(args[1]), args[2]));
    return "copied";
  }
}
