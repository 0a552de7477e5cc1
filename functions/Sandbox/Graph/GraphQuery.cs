using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace ScaleFunctions.Sandbox.Graph;

/// <summary>
/// A query in the part of KQL that inventories need: a table, filters, a projection, the order by id. Anything else is refused,
/// so that a query that only works here is noticed.
/// </summary>
internal sealed partial class GraphQuery
{
    private readonly List<Func<JsonObject, bool>> _filters = [];
    private readonly List<(string Name, string[] Path)> _columns = [];

    private GraphQuery(string table) => Table = table;

    /// <summary>In lower case.</summary>
    public string Table { get; }

    /// <exception cref="FormatException">It is not in that part of the language; says which step.</exception>
    public static GraphQuery Parse(string text)
    {
        var steps = text.Split('|', StringSplitOptions.TrimEntries);
        var query = new GraphQuery(steps[0].ToLowerInvariant());
        foreach (var step in steps[1..])
        {
            query.Add(step);
        }

        return query;
    }

    /// <summary>The rows that pass, in the order of their ids, with the columns asked for.</summary>
    public IEnumerable<JsonObject> Run(IEnumerable<JsonObject> rows) => rows
        .Where(row => _filters.TrueForAll(filter => filter(row)))
        .OrderBy(row => Text(row, "id"), StringComparer.Ordinal)
        .Select(Project);

    private void Add(string step)
    {
        if (Equal().Match(step) is { Success: true } equal)
        {
            var (column, value) = (equal.Groups["column"].Value, equal.Groups["value"].Value);
            _filters.Add(row => Is(Text(row, column), value));
        }
        else if (OneOf().Match(step) is { Success: true } oneOf)
        {
            var column = oneOf.Groups["column"].Value;
            var values = oneOf.Groups["value"].Captures.Select(capture => capture.Value).ToList();
            _filters.Add(row => values.Exists(value => Is(Text(row, column), value)));
        }
        else if (NotEmpty().Match(step) is { Success: true } notEmpty)
        {
            _filters.Add(row => Text(row, notEmpty.Groups["column"].Value).Length > 0);
        }
        else if (Columns().Match(step) is { Success: true } columns)
        {
            _columns.AddRange(columns.Groups["item"].Captures.Select(capture => Column(capture.Value)));
        }
        else if (!step.Equals("order by id asc", StringComparison.OrdinalIgnoreCase))
        {
            throw new FormatException($"the step '{step}' is not understood here");
        }
    }

    private JsonObject Project(JsonObject row)
    {
        if (_columns.Count == 0)
        {
            return row;
        }

        var projected = new JsonObject();
        foreach (var (name, path) in _columns)
        {
            JsonNode? value = row;
            foreach (var part in path)
            {
                value = (value as JsonObject)?[part];
            }

            projected[name] = value?.DeepClone();
        }

        return projected;
    }

    private static (string Name, string[] Path) Column(string item)
    {
        var sides = item.Split('=', StringSplitOptions.TrimEntries);
        return (sides[0], sides[^1].Split('.'));
    }

    private static string Text(JsonObject row, string column) => row[column] is JsonValue value && value.TryGetValue(out string? text) ? text : "";

    private static bool Is(string one, string other) => string.Equals(one, other, StringComparison.OrdinalIgnoreCase);

    [GeneratedRegex(@"^where (?<column>\w+) =~ '(?<value>[^']*)'$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex Equal();

    [GeneratedRegex(@"^where (?<column>\w+) in~ \('(?<value>[^']*)'(, '(?<value>[^']*)')*\)$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex OneOf();

    [GeneratedRegex(@"^where isnotempty\((?<column>\w+)\)$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex NotEmpty();

    [GeneratedRegex(@"^project (?<item>\w+( = [\w.]+)?)(, (?<item>\w+( = [\w.]+)?))*$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex Columns();
}
