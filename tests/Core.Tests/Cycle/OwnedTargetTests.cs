using System.Text.Json;
using ScaleFunctions.Core.Cycle;
using ScaleFunctions.Core.Decisions;
using ScaleFunctions.Core.Plans;
using ScaleFunctions.Core.Plans.Guards;
using ScaleFunctions.Core.Policies;
using ScaleFunctions.Core.Signals;
using ScaleFunctions.Core.State;
using ScaleFunctions.Core.Targets;
using ScaleFunctions.Core.Tests.Builders;

namespace ScaleFunctions.Core.Tests.Cycle;

public sealed class OwnedTargetTests
{
    private static readonly TargetRow New = new() { Target = Some.Id() };

    [Fact]
    public void What_is_nobodys_is_scaled() => Assert.IsType<PlanOutcome.Planned>(Evaluate(Some.Target(), New));

    [Fact]
    public void What_somebody_else_scales_is_held() => Assert.Equal(
        OwnerKind.NativeAutoscale, HolderOf(Evaluate(Some.Target() with { Owner = new CapacityOwner(OwnerKind.NativeAutoscale, "Azure autoscale", "on") }, New)));

    [Fact]
    public void What_something_sets_back_again_and_again_is_held()
    {
        var row = New with { Resets = [.. new[] { -300, -200, -100 }.Select(minutes => new PastReset(Some.At(minutes), 9, 4))] };

        Assert.Equal(OwnerKind.Resetter, HolderOf(Evaluate(Some.Target(), row)));
    }

    [Fact]
    public void Owner_and_management_groups_travel_with_the_batch()
    {
        var owner = CapacityOwner.Unknown("HTTP 500");
        var unread = Some.Target() with { Owner = owner, ManagementGroups = new ManagementGroups.Unread("HTTP 500") };
        var read = Some.Target() with { Id = Some.Id("api"), ManagementGroups = new ManagementGroups.Read(["mg-prod", "mg-root"]) };
        var request = new EvaluateRequest { TickId = "1", TickAt = Some.Noon, ExpiresAt = Some.At(1), Batch = 0, Targets = [unread, read] };

        var received = JsonSerializer.Deserialize(JsonSerializer.Serialize(request, CycleJson.Default.EvaluateRequest), CycleJson.Default.EvaluateRequest)!;

        Assert.Equal((owner, unread.ManagementGroups), (received.Targets[0].Owner, received.Targets[0].ManagementGroups));
        Assert.Equal(CapacityOwner.Nobody, received.Targets[1].Owner);
        Assert.Equal(["mg-prod", "mg-root"], Assert.IsType<ManagementGroups.Read>(received.Targets[1].ManagementGroups).Names);
    }

    private static OwnerKind HolderOf(PlanOutcome outcome)
    {
        var held = Assert.IsType<PlanOutcome.Held>(outcome).Why;
        Assert.Equal(nameof(OwnershipGuard), held.Guard);
        return Assert.IsType<GuardReason.OwnedByOther>(held.Reason).Owner.Kind;
    }

    private static PlanOutcome Evaluate(ObservedTarget target, TargetRow row) => TargetEvaluation.Of(
        target,
        Assert.IsType<TargetPolicies.Resolved>(Some.Policies().For(target)),
        new Dictionary<string, MetricSeries> { ["cpu"] = Some.Series(90, 90, 90) },
        row,
        new TickContext { Now = Some.Noon, ModeCeiling = PolicyMode.Act, Stop = new WriteStop.None(), Interval = Some.Minutes(1) }).Outcome;
}
