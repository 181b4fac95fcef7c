package io.psconnect.testkit.contract;

import net.jqwik.api.lifecycle.LifecycleContext;
import net.jqwik.api.lifecycle.SkipExecutionHook;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;

/**
 * Makes {@link RequiresProgram} hold for properties, as jqwik does not know JUnit's conditions. A
 * property, or a class of them, has both: {@code @RequiresProgram("pwsh")} and
 * {@code @AddLifecycleHook(SkipWithoutProgram.class)}.
 */
@SuppressWarnings("exports") // jqwik is optional for the module, and here for whoever uses this.
public final class SkipWithoutProgram implements SkipExecutionHook {

  /** Made by jqwik. */
  public SkipWithoutProgram() {}

  @Override
  public SkipResult shouldBeSkipped(LifecycleContext context) {
    ConditionEvaluationResult result =
        new ProgramCondition().decide(context.findAnnotation(RequiresProgram.class));
    return result.isDisabled()
        ? SkipResult.skip(result.getReason().orElse(""))
        : SkipResult.doNotSkip();
  }
}
