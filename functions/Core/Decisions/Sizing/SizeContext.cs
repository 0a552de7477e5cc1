using ScaleFunctions.Core.Decisions.Scaling;
using ScaleFunctions.Core.Limits;
using ScaleFunctions.Core.Policies;

namespace ScaleFunctions.Core.Decisions.Sizing;

/// <summary>All that a decision on a size may depend on.</summary>
public sealed record SizeContext
{
    /// <summary>The size there is.</summary>
    public required string Current { get; init; }

    /// <summary>Instances there are.</summary>
    public required int Instances { get; init; }

    public required VerticalScalingPolicy Policy { get; init; }

    /// <summary>What must be survived: those that are left carry it all.</summary>
    public LossToSurvive Loss { get; init; } = LossToSurvive.Nothing;

    /// <summary>What was used, over the span of each threshold.</summary>
    public required IReadOnlyDictionary<(UsedPart Part, TimeSpan For), SizeUse> Uses { get; init; }

    /// <summary>What sizes have, by name without regard to case; empty when it could not be read.</summary>
    public required IReadOnlyDictionary<string, SizeOffer> Offers { get; init; }

    internal SizeUse Use(UsedPart part, SizeThreshold threshold) =>
        Uses.GetValueOrDefault((part, threshold.For)) ?? new SizeUse.Unknown($"the use of its {(part == UsedPart.Cpu ? "processors" : "memory")} was not read");
}
