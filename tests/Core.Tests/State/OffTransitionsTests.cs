using System.Text.Json;
using ScaleFunctions.Core.Cycle;
using ScaleFunctions.Core.Decisions.Usage;
using ScaleFunctions.Core.Journal;
using ScaleFunctions.Core.Journal.Facts;
using ScaleFunctions.Core.Policies;
using ScaleFunctions.Core.State;
using ScaleFunctions.Core.Tests.Builders;
using ScaleFunctions.Core.Tests.Policies.Schedules;

namespace ScaleFunctions.Core.Tests.State;

/// <summary>On from 07:00 to 19:00 of the days of work in UTC; Monday is 5 January 2026.</summary>
public sealed class OffTransitionsTests
{
    private static readonly OffMemory Down = new(At("05 19:00"), 6, "D4", 0, At("05 19:00"))
    {
        IsLowered = true,
        DownAt = At("05 19:30"),
        ReadyAt = At("06 07:00"),
    };

    /// <summary>Two workers looked at the same row: what the one has stored with its action the other does not take back.</summary>
    [Fact]
    public void What_somebody_else_has_stored_meanwhile_stays()
    {
        var seen = Down with { IsLowered = false, DownAt = null };
        var stored = Row(seen with { IsLowered = true });

        Assert.Same(stored, stored.Rested(new OffStep(null, seen) { Told = "looked at" }, seen, At("05 19:01"), "worker-2"));
        Assert.Same(stored, stored.Rested(new OffStep(null, null) { Told = "nothing" }, null, At("05 19:01"), "worker-2"));
    }

    [Fact]
    public void Hours_end_with_a_start_by_hand()
    {
        var row = Look(Row(Down), "05 21:30", current: 2, isOurs: false);

        Assert.True(row.Off!.IsReleased);
        Assert.Equal(12, Facts(row).SavedHours);
        Assert.Equal((At("05 19:30"), At("05 21:30")), (Facts(row).DownSince, Facts(row).DownUntil));
        Assert.Equal(12, Saved(row, "05 00:00", "06 03:00"));
        var back = Look(row with { OwnCapacity = 6 }, "06 06:55", current: 2, isOurs: false);
        back = Look(back, "06 07:05", current: 6);
        Assert.Null(back.Off);
        Assert.Equal(12, Saved(back, "05 00:00", "06 12:00"));
    }

    /// <summary>Hours of edges may say off twice: what is down stays down by the second.</summary>
    [Fact]
    public void A_new_edge_ends_no_hours_of_what_is_down()
    {
        var row = Look(Row(Down), "06 03:00", current: 0, snooze: new Snooze("ann", "", At("05 22:00"), At("05 22:01")));

        Assert.Equal((At("05 22:01"), At("05 19:30")), (row.Off!.Edge, row.Off.DownAt));
        Assert.Equal(45, Saved(row, "05 00:00", "06 03:00"));
    }

    /// <summary>A snooze ends before all of it is back: what was spared until then is told, and it goes off anew.</summary>
    [Fact]
    public void A_new_edge_ends_the_hours_of_what_is_half_way_back()
    {
        var row = Look(Row(Down with { ReturningSince = At("05 22:00") }), "05 22:31", current: 2, snooze: new Snooze("ann", "", At("05 22:00"), At("05 22:30")));

        Assert.Equal((At("05 22:30"), null, 6), (row.Off!.Edge, row.Off.DownAt, row.Off.Instances));
        Assert.Equal(15, Facts(row).SavedHours);
    }

    [Theory]
    [InlineData("05 00:00", "06 12:00", 66)]
    [InlineData("06 00:30", "06 12:00", 36)]
    [InlineData("06 07:00", "06 12:00", 0)]
    [InlineData("05 23:30", "06 01:30", 12)]
    public void Hours_are_cut_to_the_span_that_was_asked_for(string since, string now, double hours)
    {
        var over = now == "06 12:00";
        var row = over ? Look(Row(Down with { ReturningSince = At("06 06:30") }), "06 06:55", current: 6) : Row(Down);

        Assert.Equal(hours, Saved(row, since, now));
    }

    /// <summary>Who asks for more than the policy allows is told what it comes to.</summary>
    [Fact]
    public void A_snooze_is_stored_as_it_will_count()
    {
        var standing = new TargetStanding { Workload = "shop", Mode = PolicyMode.Act, Minimum = 1, Maximum = 9, Region = "westeurope", Sku = "D4", Signals = [] };
        var row = Row(Down) with { Standing = standing with { LongestSnooze = TimeSpan.FromHours(4) } };
        var asked = new Snooze("ann", "a test", At("05 20:00"), At("06 08:00"));

        var set = row.SetSnooze(asked, "ann", "a test", At("05 20:00"));

        Assert.Equal(At("06 00:00"), set.Snooze!.Until);
        Assert.Contains("until 2026-01-06 00:00:00Z by ann", set.Journal.Outbox[^1].Text, StringComparison.Ordinal);
        Assert.Equal(At("06 08:00"), (row with { Standing = standing }).SetSnooze(asked, "ann", "a test", At("05 20:00")).Snooze!.Until);
    }

    private static double Saved(TargetRow row, string since, string now) => OffStandings.SavedHours(row.Journal.Outbox, row, At(since), At(now));

    private static OffFacts Facts(TargetRow row) =>
        row.Journal.Outbox.Last(entry => entry.Kind == JournalKind.OffHours).Facts.Deserialize(FactsJson.Default.OffFacts)!;

    private static TargetRow Look(TargetRow row, string now, int current, bool isOurs = true, Snooze? snooze = null)
    {
        var terms = new OffHoursTerms { Schedule = OffScheduleTests.Office("UTC"), Instances = 0 };
        var step = OffHours.Decide(new OffContext
        {
            Now = At(now),
            Terms = terms,
            Schedule = terms.Schedule,
            Current = current,
            Size = "D4",
            IsOurs = isOurs,
            IsSettled = true,
            Memory = row.Off,
            Snooze = snooze,
        });
        return row.Rested(step, row.Off, At(now), "worker-1");
    }

    private static TargetRow Row(OffMemory memory) => new() { Target = Some.Id(), Off = memory };

    private static DateTimeOffset At(string dayAndTime) =>
        DateTimeOffset.Parse($"2026-01-{dayAndTime.Replace(' ', 'T')}Z", System.Globalization.CultureInfo.InvariantCulture);
}
