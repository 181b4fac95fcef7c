/**
 * An SSH server in this process, for tests: {@link io.psconnect.testkit.ssh.SshHost}. It needs
 * Apache MINA SSHD ({@code org.apache.sshd:sshd-osgi} and {@code org.apache.sshd:sshd-sftp},
 * without {@code sshd-core} and {@code sshd-common}) on the path, which the test kit's other
 * packages do not. Nulls are as in {@link io.psconnect}.
 */
package io.psconnect.testkit.ssh;
