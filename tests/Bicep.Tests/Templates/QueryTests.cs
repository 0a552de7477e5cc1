using System.Text.Json.Nodes;

namespace ScaleFunctions.Bicep.Tests.Templates;

/// <summary>Alert rules and the page in the portal ask for what the app emits.</summary>
public sealed class QueryTests(Snapshots snapshots) : IClassFixture<Snapshots>
{
    private static readonly EmittedNames Emitted = EmittedNames.OfApp();

    [Fact]
    public void Alert_rules_ask_for_what_is_emitted()
    {
        BicepProgram.SkipWhereItCannotRun();
        var queries = snapshots[Variant.All[1]].Of("Microsoft.Insights/scheduledQueryRules")
            .Select(rule => Deployment.At(rule, "properties", "criteria", "allOf")![0]!["query"]!.ToString()).ToList();
        Assert.Equal(5, queries.Count);
        Assert.Empty(queries.SelectMany(query => Emitted.Findings(query).Select(finding => $"{query}: {finding}")));
    }

    [Fact]
    public void The_page_asks_for_what_is_emitted()
    {
        var queries = Page().Select(item => (Title: item["content"]!["title"]!.ToString(), Query: item["content"]!["query"]!.ToString())).ToList();
        Assert.Empty(queries.SelectMany(each => Emitted.Findings(each.Query).Select(finding => $"{each.Title}: {finding}")));
    }

    [Fact]
    public void The_page_shows_decisions_why_nothing_changes_writes_savings_and_failures()
    {
        var asked = string.Join('\n', Page().Select(item => item["content"]!["query"]!.ToString()));
        Assert.All(
            new[] { "scalefunctions.decisions", "scalefunctions.holds", "scalefunctions.actions", "scalefunctions.savings", "faas.errors", "\"target\"" },
            name => Assert.Contains(name, asked, StringComparison.Ordinal));
    }

    /// <summary>A panel without the span of time that is chosen above shows another one, and says nothing of it.</summary>
    [Fact]
    public void Every_panel_follows_the_time_that_is_chosen()
    {
        var items = JsonNode.Parse(File.ReadAllText(Repository.Folder("bicep", "modules", "workbook.json")))!["items"]!.AsArray();
        var chosen = items.Single(item => item!["type"]!.GetValue<int>() == 9)!["content"]!["parameters"]![0]!["name"]!.ToString();
        Assert.All(Page(), item => Assert.Equal(chosen, item["content"]!["timeContextFromParameter"]!.ToString()));
        Assert.Equal(items.Count, items.Select(item => item!["name"]!.ToString()).Distinct().Count());
    }

    [Theory]
    [InlineData("AppMetrics | where Name == \"scalefunctions.decision\"")]
    [InlineData("AppMetrics | where Name == \"scalefunctions.decisions\" | extend A = tostring(Properties[\"scalefunctions.result\"])")]
    [InlineData("AppMetrics | where Name == \"scalefunctions.ticks\" and tostring(Properties[\"scalefunctions.outcome\"]) == \"flawless\"")]
    [InlineData("AppMetrics | where Name == \"scalefunctions.ticks\" | where Outcome in (\"finished\", \"flawless\")")]
    [InlineData("AppDependencies | where Name == \"targets\"")]
    [InlineData("AppDependencies | where Name == \"alert\" | extend A = tostring(Properties[\"scalefunctions.alert.colour\"])")]
    [InlineData("customMetrics | where Name == \"scalefunctions.ticks\"")]
    [InlineData("AppMetrics | where Sum > 0")]
    public void A_query_for_what_nothing_emits_is_noticed(string query) => Assert.NotEmpty(Emitted.Findings(query));

    private static IReadOnlyList<JsonObject> Page() =>
    [
        .. JsonNode.Parse(File.ReadAllText(Repository.Folder("bicep", "modules", "workbook.json")))!["items"]!.AsArray()
            .Select(item => item!.AsObject()).Where(item => item["type"]!.GetValue<int>() == 3),
    ];
}
