using ScaleFunctions.Core.Conformance;

namespace ScaleFunctions.Core.Tests.Conformance;

public sealed class ConformanceComparisonTests
{
    private static readonly ExchangeSeen Seen = new()
    {
        Step = "read",
        Status = 200,
        Headers = ["ETag"],
        Shape = ["sku.capacity: Number", "id: String"],
        Facts = new Dictionary<string, string> { ["state"] = "Succeeded" },
    };

    [Fact]
    public void What_is_the_same_matched() => Assert.All(
        Tried(Seen, Seen), row => Assert.Equal(ConformanceOutcome.Matched, row.Outcome));

    [Fact]
    public void Each_point_that_is_not_the_same_differs()
    {
        var rows = Tried(Seen, Seen with { Status = 202, ErrorCode = "Busy", Headers = ["Retry-After"], Facts = new Dictionary<string, string> { ["state"] = "Updating" } });

        Assert.Equal(
            ["status", "error code", "header ETag", "header Retry-After", "state"],
            rows.Where(row => row.Outcome == ConformanceOutcome.Differs).Select(row => row.Point));
    }

    [Fact]
    public void The_sandbox_may_tell_less_and_nothing_else()
    {
        Assert.All(Tried(Seen, Seen with { Shape = ["id: String"] }), row => Assert.Equal(ConformanceOutcome.Matched, row.Outcome));
        var invented = Assert.Single(Tried(Seen, Seen with { Shape = ["id: String", "sku.capacity: String"] }), row => row.Outcome == ConformanceOutcome.Differs);
        Assert.Equal(("body", "does not have sku.capacity: String"), (invented.Point, invented.Real));
    }

    [Fact]
    public void A_step_that_one_of_them_did_not_come_to_was_never_tried()
    {
        var rows = ConformanceComparison.Compare(["read", "write"], [Seen], [Seen, Seen with { Step = "write" }]);

        Assert.Equal(ConformanceOutcome.NeverTried, Assert.Single(rows, row => row.Step == "write").Outcome);
        Assert.Contains(rows, row => row is { Step: "throttling", Outcome: ConformanceOutcome.NeverTried });
    }

    private static IEnumerable<ConformanceRow> Tried(ExchangeSeen real, ExchangeSeen sandbox) =>
        ConformanceComparison.Compare(["read"], [real], [sandbox]).Where(row => row.Outcome != ConformanceOutcome.NeverTried);
}
