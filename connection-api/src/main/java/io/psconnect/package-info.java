/**
 * Running PowerShell scripts on a host and copying files to it.
 *
 * <p>{@link io.psconnect.Runner} is all that most code needs. {@link io.psconnect.Connections}
 * makes a {@link io.psconnect.Connection} of options or of a URI:
 *
 * <pre>{@code
 * try (Connection connection = Connections.open("local:")) {
 *   Result result = connection.runScript("Get-Date");
 * }
 * }</pre>
 *
 * <h2>What holds everywhere</h2>
 *
 * <ul>
 *   <li>No parameter and no returned value is null, and null elements are not allowed, unless a
 *       method says otherwise. A null argument is a {@link java.lang.NullPointerException} that
 *       names the parameter.
 *   <li>An argument that cannot be right is an {@link java.lang.IllegalArgumentException} that
 *       names it, its value (unless it is a secret) and what is allowed, before anything is
 *       started.
 *   <li>Blocking methods obey {@linkplain java.lang.Thread#interrupt() interruption}.
 *   <li>Values ({@link io.psconnect.Script}, {@link io.psconnect.Result}, options) are immutable.
 *   <li>{@code toString()} and messages hold neither secrets nor the text, input or output of
 *       scripts.
 * </ul>
 *
 * @serial exclude
 */
package io.psconnect;
