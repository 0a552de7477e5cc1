using ScaleFunctions.Core.Assessments.Leftovers;
using ScaleFunctions.Core.Cycle;
using ScaleFunctions.Core.Decisions.Usage;
using ScaleFunctions.Core.Plans;
using ScaleFunctions.Core.Policies;
using ScaleFunctions.Core.State;
using ScaleFunctions.Core.Targets;
using ScaleFunctions.Core.Tests.Builders;
using ScaleFunctions.Core.Tests.Policies.Schedules;

namespace ScaleFunctions.Core.Tests.Cycle;

/// <summary>A machine that was found idle, of which its owner was told three days ago that it is deallocated after three days.</summary>
public sealed class LeftoverActsTests
{
    private const string Size = "Standard_D4s_v5";

    private static readonly TargetTags.Known Wanted = Tags("true");

    private static readonly ObservedTarget Machine = Some.Target(1, tags: Wanted) with
    {
        Id = TargetId.Parse("/subscriptions/s-1/resourceGroups/shop/providers/Microsoft.Compute/virtualMachines/build"),
        Sku = Size,
    };

    private static readonly DateTimeOffset Noticed = Some.Noon.AddDays(-3);

    private static readonly LeftoverRecord Mark = new()
    {
        Id = Machine.Id.Value,
        Kind = LeftoverKind.IdleMachine,
        Policy = "findings",
        Owner = "team-shop",
        FirstSeen = Noticed.AddDays(-7),
        LastSeen = Some.Noon.AddHours(-20),
        ToldAt = Noticed.AddHours(-1),
        NoticeFrom = Noticed.AddHours(-1),
        NoticedAt = Noticed,
        What = "1 × Standard_D4s_v5: 0.5 %",
        PerMonth = 140.16m,
        Currency = "USD",
        WhyNotPriced = "",
        Command = "az vm deallocate …",
    };

    /// <summary>
    /// Of all that has to hold, whatever one is left out: then nothing is asked for. Each is a row that turns exactly one thing around.
    /// </summary>
    [Theory]
    [InlineData("nothing", true)]
    [InlineData("no act in the policy", false)]
    [InlineData("a policy of another name", false)]
    [InlineData("a critical workload", false)]
    [InlineData("a workload that only observes", false)]
    [InlineData("no tag", false)]
    [InlineData("the tag says false", false)]
    [InlineData("tags nobody could read", false)]
    [InlineData("no mark", false)]
    [InlineData("not told", false)]
    [InlineData("no notice by a channel", false)]
    [InlineData("the notice has not run out", false)]
    [InlineData("the notice is from long ago", false)]
    [InlineData("not seen for two days", false)]
    [InlineData("why not, when it was looked at", false)]
    [InlineData("somebody works on it", false)]
    [InlineData("nobody knows whether somebody works on it", false)]
    [InlineData("snoozed", false)]
    [InlineData("off-hours have a say", false)]
    public void It_is_stopped_only_where_all_of_it_holds(string changed, bool isStopped)
    {
        var (target, policies, row, mark, use) = (Machine, Policies(), new TargetRow { Target = Machine.Id, OwnCapacity = 1 }, (LeftoverRecord?)Mark, (UseReading)new UseReading.Idle());
        switch (changed)
        {
            case "no act in the policy": policies = policies with { Findings = policies.Findings! with { Act = null } }; break;
            case "a policy of another name": mark = Mark with { Policy = "other" }; break;
            case "a critical workload": policies = policies with { Workload = policies.Workload with { IsCritical = true } }; break;
            case "a workload that only observes": policies = policies with { Workload = policies.Workload with { Mode = PolicyMode.Observe } }; break;
            case "no tag": target = target with { Tags = new TargetTags.Known(new Dictionary<string, string>()) }; break;
            case "the tag says false": target = target with { Tags = Tags("false") }; break;
            case "tags nobody could read": target = target with { Tags = new TargetTags.Unknown("refused") }; break;
            case "no mark": mark = null; break;
            case "not told": mark = Mark with { ToldAt = null }; break;
            case "no notice by a channel": mark = Mark with { NoticedAt = null }; break;
            case "the notice has not run out": mark = Mark with { NoticedAt = Noticed.AddMinutes(1) }; break;
            case "the notice is from long ago": mark = Mark with { NoticedAt = Noticed - LeftoverActs.NoticeCounts }; break;
            case "not seen for two days": mark = Mark with { LastSeen = Some.Noon.AddDays(-2) }; break;
            case "why not, when it was looked at": mark = Mark with { WhyNotActed = "it has no tag" }; break;
            case "somebody works on it": use = new UseReading.Busy("30 percent"); break;
            case "nobody knows whether somebody works on it": use = new UseReading.Unknown("no samples"); break;
            case "snoozed": row = row with { Snooze = new Snooze("ann", "demo", Some.Noon.AddHours(-1), Some.Noon.AddHours(1)) }; break;
            case "off-hours have a say": policies = policies with { Usage = new UsageOptimizationPolicy { Name = "nights", Workload = "shop", OffHours = new OffHoursTerms { Schedule = OffScheduleTests.Office("UTC"), Instances = 0 }, Source = Some.Source } }; break;
            default: break;
        }

        var step = OffTurns.Of(target, policies, row, use, mark, Tick(Some.Noon));

        Assert.Equal(isStopped, step.Wish is OffWish.Lower);
        if (isStopped)
        {
            Assert.Equal((1, Size, 0, true), (step.Memory!.Instances, step.Memory.Size, step.Memory.Goal, step.Memory.IsIdle));
            Assert.True(step.Wish is OffWish.Lower { IsStop: true, IsIdle: true });
        }
    }

    [Fact]
    public void Before_the_notice_has_run_out_it_is_said_when_it_does()
    {
        var step = OffTurns.Of(Machine, Policies(), Row(null), new UseReading.Idle(), Mark with { NoticedAt = Some.Noon.AddDays(-1) }, Tick(Some.Noon));

        Assert.Equal("found idle, told 2026-02-27; it is deallocated from 2026-03-04 12:00 UTC on", step.Note);
    }

    /// <summary>Once it is down it is not idle any more but deallocated, its mark is another one, and it stays down.</summary>
    [Fact]
    public void What_is_down_stays_down_without_a_mark_and_when_tags_cannot_be_read()
    {
        var down = Down();

        Assert.IsType<OffWish.Lower>(OffTurns.Of(Machine with { Capacity = 0 }, Policies(), down, new UseReading.Idle(), null, Tick(Some.Noon.AddDays(40))).Wish);
        Assert.IsType<OffWish.Lower>(OffTurns.Of(Machine with { Capacity = 0, Tags = new TargetTags.Unknown("refused") }, Policies(), down, new UseReading.Idle(), null, Tick(Some.Noon.AddDays(40))).Wish);
    }

    [Theory]
    [InlineData("the tag is gone")]
    [InlineData("the policy is gone")]
    [InlineData("the workload is critical now")]
    [InlineData("snoozed")]
    public void It_comes_back_as_it_was(string by)
    {
        var (target, policies, row) = (Machine with { Capacity = 0 }, Policies(), Down());
        switch (by)
        {
            case "the tag is gone": target = target with { Tags = Tags("false") }; break;
            case "the policy is gone": policies = policies with { Findings = null }; break;
            case "snoozed": row = row with { Snooze = new Snooze("ann", "demo", Some.Noon.AddHours(1), Some.Noon.AddDays(2)) }; break;
            default: policies = policies with { Workload = policies.Workload with { IsCritical = true } }; break;
        }

        var step = OffTurns.Of(target, policies, row, new UseReading.Idle(), null, Tick(Some.Noon.AddHours(2)));

        Assert.Equal(1, Assert.IsType<OffWish.Return>(step.Wish).Instances);
        Assert.False(step.IsAlarm);
    }

    /// <summary>By a person, or by a snooze that is over: the same notice stops it once.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Who_woke_it_has_it_left_alone_until_another_notice_has_run_out(bool isByHand)
    {
        var (row, policies) = (Down() with { OwnCapacity = isByHand ? 0 : 1 }, Policies());
        row = isByHand ? row : row with { Snooze = new Snooze("ann", "demo", Some.Noon.AddHours(1), Some.Noon.AddHours(3)) };
        var woken = OffTurns.Of(Machine, policies, row, new UseReading.Idle(), Mark, Tick(Some.Noon.AddHours(2)));
        Assert.True(woken.Memory is { IsReleased: true, IsIdle: true }, $"{woken}");

        row = row with { Off = woken.Memory, OwnCapacity = 1 };
        var later = OffTurns.Of(Machine, policies, row, new UseReading.Idle(), Mark with { LastSeen = Some.Noon.AddHours(3) }, Tick(Some.Noon.AddHours(6)));
        Assert.IsNotType<OffWish.Lower>(later.Wish);

        var anew = Mark with { FirstSeen = Some.Noon.AddDays(1), LastSeen = Some.Noon.AddDays(14), NoticedAt = Some.Noon.AddDays(11) };
        Assert.IsType<OffWish.Lower>(OffTurns.Of(Machine, policies, row with { Off = later.Memory }, new UseReading.Idle(), anew, Tick(Some.Noon.AddDays(14))).Wish);
    }

    [Fact]
    public void A_plan_is_lowered_to_the_minimum_of_its_policy_and_no_further()
    {
        var plan = Machine with { Id = TargetId.Parse("/subscriptions/s-1/resourceGroups/shop/providers/Microsoft.Web/serverfarms/plan"), Capacity = 4, Sku = "P1v3" };
        var policies = Policies(Some.Horizontal(minimum: 2));

        Assert.Equal(2, Assert.IsType<OffWish.Lower>(OffTurns.Of(plan, policies, Row(null), new UseReading.Idle(), Mark, Tick(Some.Noon)).Wish).Instances);
        Assert.IsNotType<OffWish.Lower>(OffTurns.Of(plan with { Capacity = 2 }, policies, Row(null), new UseReading.Idle(), Mark, Tick(Some.Noon)).Wish);
    }

    private static TargetRow Row(OffMemory? memory) => new() { Target = Machine.Id, OwnCapacity = 1, Off = memory };

    private static TargetRow Down() => Row(new OffMemory(Some.Noon, 1, Size, 0, Some.Noon) { IsIdle = true, IsLowered = true, DownAt = Some.Noon.AddMinutes(5) }) with { OwnCapacity = 0 };

    private static TargetTags.Known Tags(string value) => new(new Dictionary<string, string> { [FindingsActTerms.Tag] = value });

    private static TargetPolicies.Resolved Policies(HorizontalScalingPolicy? horizontal = null) => new(
        new WorkloadPolicy { Name = "shop", Select = new TargetSelector { ResourceType = WorkloadBinding.MachineType }, Mode = PolicyMode.Act, Source = Some.Source },
        horizontal ?? Some.Horizontal(minimum: 1, maximum: 1), null)
    {
        Findings = new UsageFindingsPolicy { Name = "findings", Workload = "shop", Select = new TargetSelector(), Act = new FindingsActTerms(TimeSpan.FromDays(3)), Source = Some.Source },
    };

    private static TickContext Tick(DateTimeOffset now) => new() { Now = now, ModeCeiling = PolicyMode.Act, Stop = new WriteStop.None(), Interval = TimeSpan.FromMinutes(1) };
}
