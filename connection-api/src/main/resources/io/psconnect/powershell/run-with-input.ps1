# PowerShell pipes the lines of standard input into a command whose outermost block mentions the
# variable for them. This block asks the same of the script, and does the same. (The variable's name
# is a blank, since the script sees it.) A script that cannot even be called, for want of a mandatory
# parameter, does not come to its own check of its last statement.
. {
  param(${ })
  ${ }=&<compile> ${ };
  if(${ }.Ast.Find({$args[0].VariablePath.UserPath-eq'input'},$false)){
    &{
      while($null-ne($l=[System.Console]::In.ReadLine())){$l}
    }|. ${ }
  }else{
    . ${ }
  };
  if(!$?){exit 1}
} <source>
