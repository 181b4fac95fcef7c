package io.psconnect.ssh;

import io.psconnect.testkit.contract.RequiresProgram;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/** A test that starts a {@link RealSshd}. If it fails, the server's log stands in its trace. */
@Inherited
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.METHOD})
@RequiresProgram({"pwsh", "sshd", "ssh-keygen"})
@ExtendWith(SshdLogs.class)
@SuppressWarnings("exports") // JUnit is for tests alone.
public @interface OnRealSshd {}
