package io.psconnect.testkit.ssh;

/**
 * An attempt to log in that an {@link SshHost} has decided on. A key that the client only asks
 * about counts when the host refuses it.
 *
 * @param user as the client named it
 * @param method {@code password}, {@code publickey} or {@code keyboard-interactive}
 * @param accepted whether the user is in
 */
public record SshAuthentication(String user, String method, boolean accepted) {}
