using ScaleFunctions.Core.Targets;

namespace ScaleFunctions.App.Commands.Plans;

/// <summary>What the ticks of an <c>apply</c> left to later ones.</summary>
/// <param name="UnderWay">Targets on which something is not seen to its end.</param>
/// <param name="Lowers">Whether the last tick proposed to lower something, which the next one judges.</param>
internal sealed record ApplyRest(IReadOnlyList<TargetId> UnderWay, bool Lowers)
{
    /// <summary>Whether a tick broke off.</summary>
    public bool IsCut { get; init; }

    public bool IsAny => Lowers || UnderWay.Count > 0;
}
