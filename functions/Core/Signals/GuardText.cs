using System.Globalization;

namespace ScaleFunctions.Core.Signals;

/// <summary>Makes clauses of what a guard says.</summary>
public static class GuardText
{
    public static string Of(GuardStanding standing) => standing switch
    {
        GuardStanding.Breached breach => string.Create(CultureInfo.InvariantCulture, $"{breach.Bound.Signal} {breach.Value:0.###} is {breach.Bound.Text}"),
        GuardStanding.InDoubt doubt => doubt.Why,
        _ => "within its bounds",
    };

    public static string AtPeak(GuardStanding.Breached breach) => $"in the busiest hour {Of(breach)}";
}
