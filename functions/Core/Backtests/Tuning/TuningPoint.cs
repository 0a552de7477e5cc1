using ScaleFunctions.Core.Policies;

namespace ScaleFunctions.Core.Backtests.Tuning;

/// <summary>One combination that is tried; what is absent stays as the policies say.</summary>
/// <param name="Target">Target of the tracked signal, in its unit.</param>
/// <param name="Stabilization">Stabilization of scaling in.</param>
/// <param name="Tolerance">Tolerance of the tracked signal in both directions, as a share.</param>
/// <param name="Minimum">Least instances.</param>
public sealed record TuningPoint(double? Target = null, TimeSpan? Stabilization = null, double? Tolerance = null, int? Minimum = null)
{
    /// <summary>The policies with it.</summary>
    /// <param name="policies">As they are.</param>
    /// <param name="tracking">Which entry of target tracking it is about; negative when there is none.</param>
    public TargetPolicies.Resolved Apply(TargetPolicies.Resolved policies, int tracking) => policies with
    {
        Horizontal = policies.Horizontal with
        {
            Minimum = Minimum ?? policies.Horizontal.Minimum,
            ScaleIn = policies.Horizontal.ScaleIn with { Stabilization = Stabilization ?? policies.Horizontal.ScaleIn.Stabilization },
        },
        LoadBased = policies.LoadBased is not { } loadBased ? null : loadBased with
        {
            TargetTracking = [.. loadBased.TargetTracking.Select((each, index) => index != tracking ? each : each with
            {
                Target = Target ?? each.Target,
                ToleranceOut = Tolerance ?? each.ToleranceOut,
                ToleranceIn = Tolerance ?? each.ToleranceIn,
            })],
        },
    };

    /// <summary>The fields it sets, as policy files have them.</summary>
    /// <param name="tracking">Which entry of target tracking it is about.</param>
    public IReadOnlyList<PolicyChange> Changes(int tracking) =>
    [
        .. new[]
        {
            Target is { } target ? new PolicyChange(LoadBasedScalingBinding.Kind, ["spec", "targetTracking", $"{tracking}", "target"], Number(target)) : null,
            Tolerance is { } tolerance ? new PolicyChange(LoadBasedScalingBinding.Kind, ["spec", "targetTracking", $"{tracking}", "tolerance"], $"{Number(tolerance * 100)}%") : null,
            Stabilization is { } span ? new PolicyChange(HorizontalScalingBinding.Kind, ["spec", "scaleIn", "stabilization"], DurationText.Of(span)) : null,
            Minimum is { } minimum ? new PolicyChange(HorizontalScalingBinding.Kind, ["spec", "instances", "minimum"], $"{minimum}") : null,
        }.OfType<PolicyChange>(),
    ];

    private static string Number(double value) => FormattableString.Invariant($"{value:0.######}");
}
