using ScaleFunctions.Adapters.Logs;
using ScaleFunctions.Core.Policies;
using ScaleFunctions.Core.Signals;
using ScaleFunctions.Sandbox;
using ScaleFunctions.Sandbox.Estates;
using ScaleFunctions.Sandbox.Faults;
using ScaleFunctions.Sandbox.Load;
using ScaleFunctions.Sandbox.Logs;
using ScaleFunctions.Sandbox.Requests;
using ScaleFunctions.Sandbox.Throttling;

namespace ScaleFunctions.Adapters.Tests.Logs;

public sealed class LogQuerySignalsTests : AzureTest
{
    private const string Workspace = "00000000-0000-4000-8000-0000000000aa";

    private static readonly SignalSource.Query Requests = new("requests\n| summarize value = count() by bin(TimeGenerated, 1m)", Workspace);

    protected override SandboxOptions Options() => new()
    {
        Estate = new EstateSpec([Spec("web")]) { LogQueries = [new LogQuerySpec(Workspace, Requests.Text, new ConstantLoad(37.5))] },
        Throttle = ThrottleLimits.None,
    };

    [Fact]
    public async Task Reads_the_number_and_its_time() =>
        Assert.Equal(new MetricSeries.Momentary(37.5, Sandbox.Clock.GetUtcNow().AddMinutes(-1)), await ReadAsync(Requests));

    [Theory]
    [InlineData("other", "WorkspaceNotFoundError")]
    [InlineData("../../subscriptions", "WorkspaceNotFoundError")]
    public async Task A_workspace_that_is_not_there_has_failed(string workspace, string code) =>
        Assert.Contains(code, Reason(await ReadAsync(Requests with { Workspace = workspace })), StringComparison.Ordinal);

    [Fact]
    public async Task A_query_that_is_refused_has_failed() =>
        Assert.Contains("BadArgumentError", Reason(await ReadAsync(Requests with { Text = "garbage" })), StringComparison.Ordinal);

    [Theory]
    [InlineData("""{"tables":[{"name":"t","columns":[{"name":"n","type":"long"}],"rows":[[5]]}]}""", 5)]
    [InlineData("""{"tables":[{"name":"t","columns":[{"name":"n","type":"decimal"}],"rows":[["5.5"]]}]}""", 5.5)]
    [InlineData("""{"tables":[{"name":"t","columns":[{"name":"s","type":"string"},{"name":"n","type":"real"}],"rows":[["a",7]]}]}""", 7)]
    public async Task One_row_is_a_number_of_now(string body, double value)
    {
        Fault(new AnswerWith(200, Body: body));

        Assert.Equal(new MetricSeries.Momentary(value, Sandbox.Clock.GetUtcNow()), await ReadAsync(Requests));
    }

    [Fact]
    public async Task Of_many_rows_the_newest_counts()
    {
        Fault(new AnswerWith(200, Body: """
            {"tables":[{"name":"t","columns":[{"name":"at","type":"datetime"},{"name":"n","type":"long"}],
            "rows":[["2026-01-04T23:57:00Z",1],["2026-01-04T23:59:00Z",3],["2026-01-04T23:58:00Z",2]]}]}
            """));

        Assert.Equal(new MetricSeries.Momentary(3, Sandbox.Clock.GetUtcNow().AddMinutes(-1)), await ReadAsync(Requests));
    }

    /// <summary>What is missing among the rows of an incomplete answer would read as little load.</summary>
    [Theory]
    [InlineData("""{"tables":[{"name":"t","columns":[{"name":"n","type":"long"}],"rows":[[5]]}],"error":{"code":"PartialError","message":"m"}}""", "the answer is not whole: PartialError")]
    [InlineData("""{"tables":[{"name":"t","columns":[{"name":"n","type":"long"}],"rows":[]}]}""", "the query answers no row")]
    [InlineData("""{"tables":[{"name":"t","columns":[{"name":"n","type":"long"}],"rows":[[1],[2]]}]}""", "the query answers 2 rows without a time")]
    [InlineData("""{"tables":[{"name":"t","columns":[{"name":"n","type":"long"}],"rows":[[null]]}]}""", "the query answers no number")]
    [InlineData("""{"tables":[{"name":"t","columns":[{"name":"n","type":"long"},{"name":"m","type":"real"}],"rows":[[1,2]]}]}""", "the query has to answer one column of numbers")]
    [InlineData("""{"tables":[{"name":"t","columns":[{"name":"n","type":"string"}],"rows":[["1"]]}]}""", "the query has to answer one column of numbers")]
    [InlineData("""{"tables":[{"name":"t","columns":[{"name":"at","type":"datetime"},{"name":"n","type":"long"}],"rows":[["soon",1]]}]}""", "the query answers a row without a time")]
    [InlineData("""{"tables":[]}""", "the answer has no table")]
    [InlineData("[]", "the answer has no table")]
    public async Task What_is_no_single_number_has_failed(string body, string reason)
    {
        Fault(new AnswerWith(200, Body: body));

        Assert.Equal(reason, Reason(await ReadAsync(Requests)));
    }

    [Theory]
    [InlineData("<html>")]
    [InlineData("")]
    public async Task Garbage_has_failed(string body)
    {
        Fault(new AnswerWith(200, Body: body));

        Assert.IsType<MetricSeries.Failed>(await ReadAsync(Requests));
    }

    [Fact]
    public async Task A_throttled_query_is_tried_again_as_told()
    {
        Fault(new Throttle(5), times: 1);

        Assert.IsType<MetricSeries.Momentary>(await ReadAsync(Requests));
        Assert.Equal(2, Count(RequestKind.LogQuery));
    }

    private static string Reason(MetricSeries series) => Assert.IsType<MetricSeries.Failed>(series).Reason;

    private Task<MetricSeries> ReadAsync(SignalSource.Query query) => new LogQuerySignals(Connect()).ReadAsync(query, Cancellation);
}
