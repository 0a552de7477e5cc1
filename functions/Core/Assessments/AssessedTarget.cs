using ScaleFunctions.Core.Prices;
using ScaleFunctions.Core.Targets;

namespace ScaleFunctions.Core.Assessments;

/// <summary>A resource that nobody else scales, and what was seen of it.</summary>
/// <param name="Target">The resource.</param>
/// <param name="Use">How it used its instances.</param>
/// <param name="Price">What one of them costs an hour.</param>
public sealed record AssessedTarget(ObservedTarget Target, CapacityUse Use, PriceReading Price)
{
    /// <summary>Who set it back, as it seems; absent when nothing did, or nobody looked.</summary>
    public JumpAuthors? Authors { get; init; }

    /// <summary>Whether it jumped to one count as what a pipeline sets back. Where Azure's own autoscale is on, its bounds do that.</summary>
    public bool IsSetBack => Use is CapacityUse.Judged { Jump: not null } && Target.Native is null;
}
