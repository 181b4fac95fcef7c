package io.psconnect.json;

import io.psconnect.ConnectionException;
import io.psconnect.Connections;
import java.util.List;
import net.jqwik.api.lifecycle.LifecycleContext;
import net.jqwik.api.lifecycle.SkipExecutionHook;

/** What {@code @RequiresProgram("pwsh")} is to JUnit's tests, for jqwik's properties. */
final class SkipWithoutPwsh implements SkipExecutionHook {

  @Override
  public SkipResult shouldBeSkipped(LifecycleContext context) {
    try {
      Connections.open("local:?powershell=pwsh").close();
      return SkipResult.doNotSkip();
    } catch (ConnectionException e) {
      String required = System.getenv().getOrDefault("PSCONNECT_REQUIRE", "");
      if (List.of(required.split(",")).contains("pwsh")) {
        throw new IllegalStateException("PSCONNECT_REQUIRE demands pwsh", e);
      }
      return SkipResult.skip(e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return SkipResult.skip("interrupted");
    }
  }
}
