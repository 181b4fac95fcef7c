# The loader: what every PowerShell process is started with, by -EncodedCommand. Loader.java takes
# comments and indentation away and puts the lines together into one, as they are: a statement ends
# with a semicolon, and <words> stand for texts that Loader.java puts in.
#
# It is valid in Windows PowerShell 5.1 and in PowerShell 7, and calls no cmdlet: one that loads its
# module may write progress, and with it fix the encoding of stderr, before the encodings are set.
# It does not mention the variable for piped data, or the host would read standard input to its end
# before the first statement. And it is all one line, on which the command begins that runs the
# script: else error messages would show lines of the loader.

# Progress records cost time, and nobody sees them.
$ProgressPreference='SilentlyContinue';

# UTF-8 for our streams, and for what is piped to native programs; without a byte order mark, which
# .NET Framework would write to their standard input. A host without a console refuses; then its
# streams are as they are. Full type names, as short ones are looked up in every assembly (7 ms).
# Constrained Language Mode refuses too: then nothing of the script may run, so this stops here,
# in words that PowerShellLaunch.java knows.
try{
  [System.Console]::InputEncoding=[System.Console]::OutputEncoding=
    $OutputEncoding=[System.Text.UTF8Encoding]::new()
}catch{
  if($ExecutionContext.SessionState.LanguageMode-ne'FullLanguage'){
    throw '<constrained>'
  }
};

# For a backend that ends processes by their id: announce.ps1; else nothing.
<announcement>

# No colour codes in tables. PowerShell has this variable since 7.2.
if($PSStyle){
  $PSStyle.OutputRendering='PlainText'
};

# For a process that waits for its script: warm-up.ps1; else nothing.
<warm-up>

# The script itself: run.ps1, or for a script that may read piped data, run-with-input.ps1.
<run>
