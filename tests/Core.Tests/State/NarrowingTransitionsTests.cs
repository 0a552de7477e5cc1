using ScaleFunctions.Core.Policies;
using ScaleFunctions.Core.State;
using ScaleFunctions.Core.Tests.Builders;

namespace ScaleFunctions.Core.Tests.State;

public sealed class NarrowingTransitionsTests
{
    private static readonly SelectionLoss Loss = new(10, 5, "web, api, worker and 2 more");
    private static readonly FleetRow Waiting = new FleetRow().Narrow("v2", Loss, Some.Noon, "policies");

    [Fact]
    public void Is_told_and_asked_for_once()
    {
        Assert.Same(Waiting, Waiting.Narrow("v2", Loss, Some.At(5), "policies"));
        Assert.Equal(2, Waiting.Journal.Outbox.Count);
        Assert.Equal(
            "the policy files would leave 5 of 10 resources that are governed now to nobody (web, api, worker and 2 more); the set before them stays in force "
            + "until a person approves, or 2026-03-02 13:00",
            Waiting.Journal.Outbox[0].Text);
        Assert.EndsWith("Without an answer before 2026-03-02 13:00:00Z it counts as so", Waiting.Journal.Outbox[1].Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Is_meant_when_a_person_says_so_or_after_an_hour()
    {
        Assert.False(Waiting.Narrowing!.IsAccepted(Some.At(59)));
        Assert.True(Waiting.Narrowing.IsAccepted(Some.At(60)));

        var approved = Answered(isApproved: true);
        Assert.True(approved.Narrowing!.IsAccepted(Some.At(1)));
        var over = approved.EndNarrowing("v2", Some.At(2), "policies");
        Assert.Null(over.Narrowing);
        Assert.Equal("policies that leave 5 of 10 resources that are governed now to nobody (web, api, worker and 2 more) are in force, as bob approved", over.Journal.Outbox[^1].Text);
    }

    [Fact]
    public void Time_does_not_make_meant_what_a_person_said_is_a_slip()
    {
        var denied = Answered(isApproved: false);

        Assert.False(denied.Narrowing!.IsAccepted(Some.At(6000)));
        Assert.EndsWith("until they are mended, as bob said that this is not meant", denied.Narrowing.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Another_change_waits_anew_and_what_was_asked_for_is_void()
    {
        var changed = Answered(isApproved: true).Narrow("v3", Loss with { Missing = 6 }, Some.At(10), "policies");

        Assert.False(changed.Narrowing!.IsAccepted(Some.At(69)));
        Assert.Equal([ApprovalStatus.Approved, ApprovalStatus.Pending], changed.Approvals.Select(each => each.StatusAt(Some.At(11))));
        Assert.Equal(
            [ApprovalStatus.Void, ApprovalStatus.Pending],
            Waiting.Narrow("v3", Loss, Some.At(10), "policies").Approvals.Select(each => each.StatusAt(Some.At(11))));
    }

    [Fact]
    public void Ends_when_the_files_govern_what_they_did()
    {
        var mended = Waiting.EndNarrowing("v1", Some.At(5), "policies");

        Assert.Null(mended.Narrowing);
        Assert.Equal(ApprovalStatus.Void, mended.Approvals[0].StatusAt(Some.At(6)));
        Assert.Equal("the policy files no longer govern far fewer resources, nor lack bounds", mended.Journal.Outbox[^1].Text);
        Assert.Same(mended, mended.EndNarrowing("v1", Some.At(6), "policies"));
    }

    /// <summary>Who is asked wants to know whether to look at the files or to talk to a colleague.</summary>
    [Fact]
    public void A_kept_set_that_a_person_chose_is_told_as_that_choice()
    {
        var row = new FleetRow { Choice = new ChosenPolicies("v2", "v1", "ann", "the new one flaps", Some.Noon) }.Narrow("v2", Loss, Some.Noon, "ann");

        Assert.Equal(
            "the set that ann chose would leave 5 of 10 resources that are governed now to nobody (web, api, worker and 2 more); the set before it stays in force "
            + "until a person approves, or 2026-03-02 13:00",
            row.Journal.Outbox[0].Text);
        Assert.EndsWith(
            "until another one is chosen, as bob said that this is not meant", row.DenyNarrowing("bob").Narrowing!.Text, StringComparison.Ordinal);
        Assert.Equal(
            "the set that ann chose does not wait any more: something else was asked for, or it governs as many resources again",
            row.EndNarrowing("v1", Some.At(5), "policies").Journal.Outbox[^1].Text);
    }

    [Fact]
    public void A_choice_of_another_set_changes_nothing_of_what_is_told_of_the_files()
    {
        var row = new FleetRow { Choice = new ChosenPolicies("v7", "v1", "ann", "", Some.Noon) }.Narrow("v2", Loss, Some.Noon, "policies");

        Assert.StartsWith("the policy files would leave 5", row.Narrowing!.Text, StringComparison.Ordinal);
    }

    private static FleetRow Answered(bool isApproved) =>
        Waiting.Answer(Waiting.Approvals[0], new ApprovalAnswer(isApproved, "bob", "fine", Some.At(1), IsBreakGlass: false));
}
