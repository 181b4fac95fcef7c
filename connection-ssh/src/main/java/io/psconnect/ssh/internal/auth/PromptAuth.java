package io.psconnect.ssh.internal.auth;

import java.util.List;
import java.util.regex.Pattern;
import org.apache.sshd.client.auth.AbstractUserAuth;
import org.apache.sshd.client.session.ClientSession;
import org.apache.sshd.common.SshConstants;
import org.apache.sshd.common.SshException;
import org.apache.sshd.common.auth.UserAuthMethodFactory;
import org.apache.sshd.common.util.buffer.Buffer;

/**
 * {@code keyboard-interactive} (RFC 4256), for servers that ask for the password so. One hidden
 * prompt that asks for a password gets it, once; anything else gets no answer.
 */
final class PromptAuth extends AbstractUserAuth {
  static final String NAME = UserAuthMethodFactory.KB_INTERACTIVE;

  private static final int MOST_PROMPTS = 100;
  private static final Pattern PASSWORD =
      Pattern.compile(
          "pass(word|phrase|code|wort)|kennwort|mot de passe|contrase\u00f1a|senha|wachtwoord"
              + "|l\u00f6senord|has\u0142o|heslo|\u043f\u0430\u0440\u043e\u043b\u044c"
              + "|\u5bc6\u7801|\u5bc6\u78bc|\u30d1\u30b9\u30ef\u30fc\u30c9|\uc554\ud638",
          Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);
  private static final Pattern OTHER_PASSWORD =
      Pattern.compile(
          "\\b(new|retype|re-enter|repeat|again|confirm|verify|verification|current|old|chang\\w*"
              + "|expired|one.?time|otp|token)\\b",
          Pattern.CASE_INSENSITIVE);
  private static final Pattern CHANGE =
      Pattern.compile("\\b(new|current|old|chang\\w*|expired)\\b", Pattern.CASE_INSENSITIVE);
  private static final Pattern WHO = Pattern.compile("\\S+@\\S+");

  private boolean asked;
  private boolean answered;

  PromptAuth() {
    super(NAME);
  }

  @Override
  protected boolean sendAuthDataRequest(ClientSession session, String service) throws Exception {
    if (asked
        || !Login.of(session).offersPassword()
        || !UserAuthMethodFactory.isSecureAuthenticationTransport(session)) {
      return false;
    }
    asked = true;
    Buffer buffer = session.createBuffer(SshConstants.SSH_MSG_USERAUTH_REQUEST);
    buffer.putString(session.getUsername());
    buffer.putString(service);
    buffer.putString(NAME);
    buffer.putString("");
    buffer.putString("");
    session.writePacket(buffer);
    return true;
  }

  @Override
  protected boolean processAuthDataRequest(ClientSession session, String service, Buffer buffer)
      throws Exception {
    int command = buffer.getUByte();
    if (command != SshConstants.SSH_MSG_USERAUTH_INFO_REQUEST) {
      throw new IllegalStateException(
          "unexpected message in keyboard-interactive authentication: "
              + SshConstants.getCommandMessageName(command));
    }
    Question question = Question.read(buffer);
    if (question.prompts() == 0) {
      answer(session, 0);
    } else if (question.isForPassword() && !answered) {
      answered = true;
      answer(session, 1);
    } else {
      leave(Login.of(session), question);
      return false;
    }
    return true;
  }

  private static void answer(ClientSession session, int answers) throws Exception {
    Buffer buffer = session.createBuffer(SshConstants.SSH_MSG_USERAUTH_INFO_RESPONSE);
    buffer.putUInt(answers);
    if (answers > 0) {
      PasswordAuth.putPassword(buffer, Login.of(session));
    }
    session.writePacket(buffer);
  }

  private void leave(Login login, Question question) {
    if (answered && question.isForPassword()) {
      login.refused(NAME);
    } else if (CHANGE.matcher(question.withoutNames()).find()) {
      login.passwordHasExpired(question.text());
    } else {
      login.notAnswered(question.text());
    }
  }

  @Override
  public void signalAuthMethodSuccess(ClientSession session, String service, Buffer buffer) {
    Login.of(session).accepted(NAME);
  }

  @Override
  public void signalAuthMethodFailure(
      ClientSession session, String service, boolean partial, List<String> methods, Buffer buffer) {
    if (partial) {
      Login.of(session).acceptedButNotEnough(NAME);
    } else if (answered) {
      Login.of(session).refused(NAME);
    } else {
      Login.of(session).note(NAME + ", which was refused before it asked anything");
    }
  }

  /**
   * What the server asks.
   *
   * @param text what it says and its prompts
   * @param prompts how many
   * @param hidden whether the answer to the first is not to be shown
   */
  record Question(String text, int prompts, boolean hidden) {
    static Question read(Buffer buffer) throws SshException {
      StringBuilder text = new StringBuilder();
      text.append(buffer.getString()).append(' ').append(buffer.getString());
      buffer.getString();
      int prompts = buffer.getInt();
      if (prompts < 0 || prompts > MOST_PROMPTS) {
        throw new SshException("the server asks %d questions at once".formatted(prompts));
      }
      boolean hidden = false;
      for (int i = 0; i < prompts; i++) {
        text.append(' ').append(buffer.getString());
        hidden = !buffer.getBoolean();
      }
      return new Question(text.toString().strip(), prompts, hidden);
    }

    boolean isForPassword() {
      String words = withoutNames();
      return prompts == 1
          && hidden
          && PASSWORD.matcher(words).find()
          && !OTHER_PASSWORD.matcher(words).find();
    }

    /** A user or a host may well be called {@code new}. */
    String withoutNames() {
      return WHO.matcher(text).replaceAll("");
    }
  }
}
