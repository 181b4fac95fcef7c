package io.psconnect.ssh.internal.auth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.psconnect.ssh.internal.auth.PromptAuth.Question;
import java.util.List;
import org.apache.sshd.server.auth.keyboard.InteractiveChallenge;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PromptAuthTest {
  private static final String PASSWORD = "sesame \u00e4\u20ac open";

  @AutoClose private static final LoginAttempts client = new LoginAttempts();

  private static InteractiveChallenge challenge(String instruction, String... prompts) {
    InteractiveChallenge challenge = new InteractiveChallenge();
    challenge.setInteractionName("");
    challenge.setInteractionInstruction(instruction);
    challenge.setLanguageTag("");
    for (String prompt : prompts) {
      challenge.addPrompt(prompt.replace("(shown)", ""), prompt.endsWith("(shown)"));
    }
    return challenge;
  }

  @Test
  void aPasswordPromptGetsThePassword() throws Exception {
    try (AskingServer server =
        AskingServer.prompting(PASSWORD, challenge("Welcome to build01", "Password: "))) {
      client.logIn(server.options(PASSWORD));
      assertEquals(List.of(List.of(PASSWORD)), server.answers());
    }
  }

  @Test
  void aWrongPasswordIsSentOnce() throws Exception {
    try (AskingServer server = AskingServer.prompting(PASSWORD, challenge("", "Password: "))) {
      String refusal = client.refusal(server.options("wrong"));
      assertTrue(
          refusal.contains("Tried keyboard-interactive: refused. The server takes keyboard-"));
      assertEquals(List.of(List.of("wrong")), server.answers());
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"Verification code: ", "Password:,OTP:", "User name:(shown)", "Password:(shown)"})
  void whatIsNoPlainPasswordPromptGetsNoAnswer(String prompts) throws Exception {
    try (AskingServer server =
        AskingServer.prompting(PASSWORD, challenge("", prompts.split(",")))) {
      String refusal = client.refusal(server.options(PASSWORD));
      assertTrue(
          refusal.contains(
              ("Not tried: keyboard-interactive asked '%s', which is not a plain password prompt,"
                      + " and got no answer")
                  .formatted(prompts.replace(",", " ").replace("(shown)", "").strip())),
          refusal);
      assertEquals(List.of(), server.answers());
    }
  }

  @Test
  void thePasswordIsNotToldTwiceInADialogueAndWordsAloneAreAnsweredWithNothing() throws Exception {
    try (AskingServer server =
        AskingServer.asking(
            challenge("Hello"), challenge("", "Password: "), challenge("", "Password: "))) {
      String refusal = client.refusal(server.options(PASSWORD));
      assertTrue(refusal.contains("Tried keyboard-interactive: refused."), refusal);
      assertEquals(List.of(List.of(), List.of(PASSWORD)), server.answers());
    }
  }

  @Test
  void aPasswordThatHasExpiredIsFoundAfterItWasTaken() throws Exception {
    try (AskingServer server =
        AskingServer.asking(
            challenge("", "Password: "), challenge("", "(current) UNIX password: "))) {
      String refusal = client.refusal(server.options(PASSWORD));
      assertTrue(
          refusal.contains("Next: the server asks for a new password ('(current) UNIX password:')"),
          refusal);
      assertEquals(List.of(List.of(PASSWORD)), server.answers());
    }
  }

  @Test
  void aPromptForANewPasswordSaysThatItHasExpired() throws Exception {
    try (AskingServer server =
        AskingServer.prompting(
            PASSWORD, challenge("You must change your password now.", "New password: "))) {
      assertEquals(
          "user 'me' was not let in. Nothing was tried. The server takes keyboard-interactive. Next:"
              + " the server asks for a new password ('You must change your password now. New password:');"
              + " change it, for instance by ssh me@HOST, and give the new one",
          client.refusal(server.options(PASSWORD)));
      assertEquals(List.of(), server.answers());
    }
  }

  @Test
  void aRequestToChangeThePasswordSaysThatItHasExpiredAndEndsTheAttempts() throws Exception {
    try (AskingServer server = AskingServer.wantingChange("Password expired.\u0007 New one: ")) {
      String refusal = client.refusal(server.options(PASSWORD));
      assertTrue(
          refusal.endsWith(
              "Next: the server asks for a new password ('Password expired. New one:'); change it,"
                  + " for instance by ssh me@HOST, and give the new one"),
          refusal);
      assertEquals(List.of(List.of(PASSWORD)), server.answers());
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Password: ",
        "password for me@build01:",
        "new@old.example.com's password:",
        "(current@host) Password:",
        "Passwort:",
        "Mot de passe\u00a0: ",
        "\u30d1\u30b9\u30ef\u30fc\u30c9:",
        "\u041f\u0430\u0440\u043e\u043b\u044c: ",
        "Enter passphrase",
      })
  void isRecognisedAsAPasswordPrompt(String prompt) {
    assertTrue(new Question(prompt, 1, true).isForPassword());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "New password: ",
        "Retype new UNIX password:",
        "(current) UNIX password: ",
        "One-time password (OATH) for me:",
        "Password has expired. Password:",
        "OTP password:",
        "PIN:",
        "",
      })
  void isNotAPlainPasswordPrompt(String prompt) {
    assertFalse(new Question(prompt, 1, true).isForPassword());
  }

  @Test
  void aPromptThatShowsItsAnswerOrIsOneOfTwoIsNotAPlainPasswordPrompt() {
    assertFalse(new Question("Password:", 1, false).isForPassword());
    assertFalse(new Question("Password:", 2, true).isForPassword());
  }
}
