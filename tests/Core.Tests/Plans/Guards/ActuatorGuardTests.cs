using ScaleFunctions.Core.Plans;
using ScaleFunctions.Core.Plans.Guards;
using ScaleFunctions.Core.Policies;
using ScaleFunctions.Core.Targets;
using ScaleFunctions.Core.Tests.Builders;

namespace ScaleFunctions.Core.Tests.Plans.Guards;

public sealed class ActuatorGuardTests
{
    private static readonly NativeAutoscale
        On = new NativeAutoscale.Steerable(Some.Id(), 2, 10),
        Full = new NativeAutoscale.Unsteerable(Some.Id(), "it has 20 profiles"),
        Unread = new NativeAutoscale.Unread("HTTP 403");

    public static TheoryData<Actuator, string, int, bool> Cases { get; } = new()
    {
        { Actuator.Auto, "none", 6, true },
        { Actuator.Auto, "none", 2, true },
        { Actuator.Auto, "on", 6, true },
        { Actuator.Auto, "on", 2, true },
        { Actuator.Auto, "full", 6, false },
        { Actuator.Auto, "unread", 6, true },
        { Actuator.Auto, "unread", 2, false },
        { Actuator.Direct, "on", 2, true },
        { Actuator.Direct, "full", 6, true },
        { Actuator.Direct, "unread", 6, true },
        { Actuator.Direct, "unread", 2, false },
        { Actuator.Steer, "none", 6, false },
        { Actuator.Steer, "on", 6, true },
        { Actuator.Steer, "unread", 6, false },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void Writes_no_count_beside_azures_own_autoscale(Actuator actuator, string native, int goal, bool passes)
    {
        var context = Some.PlanContext() with
        {
            Actuator = actuator,
            Target = Some.Target() with { Native = native switch { "on" => On, "full" => Full, "unread" => Unread, _ => null } },
        };

        Assert.Equal(passes, new ActuatorGuard().Check(new PlanDraft(Some.Decision(4, goal), goal), context) is GuardVerdict.Pass);
    }
}
