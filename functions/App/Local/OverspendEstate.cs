using ScaleFunctions.Sandbox.Billing;
using ScaleFunctions.Sandbox.Estates;
using ScaleFunctions.Sandbox.Load;

namespace ScaleFunctions.App.Local;

/// <summary>
/// Three days before a month ends a batch runs away: from two hours after the start on it wants twenty times what it had, and in the
/// evening more still; that is over six hours before the month is. A shop that is critical, a stage, builds and machines for development go on as always.
/// </summary>
internal static class OverspendEstate
{
    private const string Subscription = EstateSpec.DefaultSubscription;

    private const string Group = $"/subscriptions/{Subscription}/resourceGroups/finops/providers/Microsoft.Insights/actionGroups/finops";

    /// <summary>What may be spent: as much as was, and a twentieth more.</summary>
    private const decimal Amount = 4_400;

    public static DateTimeOffset Start { get; } = new(2026, 1, 29, 6, 0, 0, TimeSpan.Zero);

    /// <summary>When more is spent than there is money for.</summary>
    public static DateTimeOffset RunsAway { get; } = Start.AddHours(2);

    public static EstateSpec Create()
    {
        var (evening, over) = (Start.AddHours(14), Start.AddHours(60));
        return new EstateSpec(
        [
            Set("web", "prod", 4, new SteppedLoad(3, [(evening, 6)])),
            Set("batch", "prod", 6, new SteppedLoad(4.5, [(RunsAway, 120), (evening, 160), (over, 4.5)])),
            Set("stage", "test", 6, new SteppedLoad(4.5, [(RunsAway, 18), (over, 4.5)])),
            Set("build", "dev", 6, new ConstantLoad(4.5), ("scalefunctions:budget-stop", "true")),
        ])
        {
            VirtualMachines = [Machine("dev-1", ("scalefunctions:budget-stop", "true")), Machine("dev-2")],
            Begins = Start,
            Budgets =
            [
                new BudgetSpec($"/subscriptions/{Subscription}", "estate", Amount)
                {
                    Thresholds =
                    [
                        new("spent", 95, IsForecast: false, [Group]),
                        new("all", 100, IsForecast: false, [Group]),
                        new("expected", 100, IsForecast: true, [Group]),
                    ],
                },
            ],
            ActionGroups = [new ActionGroupSpec(Group, Webhook: null)],
        };
    }

    private static ScaleSetSpec Set(string name, string environment, int instances, ILoadSource load, params (string Name, string Value)[] tags) => new()
    {
        Id = ScaleSetSpec.IdOf(Subscription, "estate", name),
        Sku = "Standard_D4s_v5",
        Load = load,
        InitialCapacity = instances,
        CountBefore = instances,
        Tags = Tags(name, environment, tags),
    };

    private static VirtualMachineSpec Machine(string name, params (string Name, string Value)[] tags) => new()
    {
        Id = VirtualMachineSpec.IdOf(Subscription, "estate", name),
        Load = new ConstantLoad(0.1),
        Tags = Tags(name, "dev", tags),
    };

    private static Dictionary<string, string> Tags(string name, string environment, (string Name, string Value)[] tags) =>
        tags.Append(("app", name)).Append(("env", environment)).ToDictionary(tag => tag.Item1, tag => tag.Item2);
}
