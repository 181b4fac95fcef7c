package io.psconnect.testkit.contract;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * A test, or a class of tests, that needs programs on PATH. Where one is missing the test is
 * skipped and says how to get it; unless the environment variable {@code PSCONNECT_REQUIRE}, a list
 * with commas, names the program: then its lack is a failure, so that a build server cannot lose
 * tests unseen.
 *
 * <p>jqwik's properties need {@link SkipWithoutProgram} beside it.
 */
@Documented
@Inherited
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.METHOD})
@ExtendWith(ProgramCondition.class)
@SuppressWarnings("exports") // JUnit is optional for the module, and here for whoever uses this.
public @interface RequiresProgram {

  /**
   * The programs.
   *
   * @return their names as files on PATH, for instance {@code pwsh}
   */
  String[] value();
}
