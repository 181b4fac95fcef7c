package io.psconnect.testkit.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.psconnect.Script;
import java.util.ArrayList;
import java.util.List;

/** One connection serves many threads. */
public interface ConcurrencyRules extends ContractRules {

  /**
   * Each of many calls at once has its own answer.
   *
   * @throws Exception if it does not hold, or could not be tried
   */
  @ContractRule(
      id = "THREAD-01",
      reason = "Answers that go to the wrong caller, or fail: masterzen#142 #166, pywinrm#277.")
  default void callsBesideEachOtherHaveTheirOwnAnswers() throws Exception {
    List<BackgroundCall<String>> calls = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      Script script = Script.of("\"%d-$([Console]::In.ReadToEnd())\"".formatted(i));
      Script own = script.withInput("in-" + i);
      calls.add(BackgroundCall.start(() -> String.join("\n", host().lines(own))));
    }
    for (int i = 0; i < calls.size(); i++) {
      assertEquals(i + "-in-" + i, calls.get(i).answer(host().patience()));
    }
  }

  /**
   * A call that takes long does not hold the others.
   *
   * @throws Exception if it does not hold, or could not be tried
   */
  @ContractRule(
      id = "THREAD-02",
      reason = "The best Java peer runs one command at a time: one slow host task stops them all.")
  default void longCallDoesNotHoldAnother() throws Exception {
    DialogueInput input = new DialogueInput("");
    Overheard overheard = new Overheard();
    Script slow =
        Script.of("'begun'; $null = [Console]::In.ReadToEnd(); exit 8")
            .withInput(input)
            .withListener(overheard);
    BackgroundCall<Integer> first = BackgroundCall.start(() -> host().run(slow).exitCode());
    try {
      overheard.firstLine(host().patience());
      BackgroundCall<String> second = BackgroundCall.start(() -> host().said("'quick'"));
      assertEquals("quick", second.answer(host().patience()));
    } finally {
      input.end();
    }
    assertEquals(8, first.answer(host().patience()));
  }
}
