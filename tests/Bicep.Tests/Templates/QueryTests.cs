using System.Text.Json.Nodes;
using ScaleFunctions.Bicep.Tests.Queries;

namespace ScaleFunctions.Bicep.Tests.Templates;

/// <summary>Alert rules and the page in the portal ask for what the app emits.</summary>
public sealed class QueryTests(Snapshots snapshots) : IClassFixture<Snapshots>
{
    private static readonly EmittedNames Emitted = EmittedNames.OfApp();

    [Fact]
    public void Alert_rules_ask_for_what_is_emitted()
    {
        BicepProgram.SkipWhereItCannotRun();
        var queries = OfAlertRules();
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

    [Fact]
    public async Task The_language_service_of_Kusto_has_nothing_against_alert_rules_and_the_page()
    {
        BicepProgram.SkipWhereItCannotRun();
        QueryChecker.SkipWhereItCannotRun();
        string[] queries = [.. OfAlertRules(), .. Page().Select(item => Filled(item["content"]!["query"]!.ToString()))];
        Assert.True(queries.Length > 15);
        var found = await QueryChecker.CheckAsync(queries, TestContext.Current.CancellationToken);
        Assert.Empty(queries.Zip(found).SelectMany(each => each.Second.Select(message => $"{each.First}: {message}")));
    }

    [Fact]
    public async Task The_language_service_of_Kusto_notices_each_of_these()
    {
        QueryChecker.SkipWhereItCannotRun();
        string[] broken =
        [
            "AppMetrics | where Nme == \"a\"", "AppMetric | count", "AppMetrics | summarise count()", "AppMetrics | top 5 by",
            "AppMetrics | extend A = tostrin(Properties)", "AppMetrics | where Sum > \"a\"", "AppMetrics | summarize Count = sum(Sum) by bin(TimeGenerated, {TimeRange:grain})",
            "AppDependencies | where Name == \"target\" | project Sum",
        ];
        Assert.All(await QueryChecker.CheckAsync(broken, TestContext.Current.CancellationToken), Assert.NotEmpty);
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

    private List<string> OfAlertRules() =>
        [.. snapshots[Variant.All[1]].Of("Microsoft.Insights/scheduledQueryRules").Select(rule => Deployment.At(rule, "properties", "criteria", "allOf")![0]!["query"]!.ToString())];

    /// <summary>As the portal sends it.</summary>
    private static string Filled(string query) => query.Replace("{TimeRange:grain}", "5m", StringComparison.Ordinal);

    private static IReadOnlyList<JsonObject> Page() =>
    [
        .. JsonNode.Parse(File.ReadAllText(Repository.Folder("bicep", "modules", "workbook.json")))!["items"]!.AsArray()
            .Select(item => item!.AsObject()).Where(item => item["type"]!.GetValue<int>() == 3),
    ];
}
