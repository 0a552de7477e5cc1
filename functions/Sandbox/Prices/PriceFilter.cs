using System.Text.RegularExpressions;

namespace ScaleFunctions.Sandbox.Prices;

/// <summary>
/// The part of OData that the price list is asked in: comparisons joined by <c>and</c>, of which each may be several in brackets
/// joined by <c>or</c>. Values are compared with regard to case, as since version 2023-01-01-preview.
/// </summary>
internal sealed partial class PriceFilter
{
    private static readonly Dictionary<string, Func<PriceRow, string>> Fields = new()
    {
        ["serviceName"] = row => row.Service,
        ["productName"] = row => row.Product,
        ["skuName"] = row => row.Sku,
        ["armSkuName"] = row => row.ArmSku,
        ["meterName"] = row => row.Meter,
        ["armRegionName"] = row => row.Region,
        ["priceType"] = row => row.Type,
    };

    private readonly List<List<(Func<PriceRow, string> Field, string Value)>> _all;

    private PriceFilter(List<List<(Func<PriceRow, string> Field, string Value)>> all) => _all = all;

    /// <summary>The filter; null when it is not one, or compares what there is not.</summary>
    public static PriceFilter? Parse(string? text)
    {
        var all = new List<List<(Func<PriceRow, string>, string)>>();
        foreach (var clause in string.IsNullOrWhiteSpace(text) ? [] : Clauses(text))
        {
            var any = new List<(Func<PriceRow, string>, string)>();
            var bare = clause.StartsWith('(') && clause.EndsWith(')') ? clause[1..^1] : clause;
            foreach (var part in bare.Split(" or ", StringSplitOptions.TrimEntries))
            {
                var match = Comparison().Match(part);
                if (!match.Success || !Fields.TryGetValue(match.Groups["field"].Value, out var field))
                {
                    return null;
                }

                any.Add((field, match.Groups["value"].Value));
            }

            all.Add(any);
        }

        return new PriceFilter(all);
    }

    public bool LetsThrough(PriceRow row) => _all.All(any => any.Exists(each => each.Field(row) == each.Value));

    private static string[] Clauses(string text) => text.Split(" and ", StringSplitOptions.TrimEntries);

    [GeneratedRegex("^(?<field>[A-Za-z]+) eq '(?<value>[^']*)'$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Comparison();
}
