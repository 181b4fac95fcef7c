package io.psconnect;

/**
 * What a backend has to know to make a connection. Each backend has an immutable type of its own
 * with a builder, which refuses wrong values by name; its {@code toString()} shows no secret.
 */
public interface ConnectionOptions {

  /**
   * The backend these options are for.
   *
   * @return its id, for instance {@code ssh}
   */
  String backend();
}
