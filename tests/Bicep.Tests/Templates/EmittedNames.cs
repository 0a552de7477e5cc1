using System.Text.RegularExpressions;

namespace ScaleFunctions.Bicep.Tests.Templates;

/// <summary>What the app's sources emit: metrics, spans and their attributes. A query for anything else finds nothing, for ever, in silence.</summary>
internal sealed partial class EmittedNames
{
    // Columns of Application Insights' tables that the queries use.
    private static readonly string[] Tables = ["AppMetrics", "AppDependencies"];

    private readonly string _sources;
    private readonly HashSet<string> _records;
    private readonly HashSet<string> _texts;

    private EmittedNames(string sources)
    {
        _sources = sources;
        _records = [.. Record().Matches(sources).Select(match => match.Groups["name"].Value)];
        _texts = [.. Text().Matches(sources).Select(match => match.Groups["text"].Value)];
    }

    public static EmittedNames OfApp() => new(string.Join('\n', Directory.EnumerateFiles(Repository.Folder("functions"), "*.cs", SearchOption.AllDirectories)
        .Where(file => !file.Split(Path.DirectorySeparatorChar).Any(part => part is "bin" or "obj")).Select(File.ReadAllText)));

    /// <summary>What a query asks for and nothing emits.</summary>
    public IEnumerable<string> Findings(string query)
    {
        if (!Tables.Any(table => query.StartsWith(table, StringComparison.Ordinal)))
        {
            yield return $"it asks none of {string.Join(", ", Tables)}";
        }

        var names = Asked().Matches(query).Select(match => match.Groups["name"].Value).ToList();
        if (names.Count == 0)
        {
            yield return "it asks for no metric and no span";
        }

        foreach (var name in names.Where(name => !_records.Contains(name)))
        {
            yield return $"nothing is called {name}";
        }

        foreach (var property in Property().Matches(query).Select(match => match.Groups["name"].Value).Where(property => !IsAttribute(property)))
        {
            yield return $"nothing has an attribute {property}";
        }

        // Values are words of cases: action_failed is ActionFailed in the code.
        foreach (var value in Value().Matches(query).SelectMany(match => match.Groups["value"].Captures).Select(capture => capture.Value).Except(names))
        {
            var word = string.Concat(value.Split('_').Select(part => char.ToUpperInvariant(part[0]) + part[1..]));
            if (!_texts.Contains(value) && !Regex.IsMatch(_sources, $@"\b{word}\b", RegexOptions.None, TimeSpan.FromSeconds(1)))
            {
                yield return $"no attribute has the value {value}";
            }
        }
    }

    /// <summary>Some are put together: a beginning, and the word of a fact in lower case.</summary>
    private bool IsAttribute(string property) =>
        _texts.Contains(property)
        || (property.LastIndexOf('.') is var end and > 0
            && _sources.Contains($"$\"{property[..(end + 1)]}{{", StringComparison.Ordinal)
            && _texts.Contains(char.ToUpperInvariant(property[end + 1]) + property[(end + 2)..]));

    [GeneratedRegex(@"(Create(Counter|Gauge|Histogram)<\w+>|StartActivity)\(\s*""(?<name>[\w.]+)""|const string SpanName = ""(?<name>\w+)""", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 5000)]
    private static partial Regex Record();

    [GeneratedRegex(@"""(?<text>[\w.]+)""", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 5000)]
    private static partial Regex Text();

    [GeneratedRegex(@"\bName == ""(?<name>[^""]+)""", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Asked();

    [GeneratedRegex(@"Properties\[""(?<name>[^""]+)""\]", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Property();

    [GeneratedRegex(@"==\s*""(?<value>[^""]+)""|\bin \((""(?<value>[^""]+)""(, )?)+\)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Value();
}
