using ScaleFunctions.Core.Backtests;

namespace ScaleFunctions.Core.Tests.Backtests;

/// <summary>Looks with the test's eyes and wants what the test says.</summary>
internal sealed class ScriptedPolicy(ScriptedPolicy.Script script) : IFleetPolicy
{
    public delegate int Script(FleetView view);

    public int Decide(FleetView view) => script(view);
}
