package application;

import io.psconnect.Result;
import io.psconnect.Runner;
import io.psconnect.testkit.FakeRunner;

/** Asks a fake, and prints its answer. */
final class Main {
  private Main() {}

  public static void main(String[] arguments) throws Exception {
    FakeRunner fake = new FakeRunner();
    fake.whenScriptContains("Get-VM").thenReturn(Result.of(0, "build01", ""));
    Runner runner = fake;
    System.out.println("answer: " + runner.runScript("Get-VM -Name build*").stdout());
  }
}
