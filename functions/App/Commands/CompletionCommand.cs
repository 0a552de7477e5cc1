using System.CommandLine;
using System.Text.RegularExpressions;

namespace ScaleFunctions.App.Commands;

/// <summary>Prints what has a shell complete verbs and options: it asks the program itself, so that nothing is listed twice.</summary>
internal static partial class CompletionCommand
{
    /// <summary>The command line up to the cursor, without the name of the program, goes to its <c>[suggest]</c> directive.</summary>
    private const string Bash =
        """
        # NAME: completion for bash. Put into ~/.bashrc:  source <(NAME completion bash)
        _NAME_complete() {
            local typed=${COMP_LINE:0:COMP_POINT} word=${COMP_WORDS[COMP_CWORD]} found
            typed=${typed#"$1"}
            typed=${typed# }
            mapfile -t found < <("$1" "[suggest:${#typed}]" "$typed" 2> /dev/null)
            mapfile -t COMPREPLY < <(compgen -W "${found[*]##[/]*}" -- "$word")
        }
        complete -o default -F _NAME_complete NAME
        """;

    private const string Zsh =
        """
        # NAME: completion for zsh. Put into ~/.zshrc, after compinit:  source <(NAME completion zsh)
        _NAME_complete() {
            local typed="${(j: :)words[2,CURRENT]}"
            local -a found
            found=("${(@f)$("${words[1]}" "[suggest:${#typed}]" "$typed" 2> /dev/null)}")
            compadd -- $found
        }
        compdef _NAME_complete NAME
        """;

    private const string PowerShell =
        """
        # NAME: completion for PowerShell. Put into $PROFILE:  NAME completion pwsh | Out-String | Invoke-Expression
        Register-ArgumentCompleter -Native -CommandName NAME -ScriptBlock {
            param($word, $line, $position)
            $typed = $line.ToString().Substring(0, [Math]::Min($position, $line.ToString().Length)) -replace '^\S+\s?', ''
            NAME "[suggest:$($typed.Length)]" "$typed" 2> $null | Where-Object { $_ -like "$word*" } |
                ForEach-Object { [System.Management.Automation.CompletionResult]::new($_) }
        }
        """;

    public static Command Create()
    {
        var shell = new Argument<string>("shell") { Description = "bash, zsh or pwsh." };
        shell.AcceptOnlyFromAmong("bash", "zsh", "pwsh");
        var name = new Option<string>("--name") { Description = "The name by which the program is called.", HelpName = "NAME", DefaultValueFactory = _ => "ScaleFunctions" };
        name.Validators.Add(result =>
        {
            if (!Allowed().IsMatch(result.GetValue(name) ?? ""))
            {
                result.AddError("--name takes letters, digits, '-' and '_'");
            }
        });
        var command = new Verb(
            "completion", "A script that has your shell complete verbs and options. Its first line says where it goes.",
            "sf completion bash --name sf") { shell, name };
        command.SetAction(parsed => Terminal.Write((parsed.GetValue(shell) switch
        {
            "bash" => Bash,
            "zsh" => Zsh,
            _ => PowerShell,
        }).Replace("NAME", parsed.GetValue(name), StringComparison.Ordinal)));
        return command;
    }

    [GeneratedRegex("^[A-Za-z0-9_-]{1,50}$", RegexOptions.None, 1000)]
    private static partial Regex Allowed();
}
