package io.psconnect.local.contract;

import static io.psconnect.local.contract.Faults.copying;
import static io.psconnect.local.contract.Faults.hanging;
import static io.psconnect.local.contract.Faults.input;
import static io.psconnect.local.contract.Faults.result;
import static io.psconnect.local.contract.Faults.running;
import static io.psconnect.local.contract.Faults.says;
import static io.psconnect.local.contract.Faults.script;
import static io.psconnect.local.contract.Faults.stderr;
import static io.psconnect.local.contract.Faults.stdout;
import static io.psconnect.local.contract.Faults.target;
import static io.psconnect.local.contract.Faults.text;
import static io.psconnect.local.contract.Faults.writingStraightToTheTarget;

import io.psconnect.Connection;
import io.psconnect.Result;
import io.psconnect.Script;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;

/** For each rule of the contract a connection that breaks it, and hardly anything else. */
final class WrongConnections {
  private final List<WrongConnection> all = new ArrayList<>();

  private WrongConnections() {
    runRules();
    textRules();
    inputRules();
    outputRules();
    errorTextRules();
    timeRules();
    lifeRules();
    fileRules();
    nameRules();
    badRules();
    secretRules();
  }

  static List<WrongConnection> all() {
    return List.copyOf(new WrongConnections().all);
  }

  private void wrong(String rule, String fault, UnaryOperator<Connection> make) {
    all.add(new WrongConnection(rule, fault, make));
  }

  private void runRules() {
    wrong("RUN-01", "trims the output", stdout(String::strip));
    wrong(
        "RUN-02",
        "gives exit code 0 for all",
        result(given -> Result.of(0, given.stdout(), given.stderr())));
    wrong("RUN-03", "catches what the script throws", text("try { %s } catch { }"::formatted));
    wrong("RUN-04", "ends every script with exit 0", text("%s\nexit 0"::formatted));
    wrong("RUN-05", "feeds a REPL, line by line", says(1, "first\n"));
    wrong("RUN-06", "says nothing of an unfinished script", says(1, ""));
    wrong("RUN-07", "stops at any error", text("$ErrorActionPreference = 'Stop'\n%s"::formatted));
    wrong("RUN-08", "does not know return", text(script -> script.replace("return", "")));
    wrong("RUN-09", "keeps one process for all scripts", says(0, "4711\n"));
    wrong("RUN-10", "tries a failed script again", running(ScriptFaults::runningAgainAfterFailure));
    wrong(
        "RUN-11",
        "drops the output of a failed script",
        result(given -> given.succeeded() ? given : Result.of(given.exitCode(), "", "")));
  }

  private void textRules() {
    wrong("TEXT-01", "reads output in a code page", stdout(Faults::ascii));
    wrong("TEXT-02", "sends the script in a code page", text(Faults::latin1));
    wrong("TEXT-03", "knows 16 bits", text(script -> script.replaceAll("[^\\x00-\\uFFFF]", "?")));
    wrong(
        "TEXT-04",
        "makes quotes plain",
        text(script -> script.replaceAll("[\u2018\u2019\u201a\u201b]", "'")));
    wrong(
        "TEXT-05", "goes through cmd.exe", text(script -> script.replace("%PATH%", "C:\\windows")));
    wrong("TEXT-06", "makes all line ends LF", text(script -> script.replaceAll("\r\n?", "\n")));
    wrong("TEXT-07", "drops NUL", text(script -> script.replace("\0", "")));
    wrong(
        "TEXT-08",
        "cuts at 8191 characters",
        text(script -> script.substring(0, Math.min(script.length(), 8191))));
    wrong("TEXT-09", "puts the script between braces", text(". { %s }"::formatted));
    wrong("TEXT-10", "puts a statement before", text("$x = 1\n%s"::formatted));
    wrong("TEXT-11", "puts a statement behind", text("%s\n$x = 1"::formatted));
    wrong(
        "TEXT-12", "takes a byte order mark for letters", text("\u00ef\u00bb\u00bf%s"::formatted));
  }

  private void inputRules() {
    wrong("INPUT-01", "takes $input for itself", text("$null = @($input)\n%s"::formatted));
    wrong("INPUT-02", "sends input in a code page", input(StreamFaults::inCodePage));
    wrong("INPUT-03", "takes input for text", input(StreamFaults::asText));
    wrong("INPUT-04", "reads ahead", text("$null = [Console]::In.Peek()\n%s"::formatted));
    wrong("INPUT-05", "never ends the input", script(StreamFaults::withEndlessInput));
    wrong("INPUT-06", "fails if input is left over", running(StreamFaults::needingAllInputRead));
    wrong(
        "INPUT-07",
        "cuts the input at 1 MB",
        input(bytes -> Arrays.copyOf(bytes, Math.min(bytes.length, 1 << 20))));
    wrong("INPUT-08", "runs without the input", script(StreamFaults::withoutInputThatFails));
    wrong("INPUT-09", "gathers the input first", running(StreamFaults::gatheringInput));
  }

  private void outputRules() {
    wrong("OUTPUT-01", "reads stdout to its end, then stderr", hanging());
    wrong(
        "OUTPUT-02",
        "keeps all output",
        script(script -> script.withOutputLimit(Script.DEFAULT_OUTPUT_LIMIT)));
    wrong("OUTPUT-03", "tells nobody of stderr", script(StreamFaults::tellingOfStdoutAlone));
    wrong("OUTPUT-04", "tells of output at the end", running(StreamFaults::tellingAtTheEnd));
    wrong("OUTPUT-05", "goes on without the listener", script(StreamFaults::deafToFailures));
  }

  private void errorTextRules() {
    wrong("ERROR-01", "hands CLIXML on", stderr("#< CLIXML\r\n<Objs>%s</Objs>"::formatted));
    wrong(
        "ERROR-02",
        "shows error text of failures alone",
        result(given -> given.succeeded() ? Result.of(0, given.stdout(), "") : given));
    wrong("ERROR-03", "shows progress", stderr("%scrawling: slowly"::formatted));
    wrong("ERROR-04", "colours errors", stderr("\u001b[31m%s\u001b[0m"::formatted));
    wrong(
        "ERROR-05",
        "shows information records",
        result(given -> Result.of(given.exitCode(), given.stdout(), given.stdout())));
    wrong("ERROR-06", "takes raw bytes for text", stderr(text -> text));
    wrong("ERROR-07", "decodes stdout as well", stdout(text -> text.replaceAll("<[^>]*>", "")));
    wrong(
        "ERROR-08", "drops what is no record", stderr(text -> text.replaceAll("(?m)^raw.*$", "")));
    wrong(
        "ERROR-09",
        "decodes the first piece alone",
        stderr(text -> text.substring(0, Math.min(text.length(), 3000))));
  }

  private void timeRules() {
    wrong("TIME-01", "knows no timeout", script(TimeFaults::withoutTimeout));
    wrong("TIME-02", "does not say what became of it", running(TimeFaults::timingOutAtOnce));
    wrong("TIME-03", "leaves a late script running", running(TimeFaults::leavingLateScripts));
    wrong("TIME-04", "is broken by a timeout", TimeFaults::brokenByTimeout);
    wrong("TIME-05", "cannot count to a day", running(TimeFaults::failingAtLongTimeouts));
    wrong("TIME-06", "leaves an interrupted script", running(TimeFaults::leavingInterrupted));
    wrong("TIME-07", "says nothing when interrupted", running(TimeFaults::silentlyInterrupted));
    wrong("TIME-08", "forgets the interruption", running(TimeFaults::forgettingInterruption));
    wrong("TIME-09", "waits for the end of output", hanging());
    wrong("THREAD-01", "mixes up answers", says(0, "0-in-0\n"));
    wrong("THREAD-02", "runs one call at a time", TimeFaults::oneAtATime);
  }

  private void lifeRules() {
    wrong("LIFE-01", "opens once", WrongLives::openingOnce);
    wrong("LIFE-02", "closes once", WrongLives::closingOnce);
    wrong("LIFE-03", "closes what is open", WrongLives::closingOnlyWhatIsOpen);
    wrong("LIFE-04", "opens by itself", WrongLives::openingByItself);
    wrong("LIFE-05", "does not close", WrongLives::neverClosing);
    wrong("LIFE-06", "opens again", WrongLives::openingAgain);
    wrong("LIFE-07", "leaves calls alone", WrongLives::neverClosing);
    wrong("LIFE-08", "guesses what the host is", WrongLives::guessingHealth);
    wrong("LIFE-09", "has another name", WrongLives::named);
    wrong("LIFE-10", "leaves a thread", WrongLives::leavingThread);
  }

  private void fileRules() {
    wrong("FILE-01", "copies text", copying(CopyFaults::copyingText));
    wrong("FILE-02", "makes no folder", copying(CopyFaults::makingNoFolder));
    wrong(
        "FILE-03",
        "writes over the file that is there",
        writingStraightToTheTarget(StandardOpenOption.CREATE, StandardOpenOption.WRITE));
    wrong("FILE-04", "copies while there are bytes", copying(CopyFaults::copyingWhatHasBytes));
    wrong("FILE-05", "stops its progress at the half", copying(CopyFaults::tellingOfHalf));
    wrong("FILE-06", "copies into a folder", copying(CopyFaults::copyingIntoFolder));
    wrong("FILE-07", "keeps failures to itself", copying(CopyFaults::hidingFailure));
    wrong("FILE-08", "has no temporary name", writingStraightToTheTarget());
    wrong("FILE-09", "has no temporary name", writingStraightToTheTarget());
    wrong(
        "FILE-10",
        "knows no timeout",
        copying((right, copy) -> right.streamFile(copy.withTimeout(Duration.ofDays(1)))));
    wrong(
        "FILE-11",
        "shares its temporary file",
        writingStraightToTheTarget(StandardOpenOption.CREATE, StandardOpenOption.APPEND));
    wrong("FILE-12", "is broken by a failed copy", CopyFaults::brokenByFailedCopy);
  }

  private void nameRules() {
    wrong("NAME-01", "cuts at a blank", target(path -> path.replaceAll(" .*", "")));
    wrong("NAME-02", "makes quotes plain", target(path -> path.replaceAll("[\u2018-\u201b]", "'")));
    wrong("NAME-03", "takes quotes away", target(path -> path.replaceAll("[\u201c-\u201e]", "")));
    wrong("NAME-04", "expands wildcards", target(path -> path.replaceAll("\\[(.)\\]", "$1")));
    wrong("NAME-05", "sends names in a code page", target(Faults::ascii));
    wrong("NAME-07", "takes quotes away", target(path -> path.replace("\"", "")));
    wrong("NAME-06", "expands variables", target(path -> path.replace("$HOME", "home")));
  }

  private void badRules() {
    wrong("BAD-01", "runs nothing", running(ScriptFaults::runningNothing));
    wrong("BAD-02", "answers for an empty script", WrongLives::careless);
    wrong("BAD-03", "copies nothing", copying(CopyFaults::copyingNothing));
    wrong("BAD-04", "takes a folder for a file", WrongLives::careless);
    wrong("BAD-05", "takes a relative path", WrongLives::careless);
  }

  private void secretRules() {
    UnaryOperator<Connection> showing = running(ScriptFaults::showingInputInTheScript);
    wrong("SECRET-01", "puts the input on the command line", showing);
    wrong("SECRET-02", "puts the input on the command line", showing);
    wrong("SECRET-03", "repeats the script in messages", running(ScriptFaults::repeatingTheScript));
    wrong("SECRET-04", "describes its last script", WrongLives::describingItsLastScript);
  }
}
