package io.psconnect;

/**
 * A backend, as {@link java.util.ServiceLoader} finds it. Its constructor is public, takes nothing
 * and does nothing: looking up one backend makes an instance of each.
 */
public interface ConnectionProvider {

  /**
   * The backend's id, which is also the scheme of its URIs.
   *
   * @return lower-case letters and digits, for instance {@code ssh}
   */
  String id();

  /**
   * The type of this backend's options.
   *
   * @return the type that {@link #connect} takes
   */
  Class<? extends ConnectionOptions> optionsType();

  /**
   * Reads options from a URI.
   *
   * @param uri its scheme is this backend's id
   * @return the options
   * @throws IllegalArgumentException naming the option, its value and what is allowed
   */
  ConnectionOptions options(ConnectionUri uri);

  /**
   * Makes a connection, without reaching out for the host.
   *
   * @param options of {@link #optionsType()}
   * @return a connection that is not open yet
   */
  Connection connect(ConnectionOptions options);
}
