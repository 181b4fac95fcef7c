/**
 * What is particular to running PowerShell with redirected streams, done once, above every backend.
 *
 * <p>{@link io.psconnect.powershell.PowerShellLaunch} starts a script, {@link
 * io.psconnect.powershell.CliXmlDecoder} reads what PowerShell writes on stderr, {@link
 * io.psconnect.powershell.FileReceiver} copies a file by a script, {@link
 * io.psconnect.powershell.ReceivingScript} is for backends with such a script of their own, and
 * {@link io.psconnect.powershell.PowerShellLiteral} quotes text for one. Nothing here knows of a
 * process or a connection.
 *
 * <p>No parameter and no returned value is null, unless a method says otherwise; a null argument is
 * a {@link java.lang.NullPointerException} that names the parameter.
 */
package io.psconnect.powershell;
