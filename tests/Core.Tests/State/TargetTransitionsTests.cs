using System.Text.Json;
using ScaleFunctions.Core.Actions;
using ScaleFunctions.Core.Checks;
using ScaleFunctions.Core.Decisions;
using ScaleFunctions.Core.Journal;
using ScaleFunctions.Core.State;
using ScaleFunctions.Core.Tests.Builders;

namespace ScaleFunctions.Core.Tests.State;

public sealed class TargetTransitionsTests
{
    private static readonly TargetRow New = new() { Target = Some.Id() };

    private static readonly Uri Operation = new("https://management.azure.com/operations/1");

    [Fact]
    public void Who_made_a_change_is_told_once_it_is_known()
    {
        var row = New.See(4, Some.Noon, "worker-1").See(7, Some.At(1), "worker-1");
        var drift = row.Unexplained!;
        Assert.Equal((Some.Noon, Some.At(1), 4, 7), (drift.Since, drift.At, drift.Expected, drift.Found));

        var later = row.Explain(drift, "", Some.At(2), "worker-1");
        Assert.Equal((1, false, true), (later.Unexplained!.Asked, later.Unexplained.IsDue(Some.At(3)), later.Unexplained.IsDue(Some.At(4))));
        Assert.Same(later, later.Explain(drift, "of an older question", Some.At(3), "worker-1"));

        var told = later.Explain(later.Unexplained, "write by ann at 12:00:30, says the activity log", Some.At(4), "worker-1");
        Assert.Null(told.Unexplained);
        Assert.Equal(
            "the change from 4 to 7 instances, seen at 2026-03-02 12:01:00Z: write by ann at 12:00:30, says the activity log", told.Journal.Outbox[^1].Text);
    }

    [Fact]
    public void Nobody_is_asked_for_ever()
    {
        var row = New.See(4, Some.Noon, "worker-1").See(7, Some.At(1), "worker-1");
        for (var asked = 0; asked < 4; asked++)
        {
            row = row.Explain(row.Unexplained!, "", Some.At(60), "worker-1");
        }

        Assert.Null(row.Unexplained);
    }

    [Fact]
    public void Opening_raises_the_epoch_and_tells_why()
    {
        var row = Opened();

        Assert.Equal((1, IntentPhase.Opened), (row.Epoch, row.Intent!.Phase));
        Assert.Equal(JournalKind.IntentOpened, row.Journal.Outbox[^1].Kind);
        Assert.Equal("4 → 6 instances: cpu 90 against a target of 60", row.Journal.Outbox[^1].Text);
        Assert.Empty(row.History.Changes);
    }

    [Fact]
    public void There_is_one_action_at_a_time() =>
        Assert.Throws<InvalidOperationException>(() => Opened().Open(Some.Intent(epoch: 2), Some.Plan()));

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    public void An_action_of_another_epoch_is_never_opened(long epoch) =>
        Assert.Throws<InvalidOperationException>(() => New.Open(Some.Intent(epoch: epoch), Some.Plan()));

    [Fact]
    public void An_action_is_opened_in_its_first_phase() =>
        Assert.Throws<InvalidOperationException>(() => New.Open(Some.Intent(phase: IntentPhase.Sent), Some.Plan()));

    [Fact]
    public void A_newer_action_supersedes_an_open_check()
    {
        var row = Sent().End(new IntentEnd.Done(), Some.At(1)).Open(Some.Intent(epoch: 2), Some.Plan());

        Assert.Null(row.Check);
        Assert.Equal(JournalKind.CheckEnded, row.Journal.Outbox[^2].Kind);
    }

    [Fact]
    public void Sending_counts_as_a_change()
    {
        var row = Opened().Send(Some.At(1));

        Assert.Equal((IntentPhase.Sent, Some.At(1)), (row.Intent!.Phase, row.Intent.SentAt));
        Assert.Equal([new PastChange(Some.At(1), 4, 6)], row.History.Changes);
    }

    [Fact]
    public void An_expired_action_is_never_sent() => Assert.Throws<InvalidOperationException>(() => Opened().Send(Some.At(2)));

    [Fact]
    public void An_action_is_sent_once() => Assert.Throws<InvalidOperationException>(() => Sent().Send(Some.At(1)));

    [Fact]
    public void Only_what_was_sent_is_accepted_or_doubted()
    {
        Assert.Throws<InvalidOperationException>(() => Opened().Accept(null, Some.At(1)));
        Assert.Throws<InvalidOperationException>(() => Opened().Doubt("reset", Some.At(1)));
        Assert.Throws<InvalidOperationException>(() => Sent().Doubt("reset", Some.At(1)).Accept(null, Some.At(1)));
    }

    [Fact]
    public void An_accepted_action_knows_its_operation() => Assert.Equal(
        (IntentPhase.Accepted, Operation), (Sent().Accept(Operation, Some.At(1)).Intent!.Phase, Sent().Accept(Operation, Some.At(1)).Intent!.Operation));

    [Fact]
    public void An_action_in_doubt_stays_open() => Assert.Equal(IntentPhase.Unknown, Sent().Doubt("reset", Some.At(1)).Intent!.Phase);

    [Fact]
    public void There_is_one_end()
    {
        var ended = Sent().End(new IntentEnd.Done(), Some.At(1));

        Assert.Null(ended.Intent);
        Assert.Throws<InvalidOperationException>(() => ended.End(new IntentEnd.NotLanded(), Some.At(2)));
    }

    [Fact]
    public void What_changed_azure_stays_a_change_and_is_watched()
    {
        var row = Sent().End(new IntentEnd.Done(), Some.At(1));

        Assert.Single(row.History.Changes);
        Assert.Equal((4, 6, Some.At(1)), (row.Check!.From, row.Check.Goal, row.Check.StartedAt));
        Assert.Equal(6, row.LastKnownCapacity);
    }

    [Fact]
    public void What_changed_nothing_starts_no_cooldown_and_is_not_watched()
    {
        var row = Sent().End(new IntentEnd.NotLanded(), Some.At(1));

        Assert.Empty(row.History.Changes);
        Assert.Null(row.Check);
    }

    [Fact]
    public void An_action_that_failed_half_way_knows_how_far_it_got()
    {
        var row = Sent().End(new IntentEnd.Failed(FailureClass.Capacity, "AllocationFailed", "", 5), Some.At(1));

        Assert.Equal(5, row.LastKnownCapacity);
        Assert.NotNull(row.Check);
    }

    [Fact]
    public void A_check_is_closed_once()
    {
        var row = Sent().End(new IntentEnd.Done(), Some.At(1)).EndCheck(new CheckEnd.Arrived(6, Some.Minutes(1)), Some.At(2), "worker-1");

        Assert.Null(row.Check);
        Assert.Throws<InvalidOperationException>(() => row.EndCheck(new CheckEnd.Arrived(6, Some.Minutes(1)), Some.At(2), "worker-1"));
    }

    [Fact]
    public void The_first_capacity_seen_is_no_drift()
    {
        var row = New.See(4, Some.Noon, "worker-1");

        Assert.Equal(4, row.LastKnownCapacity);
        Assert.Empty(row.Journal.Outbox);
    }

    [Fact]
    public void A_capacity_that_changed_without_us_is_told_once()
    {
        var row = New.See(4, Some.Noon, "worker-1").See(7, Some.At(1), "worker-1").See(7, Some.At(2), "worker-1");

        Assert.Equal(JournalKind.Drift, Assert.Single(row.Journal.Outbox).Kind);
        Assert.Equal(7, row.LastKnownCapacity);
    }

    [Fact]
    public void What_changes_during_an_action_is_not_drift()
    {
        var sent = Sent();

        Assert.Same(sent, sent.See(5, Some.At(1), "worker-1"));
    }

    [Fact]
    public void The_same_kind_of_decision_is_told_once()
    {
        var row = Evaluated(Evaluated(New, 0, "hold/Fits"), 1, "hold/Fits");

        Assert.Equal((Some.At(0), Some.At(1), 2), (row.Spans[0].From, row.Spans[0].Until, Assert.Single(row.Spans).Evaluations));
        Assert.Equal(Some.At(1), row.EvaluatedAt);
    }

    [Fact]
    public void The_older_half_of_the_spans_moves_to_the_journal()
    {
        var row = Enumerable.Range(0, 33).Aggregate(New, (before, minute) => Evaluated(before, minute, $"case {minute}"));

        Assert.Equal(17, row.Spans.Count);
        Assert.Equal("case 16", row.Spans[0].Case);
        Assert.Equal(16, Assert.Single(row.Journal.Outbox).Facts.GetProperty("spans").GetArrayLength());
    }

    [Fact]
    public void After_an_outage_of_ours_the_stabilization_window_begins_anew()
    {
        var row = Evaluated(Evaluated(New, 0, "hold/Fits", wanted: 2), 60, "hold/Fits", wanted: 3);

        Assert.Equal([new PastDesire(Some.At(60), 3)], row.History.Desires);
    }

    [Fact]
    public void A_late_tick_is_no_outage()
    {
        var row = Evaluated(Evaluated(New, 0, "hold/Fits", wanted: 2), 4, "hold/Fits", wanted: 3);

        Assert.Equal([new(Some.At(0), 2), new PastDesire(Some.At(4), 3)], row.History.Desires);
    }

    [Fact]
    public void A_pause_is_told_with_its_reason()
    {
        var paused = New.SetPause(new TargetPause("ann", "release", Some.Noon, Some.At(60)), "ann", "release", Some.Noon);

        Assert.Equal((true, false), (paused.Pause!.IsActive(Some.At(59)), paused.Pause.IsActive(Some.At(60))));
        Assert.Contains("release", paused.Journal.Outbox[^1].Text, StringComparison.Ordinal);
        Assert.Null(paused.SetPause(null, "ann", "done", Some.At(1)).Pause);
    }

    [Fact]
    public void A_capacity_of_ours_that_goes_back_again_and_again_is_remembered_until_a_person_resumes()
    {
        var row = New with { LastKnownCapacity = 4, LastKnownAt = Some.At(-1) };
        for (var time = 0; time < 4; time++)
        {
            row = Set(row, time * 60).See(4, Some.At((time * 60) + 9), "worker-1");
        }

        Assert.Equal([(6, 4), (6, 4), (6, 4)], row.Resets.Select(reset => (reset.From, reset.To)));
        Assert.NotNull(ResetSuspicion.Of(row.Resets, Some.At(240)));
        Assert.NotEmpty(row.SetPause(new TargetPause("ann", "", Some.Noon, null), "ann", "", Some.Noon).Resets);
        Assert.Empty(row.SetPause(null, "ann", "ignore_changes is there now", Some.Noon).Resets);

        static TargetRow Set(TargetRow row, double minutes) => row
            .Open(Some.Intent() with { Epoch = row.Epoch + 1, OpenedAt = Some.At(minutes), ExpiresAt = Some.At(minutes + 2) }, Some.Plan())
            .Send(Some.At(minutes)).Accept(Operation, Some.At(minutes + 1)).End(new IntentEnd.Done(), Some.At(minutes + 2));
    }

    [Fact]
    public void Changes_of_what_was_not_ours_are_no_resets()
    {
        var row = New with { LastKnownCapacity = 4, LastKnownAt = Some.At(-1) };

        Assert.Empty(row.See(5, Some.At(1), "worker-1").See(4, Some.At(2), "worker-1").Resets);
    }

    [Fact]
    public void A_row_survives_its_store()
    {
        var row = Evaluated(Sent().Accept(Operation, Some.At(1)), 1, "hold/Fits") with { Version = 7, LastKnownCapacity = 6 };
        var stored = JsonSerializer.Deserialize(
            JsonSerializer.Serialize(row, StateJson.Default.TargetRow), StateJson.Default.TargetRow)!;

        Assert.Equal(row.Intent, stored.Intent);
        Assert.Equal(row.History.Changes, stored.History.Changes);
        Assert.Equal(row.History.LastBusyAt, stored.History.LastBusyAt);
        Assert.Null(JournalChain.FirstFault(stored.Journal.Outbox, row.Journal));
        Assert.Equal(
            JsonSerializer.Serialize(row, StateJson.Default.TargetRow), JsonSerializer.Serialize(stored, StateJson.Default.TargetRow));
    }

    private static TargetRow Opened() => New.Open(Some.Intent(), Some.Plan());

    private static TargetRow Sent() => Opened().Send(Some.Noon);

    private static TargetRow Evaluated(TargetRow row, double minute, string kind, int wanted = 4) => row.Evaluated(
        new DecisionSpan
        {
            From = Some.At(minute),
            Until = Some.At(minute),
            Evaluations = 1,
            Current = 4,
            Desired = 4,
            Case = kind,
            Reason = "",
            Counterfactual = "",
        },
        wanted, ["cpu"], (Some.Minutes(15), TimeSpan.Zero), "worker-1");
}
