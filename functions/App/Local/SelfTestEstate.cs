using ScaleFunctions.Core.Targets;
using ScaleFunctions.Sandbox.Billing;
using ScaleFunctions.Sandbox.Estates;
using ScaleFunctions.Sandbox.Load;

namespace ScaleFunctions.App.Local;

/// <summary>
/// What <c>self-test</c> runs against, from five in the afternoon on: a scale set whose load rises, falls and rises again, one that is
/// steady, a machine that is off from six to seven, a disk that nobody uses, and a budget that does not suffice.
/// </summary>
internal static class SelfTestEstate
{
    /// <summary>A Monday; bills of the month's first days are there.</summary>
    public static DateTimeOffset Start { get; } = new(2026, 1, 5, 17, 0, 0, TimeSpan.Zero);

    public static DateTimeOffset Rises { get; } = Start.AddMinutes(10);

    public static DateTimeOffset Falls { get; } = Start.AddMinutes(40);

    public static DateTimeOffset RisesAgain { get; } = Start.AddMinutes(100);

    public static DateTimeOffset Off { get; } = Start.AddHours(1);

    public static DateTimeOffset On { get; } = Start.AddHours(2);

    /// <summary>Far less than the estate costs a month, so that the forecast is above it from the first look on.</summary>
    public static decimal Amount => 100;

    public static TargetId Web { get; } = ScaleSetSpec.IdOf(EstateSpec.DefaultSubscription, "self-test", "web");

    public static TargetId Batch { get; } = ScaleSetSpec.IdOf(EstateSpec.DefaultSubscription, "self-test", "batch");

    public static TargetId Desk { get; } = VirtualMachineSpec.IdOf(EstateSpec.DefaultSubscription, "self-test", "desk");

    public static TargetId Disk { get; } = DiskSpec.IdOf(EstateSpec.DefaultSubscription, "self-test", "left");

    public static Scenario Scenario { get; } = new("self-test", "everything once", _ => Create(), []) { Start = Start };

    private static EstateSpec Create() => new(
    [
        Set(Web, "web", new SteppedLoad(3, [(Rises, 6), (Falls, 3), (RisesAgain, 9)])),
        Set(Batch, "batch", new ConstantLoad(3)),
    ])
    {
        VirtualMachines = [new VirtualMachineSpec { Id = Desk, Load = new ConstantLoad(0.1), Tags = Tags("desk") }],
        Idle = [new DiskSpec { Id = Disk, Tags = Tags("desk") }],
        Begins = Start,
        Budgets = [new BudgetSpec($"/subscriptions/{EstateSpec.DefaultSubscription}", "self-test", Amount)],
    };

    private static ScaleSetSpec Set(TargetId id, string app, ILoadSource load) => new()
    {
        Id = id,
        Load = load,
        InitialCapacity = 4,
        CountBefore = 4,
        Tags = Tags(app),
    };

    private static Dictionary<string, string> Tags(string app) => new() { ["app"] = app };
}
