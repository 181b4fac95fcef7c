package io.psconnect.cli;

import io.psconnect.Connection;
import io.psconnect.ConnectionOptions;
import io.psconnect.ConnectionProvider;
import io.psconnect.ConnectionUri;
import java.io.IOException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Enumeration;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

/** A backend that a test puts on the path: {@code pretend:} leads to the test's own connection. */
public final class PretendBackend implements ConnectionProvider {
  private static final AtomicReference<Connection> CONNECTION = new AtomicReference<>();
  private static final AtomicReference<ConnectionUri> URI = new AtomicReference<>();

  /** Called by {@link java.util.ServiceLoader}. */
  public PretendBackend() {}

  /** Whatever the call looks up, it finds this backend, and no other. */
  static Outcome with(Connection connection, Path folder, Supplier<Outcome> call)
      throws IOException {
    CONNECTION.set(connection);
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    thread.setContextClassLoader(loader(before, folder));
    try {
      return call.get();
    } finally {
      thread.setContextClassLoader(before);
    }
  }

  private static ClassLoader loader(ClassLoader parent, Path folder) throws IOException {
    URL registration =
        Files.writeString(folder.resolve("registration"), PretendBackend.class.getName())
            .toUri()
            .toURL();
    return new ClassLoader(parent) {
      @Override
      public Enumeration<URL> getResources(String name) throws IOException {
        return name.equals("META-INF/services/" + ConnectionProvider.class.getName())
            ? Collections.enumeration(Collections.singleton(registration))
            : super.getResources(name);
      }
    };
  }

  /** The URI that was asked for last, with its secrets as they were then. */
  static ConnectionUri uri() {
    return URI.get();
  }

  private record Options() implements ConnectionOptions {
    @Override
    public String backend() {
      return "pretend";
    }
  }

  @Override
  public String id() {
    return "pretend";
  }

  @Override
  public Class<? extends ConnectionOptions> optionsType() {
    return Options.class;
  }

  @Override
  public ConnectionOptions options(ConnectionUri uri) {
    ConnectionUri copy = uri;
    for (String name : new String[] {"password", "passphrase"}) {
      if (uri.secret(name).isPresent()) {
        copy = copy.withSecret(name, uri.secret(name).get());
      }
    }
    URI.set(copy);
    return new Options();
  }

  @Override
  public Connection connect(ConnectionOptions options) {
    return CONNECTION.get();
  }
}
