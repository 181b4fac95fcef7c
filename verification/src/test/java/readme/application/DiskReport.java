package readme.application;

import io.psconnect.Connection;
import io.psconnect.ConnectionException;
import io.psconnect.Connections;

public final class DiskReport {
  private DiskReport() {}

  public static void main(String[] drives) throws ConnectionException, InterruptedException {
    try (Connection host = Connections.open("local:")) {
      DiskCheck check = new DiskCheck(host);
      for (String drive : drives) {
        System.out.println(drive + ": " + (check.hasRoom(drive, 10L << 30) ? "fine" : "full"));
      }
    }
  }
}
