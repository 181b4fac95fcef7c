package io.psconnect.ssh.internal.auth;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.psconnect.spi.Deadline;
import io.psconnect.testkit.contract.RequiresProgram;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class KeyAgentTest {
  private static final Deadline SOON = Deadline.after(Duration.ofSeconds(20));

  @TempDir Path folder;

  @Test
  @RequiresProgram({"ssh-agent", "ssh-keygen"})
  void theKeysOfARealAgentAreListedWithTheirComments() throws Exception {
    try (RealAgent agent = new RealAgent(folder)) {
      agent.load(new TestKeys(folder).make("key", "-t", "ed25519"));
      List<KeyAgent.Identity> identities = new KeyAgent(agent.socket()).identities(SOON);
      assertEquals(
          List.of("test key"), identities.stream().map(KeyAgent.Identity::comment).toList());
    }
  }

  @Test
  @RequiresProgram({"ssh-agent", "ssh-keygen"})
  void aKeyThatTheAgentDoesNotHoldIsNotSignedWith() throws Exception {
    try (RealAgent agent = new RealAgent(folder)) {
      IOException refusal =
          assertThrows(
              IOException.class,
              () -> new KeyAgent(agent.socket()).sign(new byte[8], new byte[8], 0, SOON));
      assertEquals("it refused (answer 5)", refusal.getMessage());
    }
  }

  @Test
  void anAgentThatSaysNothingIsGivenUpInTime() throws Exception {
    try (FakeAgent agent = new FakeAgent(folder)) {
      Deadline deadline = Deadline.after(Duration.ofMillis(200));
      assertEquals("it did not answer in time", refusal(agent, deadline));
      assertTrue(deadline.elapsed().toMillis() < 5000, () -> "took " + deadline.elapsed());
    }
  }

  @Test
  void anInterruptEndsTheWaitAndStays() throws Exception {
    try (FakeAgent agent = new FakeAgent(folder)) {
      Thread.currentThread().interrupt();
      assertEquals("interrupted", refusal(agent, SOON));
      assertTrue(Thread.interrupted());
    }
  }

  @Test
  void nonsenseFromAnAgentIsRecognised() throws Exception {
    assertEquals("it hung up", refusal(new byte[] {0, 0}));
    assertEquals("its answer has an illogical length of 0", refusal(new byte[] {0, 0, 0, 0}));
    assertEquals("its answer has an illogical length of -1", refusal(new byte[] {-1, -1, -1, -1}));
    assertEquals("it refused (answer 5)", refusal(new byte[] {0, 0, 0, 1, 5}));
    assertEquals("its answer is cut off", refusal(new byte[] {0, 0, 0, 5, 12, 0, 0, 0, 1}));
    assertEquals("its answer is cut off", refusal(new byte[] {0, 0, 0, 1, 12}));
    assertEquals(
        "it says that it holds -1 keys", refusal(new byte[] {0, 0, 0, 5, 12, -1, -1, -1, -1}));
  }

  private String refusal(byte[] answer) throws IOException {
    Path apart = Files.createTempDirectory(folder, "agent");
    try (FakeAgent agent = new FakeAgent(apart, answer)) {
      return refusal(agent, SOON);
    }
  }

  private static String refusal(FakeAgent agent, Deadline deadline) {
    return assertThrows(IOException.class, () -> new KeyAgent(agent.socket()).identities(deadline))
        .getMessage();
  }

  /** A file plays the pipe: what is written comes first in it, and what is read after that. */
  @Test
  void aPipeIsWrittenToAndReadFrom() throws Exception {
    byte[] request = {0, 0, 0, 1, 11};
    Path file = Files.write(folder.resolve("pipe"), new byte[] {9, 9, 9, 9, 9, 0, 0, 0, 2, 12, 7});
    assertArrayEquals(new byte[] {12, 7}, new AgentPipe(file).exchange(request, SOON));
    assertArrayEquals(request, Arrays.copyOf(Files.readAllBytes(file), request.length));
  }

  @Test
  void aPipeThatIsNotThereOrHangsUpIsRecognised() throws Exception {
    Path empty = Files.write(folder.resolve("pipe"), new byte[0]);
    assertThrows(IOException.class, () -> new AgentPipe(folder).exchange(new byte[1], SOON));
    assertThrows(IOException.class, () -> new AgentPipe(empty).exchange(new byte[1], SOON));
  }

  @Test
  void anAgentThatSaysNothingIsPassedOverWithANote() throws Exception {
    try (FakeAgent agent = new FakeAgent(folder)) {
      KeyRing keys = new KeyRing(Optional.empty());
      keys.addAgent(agent.socket(), Deadline.after(Duration.ofMillis(100)));
      assertEquals(List.of(), keys.offers());
      assertEquals(
          List.of(
              "the keys of the ssh-agent at %s: it did not answer in time"
                  .formatted(agent.socket())),
          keys.notes());
    }
  }

  @Test
  void aKeyOfATypeThatIsNotKnownIsPassedOverWithANote() throws Exception {
    byte[] answer = {0, 0, 0, 17, 12, 0, 0, 0, 1, 0, 0, 0, 3, 'o', 'd', 'd', 0, 0, 0, 1, 'c'};
    answer[3] = (byte) (answer.length - 4);
    try (FakeAgent agent = new FakeAgent(folder, answer)) {
      KeyRing keys = new KeyRing(Optional.empty());
      keys.addAgent(agent.socket(), SOON);
      assertEquals(List.of("key 'c' of the ssh-agent, as its type is not supported"), keys.notes());
    }
  }
}
