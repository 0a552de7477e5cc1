using System.CommandLine;
using System.CommandLine.Parsing;

namespace ScaleFunctions.App.Commands;

/// <summary>Options that several verbs have, each meaning the same everywhere.</summary>
internal static class SharedOptions
{
    public static Option<string?> State() => new("--state")
    {
        Description = "State directory. Default: that of the latest local run.",
        HelpName = "DIR",
    };

    public static Option<string> Policies() => new("--policies")
    {
        Description = "Directory of policy files.",
        HelpName = "DIR",
        DefaultValueFactory = _ => "policies",
    };

    public static Option<OutputFormat> Format() => new("--format")
    {
        Description = "How to print: table, json or markdown.",
        DefaultValueFactory = _ => OutputFormat.Table,
    };

    public static Option<string> By() => new("--by")
    {
        Description = "Who asks; it stands in the journal.",
        HelpName = "NAME",
        DefaultValueFactory = _ => Environment.UserName,
    };

    public static Option<string> Reason() => new("--reason")
    {
        Description = "Why; it stands in the journal.",
        HelpName = "TEXT",
        Required = true,
    };

    public static Option<TimeSpan?> Span(string name, string description) => new(name)
    {
        Description = description,
        HelpName = "SPAN",
        CustomParser = ParseSpan,
    };

    /// <summary>Reads 90s, 30m, 2h, 2d, 1h30m; says what is wrong otherwise.</summary>
    private static TimeSpan? ParseSpan(ArgumentResult result)
    {
        var text = result.Tokens[0].Value;
        if (SpanText.TryParse(text, out var span))
        {
            return span;
        }

        result.AddError($"'{text}' is not a span of time; expected for example 90s, 30m, 2h, 2d or 1h30m");
        return null;
    }
}
