package io.psconnect.testkit.contract;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.Test;

/** A rule of the contract: a test of one behaviour that every connection has. */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
@Test
@SuppressWarnings("exports") // JUnit is optional for the module, and here for whoever uses this.
public @interface ContractRule {

  /**
   * The rule's name in reports and documents.
   *
   * @return the group and a number, for instance {@code RUN-01}; never given to another rule
   */
  String id();

  /**
   * What goes wrong for users where the rule does not hold.
   *
   * @return a sentence, with the reports it was learnt from where there are any
   */
  String reason();
}
