namespace ScaleFunctions.Core.Policies.Schedules;

/// <summary>What a freeze holds back.</summary>
public enum FreezeScope
{
    /// <summary>Scaling in only: during a freeze there is more to lose by lacking instances than by having them.</summary>
    ScaleIn,

    /// <summary>Every change but the way back to the minimum.</summary>
    Everything,
}
