using CsCheck;
using NodaTime;
using ScaleFunctions.Core.Decisions.Usage;
using ScaleFunctions.Core.Policies;
using ScaleFunctions.Core.Tests.Policies.Schedules;

namespace ScaleFunctions.Core.Tests.Decisions.Usage;

/// <summary>On from 07:00 to 19:00 of the days of work in UTC, from Monday 5 January 2026 on.</summary>
public sealed class OffHoursTests
{
    private static readonly OffHoursTerms Terms = new() { Schedule = OffScheduleTests.Office("UTC"), Instances = 0 };

    private readonly Resource _resource = new(6, "D4");

    /// <summary>The worked example of the type, minute by minute.</summary>
    [Fact]
    public void A_night_takes_all_and_gives_all_back()
    {
        _resource.Run("05 18:50", "05 19:05");
        Assert.Equal(0, _resource.Count);
        Assert.Equal((6, "D4", At("05 19:00")), (_resource.Memory!.Instances, _resource.Memory.Size, _resource.Memory.Edge));

        _resource.Run("05 19:05", "06 06:49");
        Assert.Equal((0, At("06 07:00")), (_resource.Count, _resource.Memory!.ReadyAt));

        _resource.Run("06 06:49", "06 07:10");
        Assert.Equal(6, _resource.Count);
        Assert.Null(_resource.Memory);
        Assert.Equal("back as it was: 6 of D4, 5m after it was begun", _resource.Told[^1]);
        Assert.Equal(("05 19:00", "06 06:50"), (_resource.LoweredAt[0], _resource.RaisedAt[0]));
        Assert.Empty(_resource.Alarms);
    }

    /// <summary>A budget keeps it down for three days: nobody is called each morning, and it has its usual time to come back after them.</summary>
    [Fact]
    public void What_a_budget_holds_down_is_not_late_until_it_is_let_go()
    {
        _resource.Run("05 18:50", "06 02:00");
        (_resource.HeldBy, _resource.IsStuck) = ("the step stop of the budget team", true);
        _resource.Run("06 02:00", "08 12:00");
        Assert.Empty(_resource.Alarms);
        Assert.DoesNotContain(_resource.Told, told => told.Contains("on its way back", StringComparison.Ordinal));
        Assert.Equal("back from off-hours once the step stop of the budget team is over", _resource.Note);
        Assert.Equal((0, 6), (_resource.Count, _resource.Memory!.Instances));

        _resource.HeldBy = "";
        _resource.Run("08 12:00", "08 12:09");
        Assert.Empty(_resource.Alarms);
        Assert.StartsWith("on its way back to 6 of D4", _resource.Told[^1], StringComparison.Ordinal);

        // Free to come back, and still not there when its usual time is over: that is told.
        _resource.Run("08 12:09", "08 12:12");
        Assert.StartsWith("not ready: 6 of D4 are wanted by", Assert.Single(_resource.Alarms), StringComparison.Ordinal);

        _resource.IsStuck = false;
        _resource.Run("08 12:12", "08 12:30");
        Assert.Equal(6, _resource.Count);
        Assert.Null(_resource.Memory);
    }

    [Fact]
    public void A_stop_missed_by_more_than_an_hour_is_left_out_until_the_next()
    {
        _resource.Run("05 18:50", "05 18:59");
        _resource.Run("05 20:01", "06 06:00");

        Assert.Equal(6, _resource.Count);
        Assert.Contains("seen 1h1m late, more than 1h: it is left out until the next one", Assert.Single(_resource.Told), StringComparison.Ordinal);

        _resource.Run("06 06:00", "06 19:05");
        Assert.Equal(0, _resource.Count);
    }

    [Fact]
    public void A_stop_missed_by_less_is_made_up_for()
    {
        _resource.Run("05 19:59", "05 20:01");

        Assert.Equal(0, _resource.Count);
    }

    [Fact]
    public void A_start_is_made_up_for_however_late_and_told()
    {
        _resource.Run("05 18:50", "05 19:10");
        _resource.Run("06 11:00", "06 11:10");

        Assert.Equal(6, _resource.Count);
        Assert.Contains("not ready: 6 of D4 are wanted by Tue 07:00, and there are 0", Assert.Single(_resource.Alarms), StringComparison.Ordinal);
        Assert.EndsWith("late", _resource.Told[^1], StringComparison.Ordinal);
    }

    [Fact]
    public void Who_starts_it_by_hand_is_left_alone_until_the_next_edge_and_then_it_is_as_it_was()
    {
        _resource.Run("05 18:50", "05 21:30");
        _resource.ByHand(2);
        _resource.Run("05 21:30", "06 06:49");
        Assert.Equal(2, _resource.Count);
        Assert.Contains("somebody started it in off-hours (2 where 0 were left)", _resource.Told[^1], StringComparison.Ordinal);

        _resource.Run("06 06:49", "06 07:10");
        Assert.Equal(6, _resource.Count);
        _resource.Run("06 07:10", "06 19:05");
        Assert.Equal(0, _resource.Count);
    }

    /// <summary>Whoever stops something before the evening does not find it running in the morning.</summary>
    [Fact]
    public void What_was_off_before_stays_off()
    {
        _resource.ByHand(0);
        _resource.Run("05 18:50", "06 12:00");

        Assert.Equal(0, _resource.Count);
        Assert.Empty(_resource.RaisedAt);
    }

    [Fact]
    public void A_snooze_brings_it_back_and_its_end_is_an_edge()
    {
        _resource.Run("05 18:50", "05 20:00");
        _resource.Snooze = new Snooze("anna", "release", At("05 20:00"), At("05 23:00"));
        _resource.Run("05 20:00", "05 22:59");
        Assert.Equal(6, _resource.Count);

        _resource.Run("05 22:59", "06 06:49");
        Assert.Equal(0, _resource.Count);
        Assert.Equal(At("05 23:00"), _resource.Memory!.Edge);
        _resource.Run("06 06:49", "06 07:10");
        Assert.Equal(6, _resource.Count);
        Assert.Empty(_resource.Alarms);
    }

    [Fact]
    public void Nothing_is_stopped_while_somebody_works_on_it_or_nobody_knows()
    {
        _resource.Use = now => now < At("05 21:00") ? new UseReading.Busy("cpu was 40") : now < At("05 22:00") ? new UseReading.Unknown("429") : new UseReading.Idle();
        _resource.Run("05 18:50", "05 21:59");
        Assert.Equal(6, _resource.Count);
        Assert.Contains("not stopped yet: whether somebody works on it is not known (429)", _resource.Note, StringComparison.Ordinal);

        _resource.Run("05 21:59", "05 22:05");
        Assert.Equal(0, _resource.Count);
    }

    [Fact]
    public void What_is_not_off_an_hour_later_is_told_once_and_only_where_it_may_be()
    {
        _resource.IsStuck = true;
        _resource.Run("05 18:50", "06 05:00");
        Assert.Contains("schedule not kept: it should be off since Mon 19:00 and still has 6", Assert.Single(_resource.Alarms), StringComparison.Ordinal);

        var observed = new Resource(6, "D4") { IsStuck = true, IsActing = false };
        observed.Run("05 18:50", "06 12:00");
        Assert.Empty(observed.Told);
        Assert.Empty(observed.Alarms);
    }

    [Fact]
    public void What_is_not_back_is_told_once_before_it_must_be()
    {
        _resource.Run("05 18:50", "06 06:00");
        _resource.IsStuck = true;
        _resource.Run("06 06:00", "06 06:58");
        Assert.Empty(_resource.Alarms);

        _resource.Run("06 06:58", "06 12:00");
        Assert.Single(_resource.Alarms);
        _resource.IsStuck = false;
        _resource.Run("06 12:00", "06 12:10");
        Assert.Equal(6, _resource.Count);
    }

    [Fact]
    public void What_is_not_back_is_told_also_where_it_was_never_off()
    {
        _resource.Least = 2;
        _resource.Run("05 18:50", "06 06:00");
        _resource.IsStuck = true;
        _resource.Run("06 06:00", "06 07:10");

        Assert.Collection(
            _resource.Alarms,
            told => Assert.StartsWith("schedule not kept", told, StringComparison.Ordinal),
            told => Assert.StartsWith("not ready: 6 of D4 are wanted by Tue 07:00, and there are 2", told, StringComparison.Ordinal));
        _resource.IsStuck = false;
        _resource.Run("06 07:10", "06 07:20");
        Assert.EndsWith("late", _resource.Told[^1], StringComparison.Ordinal);
    }

    [Fact]
    public void A_stop_that_was_late_makes_no_return_late()
    {
        _resource.Least = 2;
        _resource.Run("05 18:50", "06 07:10");

        Assert.Single(_resource.Alarms);
        Assert.Equal("back as it was: 6 of D4, 5m after it was begun", _resource.Told[^1]);
    }

    /// <summary>A maximum that was lowered in the night: it is back with that, and nobody is called for what may not be.</summary>
    [Fact]
    public void What_bounds_do_not_let_there_be_is_not_waited_for()
    {
        _resource.Run("05 18:50", "05 22:00");
        _resource.Most = 4;
        _resource.Run("05 22:00", "06 07:10");

        Assert.Equal(4, _resource.Count);
        Assert.Null(_resource.Memory);
        Assert.Empty(_resource.Alarms);
        Assert.Equal("back with 4 of D4, the most its bounds let there be; it was 6, 5m after it was begun", _resource.Told[^1]);
    }

    [Fact]
    public void A_size_it_had_to_be_started_with_is_owed_until_the_next_night()
    {
        _resource.Run("05 18:50", "06 06:00");
        _resource.Size = "D4a";
        _resource.Run("06 06:00", "06 18:59");
        Assert.Equal((6, "D4"), (_resource.Count, _resource.Memory!.Size));
        Assert.True(_resource.Memory.OwesSize);

        _resource.Run("06 18:59", "07 06:51");
        Assert.Equal("D4", _resource.Memory!.Size);
        _resource.Size = "D4";
        _resource.Run("07 06:51", "07 07:10");
        Assert.Null(_resource.Memory);
    }

    [Fact]
    public void A_plan_has_another_size_at_night_and_its_own_in_the_morning()
    {
        var plan = Plan();
        plan.Run("05 18:50", "05 19:05");
        Assert.Equal((6, "P0", "P2"), (plan.Count, plan.Size, plan.Memory!.Size));

        plan.Run("05 19:05", "06 06:49");
        Assert.Equal("P0", plan.Size);
        plan.Run("06 06:49", "06 07:10");
        Assert.Equal((6, "P2"), (plan.Count, plan.Size));
        Assert.Null(plan.Memory);
        Assert.StartsWith("back as it was: 6 of P2", plan.Told[^1], StringComparison.Ordinal);
        Assert.Empty(plan.Alarms);
    }

    [Fact]
    public void A_size_that_is_refused_in_the_morning_is_replaced_and_owed()
    {
        var plan = Plan();
        plan.Run("05 18:50", "06 06:49");
        plan.Refused = "P2";
        plan.Run("06 06:49", "06 18:50");
        Assert.Equal("P2a", plan.Size);
        Assert.Contains("the size it had, P2, it gets again after the next off-hours", plan.Told[^1], StringComparison.Ordinal);

        plan.Refused = null;
        plan.Run("06 18:50", "06 19:10");
        Assert.Equal("P0", plan.Size);
        plan.Run("06 19:10", "07 07:10");
        Assert.Equal("P2", plan.Size);
        Assert.Null(plan.Memory);
    }

    [Fact]
    public void Sizes_that_are_all_refused_are_asked_for_in_turns_and_told_before_they_must_be_there()
    {
        var plan = Plan();
        plan.Run("05 18:50", "06 06:49");
        plan.Refused = "P2,P2a";
        plan.Run("06 06:49", "06 07:10");

        Assert.Equal("not ready: 6 of P2 are wanted by Tue 07:00, and there are 6 of P0", Assert.Single(plan.Alarms));
        Assert.Equal(["P2", "P2a", "P2", "P2a", "P2"], plan.Asked.Skip(1).Take(5));
        Assert.InRange(plan.Asked.Count, 5, 7);
        plan.Refused = null;
        plan.Run("06 07:10", "06 07:30");
        Assert.Contains(plan.Size, (string[])["P2", "P2a"]);
    }

    [Fact]
    public void Who_gives_it_a_size_by_hand_is_left_alone_until_the_next_edge()
    {
        var plan = Plan();
        plan.Run("05 18:50", "05 21:00");
        plan.Size = "P3";
        plan.Run("05 21:00", "06 06:40");
        Assert.Equal("P3", plan.Size);
        Assert.StartsWith("somebody gave it P3 in off-hours", plan.Told[^1], StringComparison.Ordinal);

        plan.Run("06 06:40", "06 12:00");
        Assert.Equal("P3", plan.Size);
        Assert.Equal("P2", plan.Memory!.Size);
        plan.Run("06 12:00", "07 07:10");
        Assert.Equal("P2", plan.Size);
    }

    [Fact]
    public void A_size_that_is_not_lowered_an_hour_later_is_told_once()
    {
        var plan = Plan();
        plan.Refused = "P0";
        plan.Run("05 18:50", "06 07:10");

        Assert.Equal("schedule not kept: it should have P0 since Mon 19:00 and still has P2", Assert.Single(plan.Alarms));
        Assert.Equal("P2", plan.Size);
        Assert.Null(plan.Memory);
    }

    /// <summary>The count is back by the end of a snooze, and the size is not: what it was is not forgotten for that.</summary>
    [Fact]
    public void A_size_that_is_not_back_by_the_next_edge_is_still_known()
    {
        var plan = Plan();
        plan.Terms = plan.Terms! with { Instances = 1 };
        plan.Run("05 18:50", "05 20:00");
        Assert.Equal((1, "P0"), (plan.Count, plan.Size));
        (plan.Refused, plan.Snooze) = ("P2,P2a", new Snooze("ann", "", At("05 20:00"), At("05 20:30")));
        plan.Run("05 20:00", "05 20:29");
        Assert.Equal((6, "P0"), (plan.Count, plan.Size));

        plan.Run("05 20:29", "05 21:00");
        Assert.Equal((1, "P2"), (plan.Count, plan.Memory!.Size));
        plan.Refused = null;
        plan.Run("05 21:00", "06 07:10");
        Assert.Equal((6, "P2"), (plan.Count, plan.Size));
    }

    private static Resource Plan() => new(6, "P2")
    {
        Terms = Terms with { Instances = OffHoursTerms.AllInstances, Size = "P0", Alternatives = ["P2a"] },
    };

    [Fact]
    public void Groups_are_started_in_their_order_and_stopped_in_reverse()
    {
        var terms = Terms with { Order = ["db-*", "app-*"] };
        var (db, app) = (new Resource(1, "D4") { Terms = terms, Ahead = terms.AheadOf("db-1") }, new Resource(1, "D4") { Terms = terms, Ahead = terms.AheadOf("app-1") });
        db.Run("05 18:50", "06 07:10");
        app.Run("05 18:50", "06 07:10");

        Assert.Equal(("05 19:10", "05 19:00"), (db.LoweredAt[0], app.LoweredAt[0]));
        Assert.Equal(("06 06:40", "06 06:50"), (db.RaisedAt[0], app.RaisedAt[0]));
    }

    [Fact]
    public void It_is_ready_by_the_time_of_day_that_is_asked_for_and_starts_earlier_the_longer_it_takes()
    {
        _resource.Terms = Terms with { ReadyBy = new LocalTime(6, 30), Lead = TimeSpan.FromMinutes(20) };
        _resource.Run("05 18:50", "06 07:10");

        Assert.Equal("06 06:10", _resource.RaisedAt[0]);
    }

    [Fact]
    public void When_the_policy_goes_what_is_off_comes_back_at_once()
    {
        _resource.Run("05 18:50", "05 22:00");
        _resource.Terms = null;
        _resource.Run("05 22:00", "05 22:10");

        Assert.Equal(6, _resource.Count);
        Assert.Null(_resource.Memory);
    }

    [Fact]
    public void With_hours_nobody_can_read_nothing_more_is_stopped_and_what_is_comes_back()
    {
        _resource.Run("05 18:50", "05 22:00");
        _resource.Problem = "its tag cannot be read";
        _resource.Run("05 22:00", "06 07:10");
        Assert.Equal(6, _resource.Count);

        _resource.Run("06 07:10", "06 23:00");
        Assert.Equal(6, _resource.Count);
        Assert.Contains("its tag cannot be read", _resource.Note, StringComparison.Ordinal);
    }

    /// <summary>Whatever is missed, snoozed, refused or done by hand: by noon of a day of work with looks in the morning it is as it was in the evening before.</summary>
    [Fact]
    public void By_noon_it_is_what_it_was_in_the_evening() => Gen.Select(
        Gen.Int[1, 9], Gen.Int[0, 3], Gen.Select(Gen.Int[0, 719], Gen.Int[0, 719], Gen.Int[0, 5]), Gen.Int[0, 400], Gen.Bool, Gen.Bool).Sample(
        (count, goal, gap, snoozed, isRefused, isByHand) =>
        {
            var resource = new Resource(count, "D4") { Terms = Terms with { Instances = goal } };
            resource.Run("05 12:00", "05 18:59");
            var night = At("05 18:59");
            var (from, to) = (Math.Min(gap.Item1, gap.Item2), Math.Max(gap.Item1, gap.Item2));
            if (snoozed > 30)
            {
                resource.Snooze = new Snooze("anna", "", night.AddMinutes(10), night.AddMinutes(snoozed));
            }

            resource.Run(night, night.AddMinutes(from));
            if (isByHand && resource.Count < count)
            {
                resource.ByHand(gap.Item3 % (count + 1));
            }

            resource.IsStuck = isRefused;
            resource.Run(night.AddMinutes(to), At("06 09:00"));
            resource.IsStuck = false;
            resource.Run(At("06 09:00"), At("06 12:00"));
            Assert.True(resource.Count == count, $"{resource.Count} of {count}: {string.Join(" | ", resource.Told)}");
            Assert.Null(resource.Memory);
        },
        iter: 200);

    private static DateTimeOffset At(string dayAndTime) =>
        DateTimeOffset.Parse($"2026-01-{dayAndTime.Replace(' ', 'T')}Z", System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>A resource that takes what is wished for a minute later, and 5 minutes to start.</summary>
    private sealed class Resource(int count, string size)
    {
        private int? _own;
        private DateTimeOffset? _settlesAt;

        public int Count { get; private set; } = count;

        public string Size { get; set; } = size;

        public OffHoursTerms? Terms { get; set; } = OffHoursTests.Terms;

        public string Problem { get; set; } = "";

        public TimeSpan Ahead { get; init; }

        public bool IsActing { get; init; } = true;

        /// <summary>The most that bounds let there be.</summary>
        public int Most { get; set; } = int.MaxValue;

        /// <summary>Fewer it never becomes, whatever is asked.</summary>
        public int Least { get; set; }

        public OffMemory? Memory { get; private set; }

        public Snooze? Snooze { get; set; }

        public string HeldBy { get; set; } = "";

        public Func<DateTimeOffset, UseReading> Use { get; set; } = _ => new UseReading.Idle();

        /// <summary>Whether nothing that is asked of it is done.</summary>
        public bool IsStuck { get; set; }

        /// <summary>Sizes that Azure does not give, in a row.</summary>
        public string? Refused { get; set; }

        /// <summary>Sizes that were asked for.</summary>
        public List<string> Asked { get; } = [];

        public List<string> Told { get; } = [];

        public List<string> Alarms { get; } = [];

        public List<string> LoweredAt { get; } = [];

        public List<string> RaisedAt { get; } = [];

        public string Note { get; private set; } = "";

        public void ByHand(int count) => (Count, _own) = (count, null);

        public void Run(string from, string to) => Run(At(from), At(to));

        public void Run(DateTimeOffset from, DateTimeOffset to)
        {
            for (var now = from; now < to; now = now.AddMinutes(1))
            {
                Look(now);
            }
        }

        private void Look(DateTimeOffset now)
        {
            var step = OffHours.Decide(new OffContext
            {
                Now = now,
                Terms = Terms,
                Schedule = Terms?.Schedule,
                Problem = Problem,
                Current = Count,
                Most = Most,
                HeldBy = HeldBy,
                Size = Size,
                IsOurs = _own == Count,
                IsActing = IsActing,
                IsSettled = !(now < _settlesAt),
                Memory = Memory,
                Snooze = Snooze,
                Use = Use(now),
                Ahead = Ahead,
            });
            (Memory, Note) = (step.Memory, step.Note);
            if (step.Told.Length > 0)
            {
                (step.IsAlarm ? Alarms : Told).Add(step.Told);
            }

            if (step.Size is { } size && !IsStuck)
            {
                Asked.Add(size);
                Memory = Memory! with { LowSize = step.Wish is OffWish.Return ? Memory.LowSize : size, Tries = Memory.Tries + 1, TriedAt = now };
                Size = Refused?.Split(',').Contains(size) == true ? Size : size;
            }

            var goal = step.Wish switch
            {
                OffWish.Lower lower => Math.Min(Count, Math.Max(Least, lower.Instances)),
                OffWish.Return back => Math.Max(Count, Math.Min(Most, back.Instances)),
                _ => Count,
            };
            if (goal != Count && !IsStuck && IsActing)
            {
                (goal < Count ? LoweredAt : RaisedAt).Add($"{now:dd HH:mm}");
                Memory = goal < Count ? Memory! with { IsLowered = true } : Memory;
                (Count, _own, _settlesAt) = (goal, goal, goal > Count ? now.AddMinutes(5) : now.AddMinutes(1));
            }
        }
    }
}
