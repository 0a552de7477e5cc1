using ScaleFunctions.Core.Assessments.Leftovers;
using ScaleFunctions.Core.Cycle;
using ScaleFunctions.Core.Notifications;
using ScaleFunctions.Core.Policies;
using ScaleFunctions.Core.Targets;
using ScaleFunctions.Core.Tests.Builders;

namespace ScaleFunctions.Core.Tests.Cycle;

/// <summary>When an owner is told that something is done, and how often.</summary>
public sealed class LeftoverRecordTests
{
    private static readonly UsageFindingsPolicy Policy = new()
    {
        Name = "findings",
        Owner = "team-shop",
        Workload = "shop",
        Select = new TargetSelector(),
        NotifyAfter = TimeSpan.FromDays(7),
        Act = new FindingsActTerms(TimeSpan.FromDays(3)),
        Source = Some.Source,
    };

    [Fact]
    public void The_notice_begins_when_it_is_told_and_anew_once_nothing_stands_against_it()
    {
        var first = Look(null, 0);
        Assert.Null(first.NoticeFrom);
        var told = Look(first, 7);
        Assert.Equal(Some.Noon.AddDays(7), told.NoticeFrom);

        var noticed = told with { NoticedAt = Some.Noon.AddDays(7) };
        Assert.Equal(Some.Noon.AddDays(7), Look(noticed, 8).NoticedAt);
        var taken = Look(noticed, 8, "it has no tag");
        Assert.Equal((null, null), (taken.NoticeFrom, taken.NoticedAt));
        Assert.Equal((Some.Noon.AddDays(9), null), (Look(taken, 9).NoticeFrom, Look(taken, 9).NoticedAt));
    }

    /// <summary>Told on day 7, due on day 10, held up by something until day 17: the owner is told again.</summary>
    [Fact]
    public void A_notice_that_was_not_acted_on_for_a_week_is_given_again()
    {
        var noticed = Look(Look(null, 0), 7) with { NoticedAt = Some.Noon.AddDays(7) };

        Assert.Equal(Some.Noon.AddDays(7), Look(noticed, 16).NoticedAt);
        var again = Look(noticed, 17);
        Assert.Equal((Some.Noon.AddDays(17), null), (again.NoticeFrom, again.NoticedAt));
        Assert.NotEqual(Fact(noticed), Fact(again));
    }

    [Fact]
    public void The_notice_says_what_is_done_when_and_how_it_is_kept()
    {
        var alert = Alert(Look(Look(null, 0), 7));

        Assert.Equal("build is idle and will be deallocated from 2026-03-14 12:00 UTC on", alert.What);
        Assert.Equal((AlertUrgency.Warning, 140.16m, "sf snooze build --for 7d --reason …"), (alert.Urgency, alert.Money!.Amount, alert.Undo));
        Assert.Contains(FindingsActTerms.Tag, alert.Why, StringComparison.Ordinal);
    }

    /// <summary>30 of them: those that are stopped come first, then the dearest; the rest is one alert.</summary>
    [Fact]
    public void Of_many_the_dearest_are_told_one_by_one_and_the_rest_together()
    {
        var marks = Enumerable.Range(1, 30).Select(number => Look(Look(null, 0, "told only"), 7, "told only") with
        {
            Id = $"/subscriptions/s-1/resourceGroups/shop/providers/Microsoft.Compute/virtualMachines/m{number:00}",
            PerMonth = number,
        }).ToList();
        marks[0] = marks[0] with { WhyNotActed = null, NoticeFrom = Some.Noon.AddDays(7) };

        var notices = LeftoverNotices.Of(Set(), marks, Some.Noon.AddDays(7));

        Assert.Equal(LeftoverNotices.MostAlone + 1, notices.Count);
        Assert.Equal(["m01", "m30", "m29"], notices.Take(3).Select(notice => notice.Mark!.Id[^3..]));
        var rest = notices[^1].Held.Alert;
        Assert.Equal(("10 more resources stand about", 65m, "USD"), (rest.What, rest.Money!.Amount, rest.Money.Currency));
        Assert.Empty(LeftoverNotices.Of(Set() with { UsageFindings = [] }, marks, Some.Noon.AddDays(7)));
        Assert.Empty(LeftoverNotices.Of(Set(), [.. marks.Select(mark => mark with { ToldAt = null })], Some.Noon.AddDays(7)));
    }

    private static string Fact(LeftoverRecord mark) => Alert(mark).Fact;

    private static Alert Alert(LeftoverRecord mark) => Assert.Single(LeftoverNotices.Of(Set(), [mark], Some.Noon.AddDays(9))).Held.Alert;

    private static PolicySet Set() => new() { Version = "1", UsageFindings = [Policy] };

    private static LeftoverRecord Look(LeftoverRecord? before, int day, string? whyNot = null) => LeftoverRecord.Of(
        new PricedLeftover(
            new Leftover(TargetId.Parse("/subscriptions/s-1/resourceGroups/shop/providers/Microsoft.Compute/virtualMachines/build"), LeftoverKind.IdleMachine, "1 × Standard_D4s_v5: 0.5 %", []),
            Policy, 140.16m, "USD", new DateOnly(2026, 3, 1), ""),
        before, Some.Noon.AddDays(day), whyNot);
}
