/**
 * An SSH server in this process, for tests: {@link io.psconnect.testkit.ssh.SshHost}.
 *
 * <p>It needs Apache MINA SSHD ({@code org.apache.sshd:sshd-osgi} and {@code
 * org.apache.sshd:sshd-sftp}, without {@code sshd-core} and {@code sshd-common}), which the test
 * kit does not bring, and which its other packages do not need. On the module path nothing resolves
 * them by itself: who uses this package requires {@code org.apache.sshd.osgi}, {@code
 * org.apache.sshd.sftp} and {@code org.slf4j}.
 *
 * <p>MINA SSHD 2 has no Ed25519 of its own. Where no library brings it, the first host registers
 * Java's with MINA SSHD, for the whole JVM. Nulls are as in {@link io.psconnect}.
 */
package io.psconnect.testkit.ssh;
