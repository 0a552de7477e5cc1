namespace ScaleFunctions.Core.Actions;

/// <summary>
/// How long a write that Azure refused is not tried again. What a person has to mend first is tried again ever more rarely; all
/// else passes by itself and is left to the next tick.
/// </summary>
/// <example>
/// <code>
/// refusal    1     2     3      4      5      6      7      8   then
/// Forbidden  2 min 4 min  8 min 16 min 32 min  1 h    1 h   1 h every hour
/// Invalid    5 min 10 min 20 min 40 min 80 min 160 min 4 h  4 h every 4 hours
/// Other      2 min 4 min  8 min 16 min 30 min 30 min  every half hour
/// </code>
/// </example>
public static class RefusalBackOff
{
    /// <summary>A role that was just given takes some minutes to reach every place ("Troubleshoot Azure RBAC": up to ten).</summary>
    private static readonly (TimeSpan First, TimeSpan Most) Forbidden = (TimeSpan.FromMinutes(2), TimeSpan.FromHours(1));

    /// <summary>What is wrong with the request itself does not pass by waiting.</summary>
    private static readonly (TimeSpan First, TimeSpan Most) Invalid = (TimeSpan.FromMinutes(5), TimeSpan.FromHours(4));

    /// <summary>
    /// What no class tells apart: a setting that is off or full, a machine that is not ours to stop, no token. Much of it an owner
    /// mends in the portal, where nothing tells us so, hence the shorter longest wait.
    /// </summary>
    private static readonly (TimeSpan First, TimeSpan Most) Other = (TimeSpan.FromMinutes(2), TimeSpan.FromMinutes(30));

    /// <summary>Whether refusals of a class are tried again ever more rarely.</summary>
    public static bool Applies(FailureClass failure) => failure is FailureClass.Forbidden or FailureClass.Invalid or FailureClass.Other;

    /// <summary>The wait after a number of refusals in a row, from one on; none for what passes by itself.</summary>
    public static TimeSpan After(FailureClass failure, int times) => failure switch
    {
        FailureClass.Forbidden => Doubled(Forbidden, times),
        FailureClass.Invalid => Doubled(Invalid, times),
        FailureClass.Other => Doubled(Other, times),
        _ => TimeSpan.Zero,
    };

    private static TimeSpan Doubled((TimeSpan First, TimeSpan Most) wait, int times)
    {
        // Beyond ten doublings the cap is long reached; the shift never runs over.
        var doubled = wait.First * (1 << Math.Clamp(times - 1, 0, 10));
        return doubled < wait.Most ? doubled : wait.Most;
    }
}
