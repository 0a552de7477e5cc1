using CsCheck;
using ScaleFunctions.Core.Journal;
using ScaleFunctions.Core.State;
using ScaleFunctions.Core.Targets;
using ScaleFunctions.Core.Tests.Builders;

namespace ScaleFunctions.Core.Tests.State;

public sealed class ApprovalRowTests
{
    private static readonly ApprovalRow Asked = ApprovalTransitions.Request(ApprovalKind.LoweringWindow, "lowerings", "ann", Some.Noon, 30);

    [Fact]
    public void Silence_means_no()
    {
        Assert.Equal(ApprovalStatus.Pending, Asked.StatusAt(Some.At(59)));
        Assert.Equal(ApprovalStatus.Expired, Asked.StatusAt(Some.At(60)));
        Assert.StartsWith("nobody answered before 2026-03-02 13:00, which means no", Asked.WhyNot("bob", true, false, Some.At(60)), StringComparison.Ordinal);
        Assert.False(Asked.IsUsable(Some.At(1)));
    }

    [Theory]
    [InlineData("ann"), InlineData("ANN"), InlineData(" ann ")]
    public void Nobody_approves_what_they_ask_for_unless_they_break_the_glass(string by)
    {
        Assert.NotNull(Asked.WhyNot(by, isApproval: true, isBreakGlass: false, Some.Noon));
        Assert.Null(Asked.WhyNot(by, isApproval: true, isBreakGlass: true, Some.Noon));
        Assert.Null(Asked.WhyNot(by, isApproval: false, isBreakGlass: false, Some.Noon));
        Assert.Null(Asked.WhyNot("bob", isApproval: true, isBreakGlass: false, Some.Noon));
    }

    [Fact]
    public void It_is_answered_once()
    {
        var fleet = new FleetRow().Ask(Asked).Answer(Asked, Yes("bob"));

        Assert.Equal(new LoweringApproval("bob", "fine", Some.At(31)), fleet.Approval);
        Assert.StartsWith("bob has approved it", fleet.Approvals[0].WhyNot("eve", true, true, Some.At(2)), StringComparison.Ordinal);
        Assert.Throws<InvalidOperationException>(() => fleet.Answer(fleet.Approvals[0], Yes("eve")));
    }

    [Fact]
    public void What_was_denied_changes_nothing_and_is_told()
    {
        var fleet = new FleetRow().Ask(Asked).Answer(Asked, Yes("bob") with { IsApproved = false });

        Assert.Null(fleet.Approval);
        Assert.Equal(ApprovalStatus.Denied, fleet.Approvals[0].StatusAt(Some.At(2)));
        Assert.Equal($"approval {Asked.Id} denied by bob, asked for by ann: fine. It was: lowerings", fleet.Journal.Outbox[^1].Text);
        Assert.Equal(JournalKind.Approval, fleet.Journal.Outbox[^1].Kind);
    }

    /// <summary>Resources that vanished count as gone after an hour, unless a person says that they are not.</summary>
    [Fact]
    public void What_vanished_is_not_accepted_by_time_after_somebody_denied_it()
    {
        var lost = new FleetRow().Lose(new EstateLoss(100, 40, "40 of s-1"), Some.Noon, "worker-1");
        Assert.True(lost.Shrink!.IsAccepted(Some.At(60)));
        Assert.EndsWith("Without an answer before 2026-03-02 13:00:00Z it counts as so", lost.Journal.Outbox[^1].Text, StringComparison.Ordinal);

        var denied = lost.Answer(lost.Approvals[0], Yes("bob") with { IsApproved = false }).Shrink!;
        Assert.False(denied.IsAccepted(Some.At(6000)));
        Assert.EndsWith("bob said that they are not", denied.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Broken_glass_stands_in_the_journal()
    {
        var fleet = new FleetRow().Ask(Asked).Answer(Asked, Yes("ann") with { IsBreakGlass = true });

        Assert.Contains(fleet.Journal.Outbox, entry => entry.Text.Contains("approved by BREAK GLASS by ann", StringComparison.Ordinal));
        Assert.NotNull(fleet.Approval);
    }

    [Fact]
    public void A_plan_that_changed_is_void_and_cannot_be_approved()
    {
        var fleet = new FleetRow().Ask(Asked).MakeVoid(ApprovalKind.LoweringWindow, "the plan changed", Some.At(1), "worker-1");

        Assert.Equal("it is void: the plan changed", fleet.Approvals[0].WhyNot("bob", true, false, Some.At(2)));
        Assert.Equal(ApprovalStatus.Void, fleet.Approvals[0].StatusAt(Some.At(2)));
        Assert.Equal(fleet.Approvals, fleet.MakeVoid(ApprovalKind.LoweringWindow, "again", Some.At(2), "worker-1").Approvals);
    }

    [Fact]
    public void What_vanished_is_asked_for_and_its_approval_is_its_confirmation()
    {
        var lost = new FleetRow().Lose(new EstateLoss(10, 5, "5 of x"), Some.Noon, "worker-1");
        var more = lost.Lose(new EstateLoss(10, 6, "6 of x"), Some.At(5), "worker-1");

        Assert.Equal([ApprovalStatus.Void, ApprovalStatus.Pending], more.Approvals.Select(each => each.StatusAt(Some.At(6))));
        Assert.Equal("bob", more.Answer(more.Approvals[1], Yes("bob", 6)).Shrink!.ConfirmedBy);
        Assert.Equal([ApprovalStatus.Void, ApprovalStatus.Void], more.ConfirmShrink("eve", "gone", Some.At(6)).Approvals.Select(each => each.StatusAt(Some.At(6))));
        Assert.All(more.EndShrink("back", Some.At(7), "worker-1").Approvals, each => Assert.Equal(ApprovalStatus.Void, each.StatusAt(Some.At(7))));
    }

    /// <summary>The row is read before every write, so it must not grow; what waits for an answer is never what goes.</summary>
    [Fact]
    public void Only_the_last_ones_are_kept_and_those_that_wait()
    {
        var fleet = new FleetRow().Ask(Asked);
        for (var minute = 1; minute < 50; minute++)
        {
            fleet = fleet.MakeVoid(ApprovalKind.Lowerings, "changed", Some.At(minute), "w")
                .Ask(ApprovalTransitions.Request(ApprovalKind.Lowerings, "x", "w", Some.At(minute)));
        }

        Assert.Equal(ApprovalTransitions.Kept, fleet.Approvals.Count);
        Assert.Contains(fleet.Approvals, each => each.Id == Asked.Id);
        Assert.Equal(fleet.Approvals.Count, fleet.Approvals.DistinctBy(each => each.Id).Count());
    }

    /// <summary>Whatever is answered by whom in which order: each request ends once, and nobody approves their own without the mark.</summary>
    [Fact]
    public void Any_answers_in_any_order_end_a_request_once_and_mark_broken_glass() =>
        Gen.Select(Gen.Int[0, 90], Gen.Int[0, 1], Gen.Bool, Gen.Bool).Array[1, 12].Sample(
            answers =>
            {
                var fleet = new FleetRow().Ask(Asked);
                var taken = 0;
                foreach (var (minute, person, isApproved, isBreakGlass) in answers)
                {
                    var (by, now) = (person == 0 ? "ann" : "bob", Some.At(minute));
                    if (fleet.Approvals[0].WhyNot(by, isApproved, isBreakGlass, now) is null)
                    {
                        var isMarked = fleet.Approvals[0].WhyNot(by, isApproved, false, now) is not null;
                        fleet = fleet.Answer(fleet.Approvals[0], new ApprovalAnswer(isApproved, by, "x", now, isMarked));
                        taken++;
                    }
                }

                var answer = fleet.Approvals[0].Answer;
                return taken <= 1
                    && (answer is null || answer.At < Asked.ExpiresAt)
                    && (answer is not { IsApproved: true, By: "ann" } || answer.IsBreakGlass)
                    && (fleet.Approval is not null) == (answer is { IsApproved: true });
            },
            iter: 2_000);

    private static ApprovalAnswer Yes(string by, double minute = 1) => new(true, by, "fine", Some.At(minute), false);

    /// <summary>Silence about policies counts as yes, so nobody may push the question out.</summary>
    [Fact]
    public void Windows_asked_for_again_and_again_push_out_nothing_that_the_tool_asks_for()
    {
        var asked = ApprovalTransitions.Request(ApprovalKind.Policies, "policies come into force", "policies", Some.Noon);
        var fleet = Enumerable.Range(1, 3 * ApprovalTransitions.Kept).Aggregate(new FleetRow().Ask(asked), (row, i) => row.Ask(
            ApprovalTransitions.Request(ApprovalKind.LoweringWindow, $"window {i}", "ann", Some.Noon.AddSeconds(i), minutes: 5)));

        Assert.Contains(fleet.Approvals, each => each.Id == asked.Id);
        Assert.True(fleet.Approvals.Count <= ApprovalTransitions.Kept, $"{fleet.Approvals.Count}");
        Assert.Equal("window 60", fleet.Approvals[^1].What);
    }
}
