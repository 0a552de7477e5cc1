using System.Text.Json;
using ScaleFunctions.Core.Actions;
using ScaleFunctions.Core.Journal;
using ScaleFunctions.Core.Plans;
using ScaleFunctions.Core.State;
using ScaleFunctions.Core.Tests.Builders;

namespace ScaleFunctions.Core.Tests.State;

public sealed class RefusalTransitionsTests
{
    private static readonly RefusalGrounds Grounds = new("v1", "tags", "rights");

    private static readonly IntentEnd Forbidden = new IntentEnd.Rejected(FailureClass.Forbidden, "AuthorizationFailed", "no role");

    [Fact]
    public void A_series_is_told_once_and_its_waits_double()
    {
        var row = New();
        var waits = new List<double>();
        for (var minute = 0; minute < 600; minute += 100)
        {
            row = Act(row, Forbidden, minute);
            waits.Add((row.Refusal!.Until - Some.At(minute)).TotalMinutes);
        }

        Assert.Equal([2, 4, 8, 16, 32, 60], waits);
        Assert.Equal((6, Some.At(0), Some.At(500), Some.At(502)), (row.Refusal!.Times, row.Refusal.Since, row.Refusal.At, row.Refusal.OthersUntil));
        Assert.Equal(
            "Azure refuses our writes (Forbidden, AuthorizationFailed): no role. Somebody has to mend that; until then they are tried again ever more rarely, next at 2026-03-02 12:02:00Z, or when policies, tags or rights change",
            Assert.Single(Told(row)).Text);
    }

    [Fact]
    public void What_was_never_sent_is_a_series_too()
    {
        var disabled = new IntentEnd.Rejected(FailureClass.Other, "SettingDisabled", "nothing was sent: the autoscale setting is switched off");
        var row = Act(Act(New(), disabled, 0), disabled, 2);

        Assert.Equal((2, Some.At(6)), (row.Refusal!.Times, row.Refusal.Until));
        Assert.StartsWith("our writes are refused (Other, SettingDisabled): nothing was sent", Assert.Single(Told(row)).Text, StringComparison.Ordinal);
    }

    [Fact]
    public void It_is_over_when_azure_takes_a_write_and_that_is_told()
    {
        var row = Act(Act(Act(New(), Forbidden, 0), Forbidden, 10), new IntentEnd.Done(), 20);

        Assert.Null(row.Refusal);
        Assert.Equal("Azure takes our writes again, after 2 refusals since 2026-03-02 12:00:00Z", Told(row)[^1].Text);
        Assert.Equal(1, Act(row, Forbidden, 30).Refusal!.Times);
    }

    [Fact]
    public void What_proves_nothing_leaves_it_as_it_is()
    {
        var refused = Act(New(), Forbidden, 0);

        Assert.All(
            (IntentEnd[])[new IntentEnd.NotSent("x"), new IntentEnd.Stale(), new IntentEnd.NotLanded(), new IntentEnd.Overtaken(3), new IntentEnd.Rejected(FailureClass.Throttled, "429", "")],
            end => Assert.Equal(refused.Refusal, Act(refused, end, 10).Refusal));
        Assert.Null(Act(New(), new IntentEnd.Rejected(FailureClass.Conflict, "409", ""), 0).Refusal);
        Assert.Null(Act(refused, new IntentEnd.Gone(), 10).Refusal);
    }

    [Fact]
    public void Other_grounds_begin_a_new_series()
    {
        var row = Act(Act(New(), Forbidden, 0), Forbidden, 10, Grounds with { PolicyVersion = "v2" });

        Assert.Equal((1, Some.At(10)), (row.Refusal!.Times, row.Refusal.Since));
        Assert.Equal(2, Told(row).Count);
    }

    [Fact]
    public void It_survives_a_store()
    {
        var row = Act(New(), Forbidden, 0);

        Assert.Equal(row.Refusal, JsonSerializer.Deserialize(JsonSerializer.Serialize(row, StateJson.Default.TargetRow), StateJson.Default.TargetRow)!.Refusal);
    }

    private static TargetRow New() => new() { Target = Some.Id() };

    private static TargetRow Act(TargetRow row, IntentEnd end, double minute, RefusalGrounds? grounds = null) => row
        .Open(Some.Intent(epoch: row.Epoch + 1, expires: minute + 2) with { OpenedAt = Some.At(minute), Desired = 6, Grounds = grounds ?? Grounds }, Some.Plan())
        .Send(Some.At(minute))
        .End(end, Some.At(minute));

    private static List<JournalEntry> Told(TargetRow row) => [.. row.Journal.Outbox.Where(entry => entry.Kind == JournalKind.Refusal)];
}
