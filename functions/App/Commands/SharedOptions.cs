using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using System.Numerics;
using ScaleFunctions.App.Hosting.Api;
using ScaleFunctions.App.Local;

namespace ScaleFunctions.App.Commands;

/// <summary>Options that several verbs have, each meaning the same everywhere.</summary>
internal static class SharedOptions
{
    private const NumberStyles Number = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;

    /// <summary>Where policy files are looked for when nothing else is said.</summary>
    public const string UsualPolicies = "policies";

    /// <summary>As the lines print them, and as ISO 8601 has them. Nothing looser: "1/2" is another day to everyone.</summary>
    private static readonly string[] TimeFormats =
    [
        "yyyy-MM-dd HH:mm", "yyyy-MM-dd HH:mmK", "yyyy-MM-dd HH:mm:ssK", "yyyy-MM-ddTHH:mmK", "yyyy-MM-ddTHH:mm:ssK",
        "yyyy-MM-ddTHH:mm:ss.FFFFFFFK",
    ];

    public static Option<string?> State() => new("--state")
    {
        Description = "State directory. Default: that of the latest local run.",
        HelpName = "DIR",
    };

    public static Option<string> Policies() => new("--policies")
    {
        Description = "Directory of policy files.",
        HelpName = "DIR",
        DefaultValueFactory = _ => UsualPolicies,
    };

    public static Option<OutputFormat> Format() => new("--format")
    {
        Description = "How to print. Default: table.",
        HelpName = "table|json|markdown|csv",
        CustomParser = ParseFormat,
    };

    /// <summary>Which simulated estate a fresh sandbox has.</summary>
    public static Option<string?> Estate()
    {
        var option = new Option<string?>("--estate")
        {
            Description = "Simulated estate: shop (a few services), large (1,000 resources in twelve subscriptions, a third not ours) or leftovers (the shop, and what stands about beside it). Default: shop.",
            HelpName = string.Join('|', EstateNames.All),
        };
        option.AcceptOnlyFromAmong(EstateNames.All);
        return option;
    }

    public static Option<string> By() => new("--by")
    {
        Description = "Who asks; it stands in the journal.",
        HelpName = "NAME",
        DefaultValueFactory = _ => Environment.UserName is { Length: > 0 } name ? name : "unknown",
        CustomParser = result => ParseText(result, "a name"),
    };

    public static Option<string> Reason() => new("--reason")
    {
        Description = "Why; it stands in the journal.",
        HelpName = "TEXT",
        // Whoever must stop everything at once is not asked to explain first.
        DefaultValueFactory = _ => "no reason given",
        CustomParser = result => ParseText(result, "a reason"),
    };

    public static Option<TimeSpan?> Span(string name, string description, TimeSpan least = default) => new(name)
    {
        Description = description,
        HelpName = "SPAN",
        CustomParser = result => ParseSpan(result, least),
    };

    /// <summary>A moment, UTC unless it names an offset.</summary>
    public static Option<DateTimeOffset?> Time(string name, string description) => new(name)
    {
        Description = description,
        HelpName = "TIME",
        CustomParser = ParseTime,
    };

    /// <summary>How many entries to print.</summary>
    public static Option<int> Limit(string description, int usual) => new("--limit")
    {
        Description = description,
        HelpName = "N",
        DefaultValueFactory = _ => usual,
        CustomParser = result => ParseNumber<int>(result, "a whole number of at least 1", number => number >= 1),
    };

    /// <summary>Reads a number; says what was expected otherwise.</summary>
    public static T ParseNumber<T>(ArgumentResult result, string expected, Func<T, bool> isFine)
        where T : struct, INumber<T>
    {
        var text = result.Tokens[0].Value;
        if (T.TryParse(text, Number, CultureInfo.InvariantCulture, out var number) && isFine(number))
        {
            return number;
        }

        result.AddError($"'{text}' does not fit {NameOf(result)}; expected {expected}");
        return default;
    }

    /// <summary>What stands in the journal for good, so neither nothing nor a book; the same as over HTTP.</summary>
    private static string ParseText(ArgumentResult result, string expected)
    {
        var text = result.Tokens[0].Value;
        if (string.IsNullOrWhiteSpace(text))
        {
            result.AddError($"'{text}' does not fit {NameOf(result)}; expected {expected}");
        }
        else if (text.Length > ApiHandles.LongestText)
        {
            result.AddError($"what was given to {NameOf(result)} has {text.Length} characters; expected at most {ApiHandles.LongestText}");
        }

        return text;
    }

    private static OutputFormat ParseFormat(ArgumentResult result)
    {
        var text = result.Tokens[0].Value;
        foreach (var format in Enum.GetValues<OutputFormat>())
        {
            if (text.Equals(format.ToString(), StringComparison.OrdinalIgnoreCase))
            {
                return format;
            }
        }

        result.AddError($"'{text}' does not fit {NameOf(result)}; expected table, json, markdown or csv");
        return default;
    }

    private static string NameOf(ArgumentResult result) => (result.Parent as OptionResult)?.Option.Name ?? result.Argument.Name;

    /// <summary>Reads 90s, 30m, 2h, 2d, 1h30m; says what is wrong otherwise.</summary>
    private static TimeSpan? ParseSpan(ArgumentResult result, TimeSpan least)
    {
        var text = result.Tokens[0].Value;
        if (!SpanText.TryParse(text, out var span))
        {
            result.AddError($"'{text}' is not a span of time; expected for example 90s, 30m, 2h, 2d or 1h30m");
        }
        else if (span < least)
        {
            result.AddError($"'{text}' is too short for {NameOf(result)}; expected at least {SpanText.Describe(least)}");
        }
        else
        {
            return span;
        }

        return null;
    }

    private static DateTimeOffset? ParseTime(ArgumentResult result)
    {
        var text = result.Tokens[0].Value;
        if (DateTimeOffset.TryParseExact(
            text, TimeFormats, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time))
        {
            return time;
        }

        result.AddError($"'{text}' is not a time; expected for example 2026-01-05T08:30 or '2026-01-05 08:30'");
        return null;
    }
}
