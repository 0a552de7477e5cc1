namespace ScaleFunctions.Core.Backtests.Peers;

/// <summary>
/// Azure Monitor autoscale: a rule out and a rule in on the mean CPU of five minutes, five minutes of cooldown after
/// either, and no scale-in whose projected CPU would call for a scale-out again.
/// </summary>
public sealed class AzureRules(AzureRuleSettings settings) : IFleetPolicy
{
    private const int WindowMinutes = 5;
    private const int CooldownMinutes = 5;

    private int _lastChange = -CooldownMinutes;

    public int Decide(FleetView view)
    {
        var count = view.Capacity;
        if (view.Minute - _lastChange < CooldownMinutes)
        {
            return count;
        }

        var cpu = MinuteWindow.Mean(view.Cpu, view.Seen - WindowMinutes, view.Seen);
        if (cpu > settings.OutAbove)
        {
            _lastChange = view.Minute;
            return count + StepOut(count);
        }

        var fewer = count - StepIn(count);
        if (cpu >= settings.InBelow || fewer < 1 || cpu * count / fewer > settings.OutAbove)
        {
            return count;
        }

        _lastChange = view.Minute;
        return fewer;
    }

    private int StepOut(int count) => settings.IsPercent ? Math.Max(1, (int)Math.Ceiling(count * settings.Out)) : (int)settings.Out;

    private int StepIn(int count) => settings.IsPercent ? Math.Max(1, (int)(count * settings.In)) : (int)settings.In;
}
