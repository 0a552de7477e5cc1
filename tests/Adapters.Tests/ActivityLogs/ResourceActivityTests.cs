using ScaleFunctions.Adapters.ActivityLogs;
using ScaleFunctions.Adapters.Tests.Compute;
using ScaleFunctions.Core.Actions;
using ScaleFunctions.Core.ActivityLogs;
using ScaleFunctions.Sandbox.Faults;
using ScaleFunctions.Sandbox.Requests;

namespace ScaleFunctions.Adapters.Tests.ActivityLogs;

public sealed class ResourceActivityTests : ScaleSetTest
{
    [Fact]
    public async Task Tells_who_changed_a_resource_the_newest_first()
    {
        var start = Sandbox.Clock.GetUtcNow();
        Sandbox.Estate.SetCapacity(Web, 9);
        await Sandbox.Clock.AdvanceToAsync(start.AddMinutes(5), Cancellation);
        Assert.IsType<WriteResult.Accepted>(await Target().WriteAsync(await PlanAsync(7), Cancellation));

        var records = await ReadAsync(start, start.AddMinutes(10));

        Assert.Equal(
            [("scalefunctions", start.AddMinutes(5)), ("ann@contoso.com", start)],
            records.Select(record => (record.Caller, record.At)));
        Assert.All(records, record => Assert.Equal(("Microsoft.Compute/virtualMachineScaleSets/write", "Succeeded", Web.Value), (record.Operation, record.Status, record.Resource)));
        Assert.Equal("ann@contoso.com", Assert.Single(await ReadAsync(start, start.AddMinutes(1))).Caller);
    }

    [Fact]
    public async Task Nothing_is_asked_of_times_that_Azure_has_forgotten()
    {
        var now = Sandbox.Clock.GetUtcNow();

        Assert.Empty(await ReadAsync(now.AddDays(-200), now.AddDays(-100)));
        Assert.Equal(0, Count(RequestKind.ActivityLog));
        Assert.Empty(await ReadAsync(now.AddDays(-200), now));
        Assert.Equal(1, Count(RequestKind.ActivityLog));
    }

    [Fact]
    public async Task Events_that_only_read_or_are_of_something_else_or_not_readable_are_left_out()
    {
        Fault(new AnswerWith(200, Body: $$"""
            {"value":[7,{"resourceId":"{{Web}}"},
             {"resourceId":"{{Web}}","operationName":{"value":"Microsoft.Compute/x/read"},"eventTimestamp":"2026-01-05T00:00:00Z"},
             {"resourceId":"{{Id("other")}}","operationName":{"value":"Microsoft.Compute/x/write"},"eventTimestamp":"2026-01-05T00:00:00Z"},
             {"resourceId":"{{Web}}","operationName":{"value":"Microsoft.Compute/x/write"},"eventTimestamp":"yesterday"},
             {"resourceId":"{{Web}}","operationName":{"value":"Microsoft.Compute/x/action"},"eventTimestamp":"2026-01-05T00:00:00Z"}]}
            """), target: "eventtypes");

        Assert.Equal(
            new ActivityRecord(new(2026, 1, 5, 0, 0, 0, TimeSpan.Zero), "unknown", "Microsoft.Compute/x/action", Web.Value, ""),
            Assert.Single(await ReadAsync(Sandbox.Clock.GetUtcNow().AddDays(-1), Sandbox.Clock.GetUtcNow())));
    }

    [Fact]
    public async Task What_cannot_be_read_says_why()
    {
        Fault(new AnswerWith(403, "AuthorizationFailed"), target: "eventtypes");
        var now = Sandbox.Clock.GetUtcNow();

        var reading = await new ResourceActivity(Connect()).ReadAsync(Web, now.AddDays(-1), now, Cancellation);

        Assert.Contains("AuthorizationFailed", Assert.IsType<ActivityReading.Unreadable>(reading).Why, StringComparison.Ordinal);
    }

    private async Task<IReadOnlyList<ActivityRecord>> ReadAsync(DateTimeOffset from, DateTimeOffset to) =>
        Assert.IsType<ActivityReading.Read>(await new ResourceActivity(Connect()).ReadAsync(Web, from, to, Cancellation)).Records;
}
