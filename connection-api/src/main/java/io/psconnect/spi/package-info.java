/**
 * What a backend is made of. A backend moves bytes: it starts one command line, with its streams,
 * its exit code and a way to end it. Everything about PowerShell is done above it, by {@link
 * io.psconnect.spi.PowerShellConnection}, so that all backends behave alike.
 *
 * <p>A backend has
 *
 * <ol>
 *   <li>a {@link io.psconnect.ConnectionOptions} type of its own, in an exported package;
 *   <li>a {@link io.psconnect.spi.Transport}, which starts {@link
 *       io.psconnect.spi.RemoteProcess}es;
 *   <li>a {@link io.psconnect.ConnectionProvider}, in a package that is not exported, named in
 *       {@code provides} of its {@code module-info} (and in {@code META-INF/services} for the class
 *       path).
 * </ol>
 *
 * <p>What {@link io.psconnect} says of nulls, arguments and interruption holds here too.
 */
package io.psconnect.spi;
