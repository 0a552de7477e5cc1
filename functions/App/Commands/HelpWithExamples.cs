using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace ScaleFunctions.App.Commands;

/// <summary>The help of the command line library, and how the verb is typed.</summary>
internal sealed class HelpWithExamples(HelpAction inner, IReadOnlyList<string> ofRoot) : SynchronousCommandLineAction
{
    /// <summary>Help is asked for in the middle of a line as well, where what is missing is no mistake.</summary>
    public override bool ClearsParseErrors => true;

    public override int Invoke(ParseResult parseResult)
    {
        var code = inner.Invoke(parseResult);
        var examples = parseResult.CommandResult.Command is Verb verb ? verb.Examples : ofRoot;
        if (examples.Count > 0)
        {
            Terminal.Write($"Examples:\n{string.Join('\n', examples.Select(example => $"  {example}"))}\n");
        }

        return code;
    }
}
