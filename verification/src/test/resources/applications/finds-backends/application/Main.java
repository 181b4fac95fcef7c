package application;

import io.psconnect.Backends;
import io.psconnect.Connection;
import io.psconnect.Connections;
import io.psconnect.UnsupportedBackendException;

/** Prints which backends there are, and what becomes of each URI it is given. */
final class Main {
  private Main() {}

  public static void main(String[] uris) {
    System.out.println("api is in module " + Connections.class.getModule().getName());
    System.out.println("backends: " + Backends.installed().ids());
    for (String uri : uris) {
      System.out.println(uri + " -> " + outcome(uri));
    }
  }

  private static String outcome(String uri) {
    try (Connection connection = Connections.of(uri)) {
      return connection.backend();
    } catch (UnsupportedBackendException e) {
      return e.getMessage();
    }
  }
}
