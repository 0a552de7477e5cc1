using System.Text.Json;
using ScaleFunctions.Core.Actions;
using ScaleFunctions.Core.Journal;
using ScaleFunctions.Core.State;
using ScaleFunctions.Core.Tests.Builders;

namespace ScaleFunctions.Core.Tests.State;

public sealed class QuarantineTransitionsTests
{
    private static readonly IntentEnd Forbidden = new IntentEnd.Rejected(FailureClass.Forbidden, "AuthorizationFailed", "no role");

    public static TheoryData<string> Failing { get; } = ["forbidden", "invalid", "failed", "timed out"];

    public static TheoryData<string> Passing { get; } = ["throttled", "no room", "no quota", "busy", "failed for room", "done", "stale", "not landed", "not sent"];

    [Theory]
    [MemberData(nameof(Failing))]
    public void Five_failed_actions_within_a_day_end_in_quarantine_and_that_is_told_once(string end)
    {
        var row = Fail(4, Of(end));
        Assert.Null(row.Quarantine);

        row = Act(row, Of(end), 4);
        Assert.Equal(Some.At(4), row.Quarantine!.Since);
        Assert.Equal([1, 2, 3, 4, 5], row.Quarantine.Actions);
        Assert.StartsWith(
            "web is in quarantine: 5 of its actions failed within 24 hours (web@1, web@2, web@3, web@4, web@5), the last one ", Assert.Single(Told(row)).Text, StringComparison.Ordinal);
        Assert.EndsWith("until somebody has mended that and resumes it (sf resume web, or POST api/v1/resume/web)", Told(row)[0].Text, StringComparison.Ordinal);
        Assert.Single(Told(Act(row, Of(end), 5)));
    }

    [Fact]
    public void A_size_that_cannot_be_given_counts_too()
    {
        var row = Fail(4, Forbidden);

        row = row.Open(Some.Intent(epoch: 5, expires: 6) with { OpenedAt = Some.At(4), Size = "Standard_D2s_v5" }, Some.Plan()).Send(Some.At(4)).End(new IntentEnd.TimedOut(Some.Minutes(15)), Some.At(19));

        Assert.NotNull(row.Quarantine);
    }

    [Theory]
    [MemberData(nameof(Passing))]
    public void What_passes_by_itself_is_no_failure(string end) => Assert.Empty(Fail(6, Of(end)).Failures);

    [Fact]
    public void What_worked_in_between_does_not_make_it_well() => Assert.NotNull(Act(Act(Fail(4, Forbidden), new IntentEnd.Done(), 4), Forbidden, 5).Quarantine);

    [Fact]
    public void Failures_of_different_days_do_not_add_up()
    {
        var row = Act(Fail(4, Forbidden), Forbidden, 24 * 60);

        Assert.Null(row.Quarantine);
        Assert.Equal([2, 3, 4, 5], row.Failures.Select(each => each.Epoch));
    }

    [Fact]
    public void Only_a_person_ends_it()
    {
        var row = Fail(5, Forbidden);
        Assert.NotNull(row.SetPause(new TargetPause("ann", "look", Some.At(5), null), "ann", "look", Some.At(5)).Quarantine);

        var resumed = row.SetPause(null, "ann", "the role is there", Some.At(9));
        Assert.Null(resumed.Quarantine);
        Assert.Null(resumed.Refusal);
        Assert.Equal("resumed by ann, which ends the quarantine since 2026-03-02 12:04:00Z: the role is there", resumed.Journal.Outbox[^1].Text);
        Assert.Null(Act(resumed, Forbidden, 10).Quarantine);
    }

    [Fact]
    public void A_resource_that_is_gone_leaves_none_behind()
    {
        var row = Act(Fail(5, Forbidden), new IntentEnd.Gone(), 6);

        Assert.Null(row.Quarantine);
        Assert.Empty(row.Failures);
    }

    [Fact]
    public void It_survives_a_store()
    {
        var row = Fail(5, Forbidden);
        var read = JsonSerializer.Deserialize(JsonSerializer.Serialize(row, StateJson.Default.TargetRow), StateJson.Default.TargetRow)!;

        Assert.Equal(row.Quarantine!.Actions, read.Quarantine!.Actions);
        Assert.Equal((row.Quarantine.Since, row.Quarantine.Why), (read.Quarantine.Since, read.Quarantine.Why));
        Assert.Equal(row.Failures, read.Failures);
    }

    private static IntentEnd Of(string end) => end switch
    {
        "forbidden" => Forbidden,
        "invalid" => new IntentEnd.Rejected(FailureClass.Invalid, "InvalidParameter", "no"),
        "failed" => new IntentEnd.Failed(FailureClass.Other, "InternalExecutionError", "it broke", 4),
        "timed out" => new IntentEnd.TimedOut(Some.Minutes(15)),
        "throttled" => new IntentEnd.Rejected(FailureClass.Throttled, "TooManyRequests", ""),
        "no room" => new IntentEnd.Rejected(FailureClass.Capacity, "AllocationFailed", ""),
        "no quota" => new IntentEnd.Rejected(FailureClass.Quota, "QuotaExceeded", ""),
        "busy" => new IntentEnd.Rejected(FailureClass.Conflict, "AnotherOperationInProgress", ""),
        "failed for room" => new IntentEnd.Failed(FailureClass.Capacity, "AllocationFailed", "", 4),
        "done" => new IntentEnd.Done(),
        "stale" => new IntentEnd.Stale(),
        "not landed" => new IntentEnd.NotLanded(),
        _ => new IntentEnd.NotSent("x"),
    };

    /// <summary>One a minute.</summary>
    private static TargetRow Fail(int times, IntentEnd end) =>
        Enumerable.Range(0, times).Aggregate(new TargetRow { Target = Some.Id() }, (row, minute) => Act(row, end, minute));

    private static TargetRow Act(TargetRow row, IntentEnd end, double minute) => row
        .Open(Some.Intent(epoch: row.Epoch + 1, expires: minute + 2) with { OpenedAt = Some.At(minute), Desired = 6 }, Some.Plan())
        .Send(Some.At(minute))
        .End(end, Some.At(minute));

    private static List<JournalEntry> Told(TargetRow row) => [.. row.Journal.Outbox.Where(entry => entry.Kind == JournalKind.Quarantine)];
}
