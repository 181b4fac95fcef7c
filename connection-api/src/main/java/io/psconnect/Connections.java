package io.psconnect;

/** Makes connections by the backends that are on the path. */
public final class Connections {
  private Connections() {}

  /**
   * Makes a connection, which is not open yet.
   *
   * @param options of a backend on the path
   * @return the connection
   * @throws UnsupportedBackendException if the backend is not on the path; the message lists what
   *     was found and which artifact to add
   */
  public static Connection of(ConnectionOptions options) throws UnsupportedBackendException {
    return Backends.installed().connection(options);
  }

  /**
   * Makes a connection, which is not open yet.
   *
   * @param uri for instance {@code ssh://admin@host}, {@code local:} or just {@code local}
   * @return the connection
   * @throws UnsupportedBackendException if the backend is not on the path
   * @throws IllegalArgumentException if it is no such URI, or has an option the backend does not
   *     have
   */
  public static Connection of(String uri) throws UnsupportedBackendException {
    Backends backends = Backends.installed();
    return backends.connection(backends.options(uri));
  }

  /**
   * Makes a connection, which is not open yet.
   *
   * @param uri with the secrets that go with it
   * @return the connection
   * @throws UnsupportedBackendException if the backend is not on the path
   * @throws IllegalArgumentException if it has an option the backend does not have
   */
  public static Connection of(ConnectionUri uri) throws UnsupportedBackendException {
    Backends backends = Backends.installed();
    return backends.connection(backends.options(uri));
  }

  /**
   * Makes a connection and opens it.
   *
   * @param options of a backend on the path
   * @return an open connection, which the caller closes
   * @throws ConnectionException if the backend is not on the path or the host cannot be reached
   * @throws InterruptedException if the thread was interrupted
   */
  public static Connection open(ConnectionOptions options)
      throws ConnectionException, InterruptedException {
    return opened(of(options));
  }

  /**
   * Makes a connection and opens it.
   *
   * @param uri for instance {@code ssh://admin@host}, {@code local:} or just {@code local}
   * @return an open connection, which the caller closes
   * @throws ConnectionException if the backend is not on the path or the host cannot be reached
   * @throws InterruptedException if the thread was interrupted
   * @throws IllegalArgumentException if it is no such URI, or has an option the backend does not
   *     have
   */
  public static Connection open(String uri) throws ConnectionException, InterruptedException {
    return opened(of(uri));
  }

  /**
   * Makes a connection and opens it.
   *
   * @param uri with the secrets that go with it
   * @return an open connection, which the caller closes
   * @throws ConnectionException if the backend is not on the path or the host cannot be reached
   * @throws InterruptedException if the thread was interrupted
   * @throws IllegalArgumentException if it has an option the backend does not have
   */
  public static Connection open(ConnectionUri uri)
      throws ConnectionException, InterruptedException {
    return opened(of(uri));
  }

  private static Connection opened(Connection connection)
      throws ConnectionException, InterruptedException {
    try {
      connection.open();
      return connection;
    } catch (ConnectionException | InterruptedException | RuntimeException e) {
      connection.close();
      throw e;
    }
  }
}
