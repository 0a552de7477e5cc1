using System.Text.RegularExpressions;

namespace ScaleFunctions.Sandbox.Metrics;

/// <summary>
/// The filter of a metric query, in Azure's language: <c>VMName eq 'web_0' or VMName eq 'web_1'</c>, or <c>VMName eq '*'</c>.
/// Instances are all that the metrics here tell apart.
/// </summary>
internal sealed partial record DimensionFilter(IReadOnlyList<string> Names, int Top)
{
    private const int UsualTop = 10;

    /// <summary>The filter; nothing when there is none; or what is wrong with it.</summary>
    /// <param name="dimension">The one dimension of the metrics.</param>
    /// <param name="parameters">A query parameter by its name.</param>
    public static (DimensionFilter? Filter, string? Error) Read(string dimension, Func<string, string?> parameters)
    {
        var text = parameters("filter") ?? parameters("$filter");
        if (string.IsNullOrEmpty(text))
        {
            return parameters("top") is null ? (null, null) : (null, "'top' is valid only with a filter.");
        }

        var (top, given) = (UsualTop, parameters("top"));
        if (given is not null && (!int.TryParse(given, out top) || top < 1))
        {
            return (null, $"'{given}' is not a number of time series.");
        }

        var names = new List<string>();
        foreach (var term in Joint().Split(text))
        {
            if (Term().Match(term) is not { Success: true } match)
            {
                return (null, $"The filter '{text}' cannot be read at '{term}'.");
            }

            if (!string.Equals(match.Groups["name"].Value, dimension, StringComparison.OrdinalIgnoreCase))
            {
                return (null, $"The metric has no dimension '{match.Groups["name"].Value}'. Dimensions here: {dimension}.");
            }

            names.Add(match.Groups["value"].Value.Replace("''", "'", StringComparison.Ordinal));
        }

        return (new DimensionFilter(names, top), null);
    }

    public bool Takes(string name) => Names.Any(each => each == "*" || string.Equals(each, name, StringComparison.OrdinalIgnoreCase));

    /// <summary>Only outside of quotes: each quote before it is closed again.</summary>
    [GeneratedRegex("(?<=^(?:[^']*'[^']*')*[^']*) or (?=(?:[^']*'[^']*')*[^']*$)", RegexOptions.IgnoreCase, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Joint();

    [GeneratedRegex(@"^\s*(?<name>[\w./:-]+) eq '(?<value>(?:[^']|'')*)'\s*$", RegexOptions.IgnoreCase, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Term();
}
