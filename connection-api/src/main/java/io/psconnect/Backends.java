package io.psconnect;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.ServiceLoader;
import java.util.TreeMap;

/**
 * The backends that can be used. {@link Connections} uses those on the path; a test, or an
 * application with class loaders of its own, hands in a list. Immutable.
 */
public final class Backends {
  private static final Map<String, String> ARTIFACTS =
      Map.of(
          "local", "io.psconnect:connection-local",
          "ssh", "io.psconnect:connection-ssh",
          "winrm", "io.psconnect:connection-winrm");

  private final Map<String, ConnectionProvider> providers = new TreeMap<>();

  private Backends(List<? extends ConnectionProvider> found) {
    for (ConnectionProvider provider : found) {
      ConnectionProvider other = providers.putIfAbsent(provider.id(), provider);
      if (other != null) {
        throw new IllegalStateException(
            "two backends have the id '%s': %s and %s; leave one of them off the path"
                .formatted(
                    provider.id(), other.getClass().getName(), provider.getClass().getName()));
      }
    }
  }

  /**
   * The backends that {@link ServiceLoader} finds: by the context class loader, as applications
   * expect, and otherwise by the loader of this module.
   *
   * @return those found now; looked up anew by each call
   * @throws IllegalStateException if two have the same id
   */
  public static Backends installed() {
    List<ConnectionProvider> found = load(Thread.currentThread().getContextClassLoader());
    return new Backends(found.isEmpty() ? load(Backends.class.getClassLoader()) : found);
  }

  private static List<ConnectionProvider> load(ClassLoader loader) {
    return ServiceLoader.load(ConnectionProvider.class, loader).stream()
        .map(ServiceLoader.Provider::get)
        .toList();
  }

  /**
   * These backends and no others.
   *
   * @param providers with different ids
   * @return the backends
   * @throws IllegalStateException if two have the same id
   */
  public static Backends of(Collection<? extends ConnectionProvider> providers) {
    return new Backends(List.copyOf(providers));
  }

  /**
   * The ids of these backends.
   *
   * @return in alphabetical order
   */
  public List<String> ids() {
    return List.copyOf(providers.keySet());
  }

  /**
   * Makes a connection, which is not open yet.
   *
   * @param options of one of these backends
   * @return the connection
   * @throws UnsupportedBackendException if the options' backend is not among these
   * @throws IllegalArgumentException if they are not of the backend's own type
   */
  public Connection connection(ConnectionOptions options) throws UnsupportedBackendException {
    ConnectionProvider provider = provider(options.backend());
    if (!provider.optionsType().isInstance(options)) {
      throw new IllegalArgumentException(
          "backend '%s' takes options of type %s, and was given %s"
              .formatted(
                  provider.id(), provider.optionsType().getName(), options.getClass().getName()));
    }
    return provider.connect(options);
  }

  /**
   * Reads options from a URI: its scheme is the backend's id, its query holds the backend's
   * options.
   *
   * @param uri for instance {@code ssh://admin@host}, {@code local:} or just {@code local}
   * @return the options
   * @throws UnsupportedBackendException if the scheme's backend is not among these
   * @throws IllegalArgumentException if it is no such URI, holds a password, or an option that the
   *     backend does not have
   */
  public ConnectionOptions options(String uri) throws UnsupportedBackendException {
    return options(ConnectionUri.parse(uri));
  }

  /**
   * Reads options from a URI.
   *
   * @param uri with the secrets that go with it
   * @return the options
   * @throws UnsupportedBackendException if the scheme's backend is not among these
   * @throws IllegalArgumentException if it has an option that the backend does not have
   */
  public ConnectionOptions options(ConnectionUri uri) throws UnsupportedBackendException {
    return provider(uri.scheme()).options(uri);
  }

  private ConnectionProvider provider(String id) throws UnsupportedBackendException {
    ConnectionProvider provider = providers.get(Objects.requireNonNull(id, "id"));
    if (provider == null) {
      throw new UnsupportedBackendException(new Origin(id, "", Phase.LOOKUP), absent(id), null);
    }
    return provider;
  }

  private String absent(String id) {
    String found = providers.isEmpty() ? "none" : String.join(", ", providers.keySet());
    String artifact = ARTIFACTS.get(id);
    String advice =
        artifact != null
            ? "Add %s to the path.".formatted(artifact)
            : "Check the spelling, or add the artifact that provides it to the path.";
    return "no backend '%s'. Found: %s. %s".formatted(id, found, advice);
  }
}
